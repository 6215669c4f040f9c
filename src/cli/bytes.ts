/** Sizes for people. Light. */

/** `512 bytes`, `3.1 kB`, `0.31 MB`, `24 MB`. */
export function humanBytes(bytes: number): string {
  if (bytes < 1_000) return `${bytes} bytes`;
  if (bytes < 100_000) return `${(bytes / 1_000).toFixed(1)} kB`;
  return `${(bytes / 1_000_000).toFixed(bytes < 10_000_000 ? 2 : 0)} MB`;
}
