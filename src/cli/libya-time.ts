/** Days as this archive counts them. Light: part of `--help`. */

/** `--from` and `--to` count in the time of Libya, whose news this archive is first made for. */
export const TIME_ZONE = "Africa/Tripoli";

/** `2024-06-30`, the day in Libya: a date known to the day is stored as its midnight there. `""` for none. */
export function dayInLibya(at: number | null): string {
  return at === null ? "" : new Date(at).toLocaleDateString("sv-SE", { timeZone: TIME_ZONE });
}
