/** The door to web archive files (WARC 1.1, ISO 28500): read as streams of records. */
export { type HttpHead, headerOf, readHttpBody, readHttpHead } from "./http.ts";
export { readWarc } from "./read.ts";
export { type WarcHead, type WarcItem, withoutBrackets } from "./record.ts";
export { readWarcResponse, type WarcResponse } from "./response.ts";
