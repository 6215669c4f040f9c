/** Reading what is piped in. */

/** All of it, as UTF-8. */
export async function readText(chunks: AsyncIterable<Uint8Array>): Promise<string> {
  return Buffer.from(await readBytes(chunks)).toString("utf8");
}

export async function readBytes(chunks: AsyncIterable<Uint8Array>): Promise<Uint8Array> {
  const parts: Uint8Array[] = [];
  for await (const chunk of chunks) parts.push(chunk);
  return Buffer.concat(parts);
}
