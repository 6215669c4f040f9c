/**
 * Packing the pages of a group before they are stored: those of one template go into blocks at once,
 * so that nothing of theirs is packed, written, read and packed again. The others are packed singly and
 * wait for the end of the run, which has more to choose from.
 */
import { pack, planBlocks, sketchOf } from "../../codec/index.ts";
import type { PackedBody } from "../../model.ts";
import type { Workers } from "../../process/index.ts";
import type { BlockOfBodies, ImportedPage } from "../../store/store.ts";

/** About what brotli leaves of a page by itself (codec/index.ts). */
const PACKED_SHARE = 0.22;
/** A block with less in it is of pages that have little in common, or is the last: see codec/plan.ts. */
const LEAST_ALIKE_BYTES = 2 * 2 ** 20;

export interface PackedGroup {
  readonly pages: readonly ImportedPage[];
  readonly blocks: readonly BlockOfBodies[];
}

/** The pages as they can be stored: none has its body as it was. */
export async function packGroup(
  pages: readonly ImportedPage[],
  workers: Workers,
): Promise<PackedGroup> {
  const bodies = [...new Map(pages.flatMap(unpackedOf)).values()];
  const plans = planBlocks(
    bodies.map(({ bytes, unpackedBytes }) => ({
      sketch: sketchOf(bytes),
      ...{ unpackedBytes, packedBytes: unpackedBytes * PACKED_SHARE },
    })),
  );
  const chosen = plans
    .map(({ members }) => members.flatMap((index) => bodies[index] ?? []))
    .filter((members) => sumOf(members) >= LEAST_ALIKE_BYTES);
  const taken = new Set(chosen.flatMap((members) => members.map(({ digest }) => digest)));
  const alone = pages.map((page) => withBodyAlone(page, taken));
  const blocks = chosen.map(async (members) => ({
    block: await workers.packTogether(members.map(({ bytes }) => bytes)),
    members: members.map(({ digest, unpackedBytes }) => ({ digest, unpackedBytes })),
  }));
  return { pages: alone, blocks: await Promise.all(blocks) };
}

function unpackedOf({ visit }: ImportedPage): [digest: string, body: PackedBody][] {
  if (visit.kind !== "read") return [];
  const { packed } = visit.reading;
  return packed.codec === "identity" ? [[packed.digest, packed]] : [];
}

function withBodyAlone(page: ImportedPage, taken: ReadonlySet<string>): ImportedPage {
  const { visit } = page;
  if (visit.kind !== "read") return page;
  const { packed } = visit.reading;
  if (packed.codec !== "identity" || taken.has(packed.digest)) return page;
  return {
    ...page,
    visit: { ...visit, reading: { ...visit.reading, packed: pack(packed.bytes) } },
  };
}

function sumOf(bodies: readonly PackedBody[]): number {
  return bodies.reduce((sum, { unpackedBytes }) => sum + unpackedBytes, 0);
}
