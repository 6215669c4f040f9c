/**
 * URLs for people: Arabic slugs and Arabic domain names readable, and nothing that could move a
 * terminal's cursor, reverse its text or pass for another character.
 */
import { domainToUnicode } from "node:url";

/** Runs of percent-escapes of bytes ≥ 0x80: only those can spell Arabic. */
const ESCAPED_RUN = /(?:%[89A-F][0-9A-F])+/gi;

/** What may be shown as itself: visible letters, digits and their marks; Arabic and French stops. */
const SHOWN = /^(?:(?!\p{Default_Ignorable_Code_Point})[\p{L}\p{N}\p{M}]|[،؛؟«»“”‘’–—…])$/u;

/** One script per label, so that no Latin look-alike can hide in a name. */
const ARABIC_LABEL = /^[\p{Script=Arabic}\p{Nd}-]+$/u;

/** Everything a terminal may act on; a WHATWG URL has none of it, a stored text might. */
const UNSAFE = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Co}\p{Cs}]/gu;

/**
 * The URL with percent-encoded UTF-8 words decoded and an all-Arabic domain in its own letters.
 * Escapes that spell anything else (spaces, controls, bidi marks, reserved characters, broken
 * UTF-8) stay escaped, so the result still leads to the same page when pasted.
 */
export function displayUrl(url: string): string {
  const shown = url.replace(ESCAPED_RUN, decodeRun).replace(/xn--[a-z0-9-]+/gi, showLabel);
  return shown.replace(UNSAFE, (char) =>
    encodeURIComponent(/\p{Cs}/u.test(char) ? "\ufffd" : char),
  );
}

function decodeRun(run: string): string {
  const bytes = Buffer.from(run.replaceAll("%", ""), "hex");
  let text = "";
  for (const char of bytes.toString("utf8")) {
    if (char === "\ufffd") return run;
    text += SHOWN.test(char) ? char : encodeURIComponent(char);
  }
  return text;
}

function showLabel(label: string): string {
  const unicode = domainToUnicode(label);
  return ARABIC_LABEL.test(unicode) ? unicode : label;
}
