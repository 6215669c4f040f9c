/** Numbers with their nouns. Light. */

/** `1 page`, `0 pages`, `2 entries`. */
export function counted(count: number, one: string, many = `${one}s`): string {
  return `${count} ${count === 1 ? one : many}`;
}
