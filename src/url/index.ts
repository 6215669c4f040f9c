/**
 * The door to URLs: reading them, resolving what pages print, telling two spellings of one page
 * from two pages, and showing them to people. Pure: strings in, strings out.
 */
export { displayUrl } from "./display.ts";
export { urlKey } from "./key.ts";
export { isProbablyMedia } from "./media.ts";
export { parseHttpUrl, resolveUrl } from "./parse.ts";
export { decodePercent } from "./percent.ts";
export { hostKeyOf, isSameSite, withoutWww } from "./site.ts";
export { compileTemplates, type TemplateMatch, type Templates } from "./template.ts";
