/**
 * Decoding with Node's TextDecoder, corrected. Node 20 reads windows-1252 as Latin-1 in one-shot
 * calls (bytes 80–9F come out as control characters, not as quotes and dashes); the streaming path
 * of the same decoder is right.
 */
export function readAs(encoding: string, bytes: Uint8Array): string {
  const decoder = new TextDecoder(encoding);
  if (encoding !== "windows-1252") return decoder.decode(bytes);
  return decoder.decode(bytes, { stream: true }) + decoder.decode();
}
