/**
 * SQL for people: one statement that reads, on a connection of its own that cannot write. Rows are
 * streamed; bytes come out as hexadecimal text, whole numbers exactly (beyond 2^53 as bigint), and of
 * columns with one name each is there: `id`, `id_2` …
 */
import { WarraqError } from "../../errors.ts";
import { connect, type Database, translated } from "./driver.ts";

/** @throws {WarraqError} E_SQL naming what is wrong with the statement */
export async function* runSql(
  path: string,
  statement: string,
  parameters: Readonly<Record<string, string>> = {},
): AsyncGenerator<Readonly<Record<string, unknown>>> {
  const db = connect(path, "read-only");
  try {
    const prepared = prepare(db, statement);
    const names = distinct(prepared.columns().map(({ name }) => name));
    for (const values of prepared.raw().safeIntegers().iterate(parameters)) {
      yield Object.fromEntries(names.map((name, index) => [name, plain(values[index])]));
    }
  } catch (error) {
    throw asSqlError(error, path);
  } finally {
    db.close();
  }
}

function prepare(db: Database, statement: string) {
  const prepared = db.prepare<unknown[], unknown[]>(statement);
  // ATTACH, VACUUM INTO and the writing PRAGMAs give no rows; the connection could not write anyway.
  if (!prepared.reader || !prepared.readonly) {
    throw new WarraqError("E_SQL", "only a statement that reads (SELECT, WITH, VALUES) may be run");
  }
  return prepared;
}

function plain(value: unknown): unknown {
  if (Buffer.isBuffer(value)) return value.toString("hex");
  if (typeof value === "bigint" && BigInt.asIntN(54, value) === value) return Number(value);
  return value;
}

/** A name that was there already gets the first number that makes it another. */
function distinct(names: readonly string[]): readonly string[] {
  const used = new Set<string>();
  return names.map((name) => {
    let own = name;
    for (let count = 2; used.has(own) || (own !== name && names.includes(own)); count++) {
      own = `${name}_${count}`;
    }
    used.add(own);
    return own;
  });
}

/** Trouble with the file keeps its own code; all else is the statement's fault. */
function asSqlError(error: unknown, path: string): unknown {
  const ours = translated(error, path);
  if (ours instanceof WarraqError && ours.code !== "E_ARCHIVE_READONLY") return ours;
  return error instanceof Error ? new WarraqError("E_SQL", `SQL: ${error.message}`) : error;
}
