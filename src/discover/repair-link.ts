/** Links as broken XML prints them, made whole before url/ resolves them; a sound one comes back unchanged. */

const WRAPPED = /^(?:<!\[CDATA\[)?\s*|\s*(?:\]\]>)?$/gu;
const INVISIBLE = /[\p{Cc}\p{Cf}]+/gu;
const TWICE_ESCAPED_AMP = /&(?:amp;)+|&#0?38;/giu;
// Two in a row of %25D8…%25DB + %25xx: Arabic letters in UTF-8, encoded a second time. A literal
// per cent sign before such bytes is never meant.
const TWICE_ENCODED_ARABIC = /(?:%25d[89ab]%25[89ab][0-9a-f]){2}/iu;

/** @returns the link with CDATA leftovers, invisible characters and double encoding undone */
export function repairLink(href: string): string {
  let link = href.replace(WRAPPED, "").replace(INVISIBLE, "").replace(TWICE_ESCAPED_AMP, "&");
  if (TWICE_ENCODED_ARABIC.test(link)) link = link.replace(/%25(?=[0-9a-f]{2})/giu, "%");
  return link;
}
