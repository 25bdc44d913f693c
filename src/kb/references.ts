/** Another issue named in a text. */
export interface Reference {
  number: number;
  /** The sentence says that the two are the same problem. */
  duplicate: boolean;
}

const REFERENCE =
  /(?<![\w&/])#(\d{1,7})\b|(?<![\w/])https?:\/\/[\w.-]+\/[\w.-]+\/[\w.-]+\/(?:issues|discussions)\/(\d{1,7})\b/g;
const DUPLICATE =
  /\b(?:dup|dupe|duped|duplicates?|duplicated|duplicating)\b|\bsame (?:issue|bug|problem|thing|error|cause|root cause)? ?as\b|\bin favou?r of\b|\b(?:subsumed|superseded|covered|tracked) (?:by|in|at|with|under)\b|\balready (?:filed|reported|tracked)\b/i;
const NOT = /\b(?:not|isn't|n't|no longer) (?:a |an |really |exactly )*(?:dup|dupe|duplicate|the same)\b/i;
const FENCED = /^ {0,3}(`{3,}|~{3,})[\s\S]*?(?:^ {0,3}\1|$(?![\s\S]))/gm;
const QUOTED = /^ {0,3}>.*$/gm;
const SENTENCE = /\n\s*\n|(?<=[.!?])\s+/;

/** The issues that a comment or body names in its own words: not in code, not in what it quotes. */
export function referencesIn(text: string): Reference[] {
  const found = new Map<number, Reference>();
  for (const sentence of text.replace(FENCED, "\n\n").replace(QUOTED, "").split(SENTENCE)) {
    const duplicate = DUPLICATE.test(sentence) && !NOT.test(sentence);
    for (const match of sentence.matchAll(REFERENCE)) {
      const number = Number(match[1] ?? match[2]);
      found.set(number, { number, duplicate: duplicate || found.get(number)?.duplicate === true });
    }
  }
  return [...found.values()];
}
