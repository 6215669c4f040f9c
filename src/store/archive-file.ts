/** Telling an archive from any other file by its first bytes, without opening it. */
import { open } from "node:fs/promises";

/** SQLite's application id of an archive: "wrrq". */
export const APPLICATION_ID = 0x77727271;

/** SQLite's file format, section 1.3: the magic string, and the application id at byte 68. */
const MAGIC = "SQLite format 3\0";
const ID_AT = 68;

/** Whether the file is an archive of this program; false too where there is none or none may look. */
export async function isArchiveFile(path: string): Promise<boolean> {
  const handle = await open(path, "r").catch(() => null);
  if (handle === null) return false;
  try {
    const header = Buffer.alloc(ID_AT + 4);
    const { bytesRead } = await handle.read(header, 0, header.length, 0);
    return (
      bytesRead === header.length &&
      header.toString("latin1", 0, MAGIC.length) === MAGIC &&
      header.readUInt32BE(ID_AT) === APPLICATION_ID
    );
  } finally {
    await handle.close();
  }
}
