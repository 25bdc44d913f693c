import type { Index } from "./index.ts";
import { readableProse } from "./passages.ts";
import { UNKNOWN } from "./words.ts";

/** A quotation longer than this is not read in a comment. Characters. */
const LONGEST = 400;
const SENTENCE = /(?<=[.!?:。！？])\s+|\n+/;

/**
 * The sentences of a section that say most about the question, together at most 400 characters; its first ones if only
 * its heading speaks of it, empty if it has no prose. It is the author's text: whoever posts it neutralises it.
 */
export function quote(index: Index, question: { title: string; body: string }, markdown: string): string {
  const wanted = index.read(question);
  const terms = new Set([...wanted.title, ...wanted.prose]);
  terms.delete(UNKNOWN);
  const sentences = readableProse(markdown)
    .split(SENTENCE)
    .map((sentence) => sentence.trim())
    .filter((sentence) => sentence !== "" && sentence.length <= LONGEST);
  const worth = sentences.map((sentence) => {
    const found = new Set(index.read({ title: sentence, body: "" }).title.filter((term) => terms.has(term)));
    return [...found].reduce((sum, term) => sum + index.inverseFrequency(term), 0);
  });
  return around(sentences, worth);
}

/** The best sentence, with those after and before it for as long as they fit. */
function around(sentences: readonly string[], worth: readonly number[]): string {
  let from = worth.indexOf(Math.max(...worth));
  if (from < 0) return "";
  let to = from + 1;
  const length = () => sentences.slice(from, to).join(" ").length;
  while (to < sentences.length && length() + (sentences[to]?.length ?? 0) < LONGEST) to++;
  while (from > 0 && length() + (sentences[from - 1]?.length ?? 0) < LONGEST) from--;
  return sentences.slice(from, to).join(" ");
}
