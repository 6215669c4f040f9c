/** Which language a text is in, by its own words. */

export interface DetectedLanguage {
  /** BCP 47 primary tag, `und` when the text does not tell. */
  readonly language: string;
  /** 0…1. */
  readonly confidence: number;
}

export function detectLanguage(text: string): DetectedLanguage {
  const arabic = text.match(/\p{Script=Arabic}/gu)?.length ?? 0;
  const latin = text.match(/\p{Script=Latin}/gu)?.length ?? 0;
  if (arabic > latin) return { language: "ar", confidence: 0.9 };
  return latin > 0 ? { language: "en", confidence: 0.5 } : { language: "und", confidence: 0 };
}
