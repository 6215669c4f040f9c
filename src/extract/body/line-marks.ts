/** What the marks and digits of one line say about it, in every script alike. */

export const CLOCK = /\p{Nd}{1,2}\s?[:.hH]\s?\p{Nd}{2}(?!\p{Nd})/u;
export const YEAR = /(?<!\p{Nd})(?:19|20)\d{2}(?!\p{Nd})|[١٢][٩٠]\p{Nd}{2}/u;
export const ADDRESS = /@|https?:|www\.|\.com\b|©/u;
export const SEPARATOR = /[|•·»›→▶►]/u;
export const QUOTE = /["“”„«»「」]/u;
export const BRACKET = /^[([{<]/u;
export const COLON = /[:：]$/u;

export interface MarkCounts {
  readonly commas: number;
  readonly digits: number;
  readonly spaces: number;
  /** False only where there is no digit of any script. */
  readonly mayHoldDigit: boolean;
}

/** Commas of every script, decimal digits and spaces of a line, in one pass. */
export function countMarks(text: string): MarkCounts {
  let commas = 0;
  let digits = 0;
  let spaces = 0;
  let isOfOtherScript = false;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === 32) spaces++;
    else if (code >= 48 && code <= 57) digits++;
    else if (code === 44 || code === 59) commas++;
    else if (code < 0x60c) continue;
    else if (code === 0x60c || code === 0x61b || code === 0x3001 || code === 0xff0c) commas++;
    else if ((code >= 0x660 && code <= 0x669) || (code >= 0x6f0 && code <= 0x6f9)) digits++;
    // Punctuation and the dense scripts between have no digits of their own.
    else if (code >= 0x7c0 && (code < 0x2000 || code >= 0xa620)) isOfOtherScript = true;
  }
  return { commas, digits, spaces, mayHoldDigit: digits > 0 || isOfOtherScript };
}
