/** The door to web archive files (WARC 1.1, ISO 28500; WACZ 1.1.1): read and written as streams. */
export type { IndexEntry, WarcEntry, Write } from "./entry.ts";
export { type HttpHead, headerOf, readHttpBody, readHttpHead } from "./http.ts";
export { readWarc } from "./read.ts";
export { instantOf, type WarcHead, type WarcItem, withoutBrackets } from "./record.ts";
export { readWarcResponse, type WarcResponse } from "./response.ts";
export { surtOf } from "./surt.ts";
export { openWarcWriter, type WarcOptions, type WarcWriter } from "./write.ts";

/** The ZIP library is loaded only by who writes one. */
export const loadWaczWriter = (): Promise<typeof import("./wacz-write.ts")> =>
  import("./wacz-write.ts");
export const loadWaczReader = (): Promise<typeof import("./wacz-read.ts")> =>
  import("./wacz-read.ts");
