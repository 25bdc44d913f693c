/** Whole words, in scripts that have letters and spaces. */
export const words = (...alternatives: string[]): RegExp =>
  new RegExp(`(?<!\\p{L})(?:${alternatives.join("|")})(?!\\p{L})`, "iu");

/** The sentences of a text, by full stops and lines. */
export const sentencesOf = (prose: string): string[] => prose.split(/(?<=[.!?])\s+|(?<=[。！？])\s*|\n/);

/** Does a sentence ask? */
export const isAsking = (sentence: string): boolean => /[?？]\s*$/.test(sentence);
