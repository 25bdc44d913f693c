import type { Document } from "./document.ts";

/** How many of something, as log2(1 + count): the difference between 1 and 2 matters more than 101 and 102. */
function size(count: number): number {
  return Math.log2(1 + count);
}

function matches(text: string, pattern: RegExp): number {
  let found = 0;
  pattern.lastIndex = 0;
  while (pattern.exec(text) !== null) found += 1;
  return found;
}

/** Beyond this the same writer writes the same way. */
const STYLE_LENGTH = 3_000;

/** What the prose holds how often, and how a reason calls it. Every pattern is linear. */
const PROSE_MARKS: [string, RegExp][] = [
  ["the reporter speaks of themselves", /\bI\b/g],
  ["a small i for I", /\bi\b/g],
  ["my and me", /\b(?:my|mine|me)\b/gi],
  ["we and our", /\b(?:we|us|our)\b/gi],
  ["you and your", /\b(?:you|your)\b/gi],
  ["question marks", /\?/g],
  ["exclamation marks", /!/g],
  ["repeated marks", /\?\?|!!|\.\.\./g],
  ["mentions", /@\w/g],
  ["references", /#\d/g],
  ["inline code", /`/g],
  ["lines without a capital", /\n[a-z]/g],
  ["should and could", /\b(?:should|could|would|must|might)\b/gi],
  ["not and never", /\b(?:not|no|never|cannot|without)\b|n't\b/gi],
];

const TITLE_MARKS: [string, RegExp][] = [
  ["a title without a capital", /^[a-z]/],
  ["a title that asks", /\?\s*$/],
  ["a title with a [tag]", /^\[[^\]]{1,40}\]/],
  ["a title with a topic:", /^[\w./-]{2,30}: /],
  ["code in the title", /`/],
  ["an identifier in the title", /[a-z][A-Z]|_|::|\(\)/],
  ["a title that is a sentence", /[.!]$/],
  ["an error's name in the title", /[A-Z][A-Za-z]{0,40}(?:Error|Exception)\b/],
  ["a number in the title", /\d/],
  ["an abbreviation in the title", /\b[A-Z]{2,}\b/],
];

const SHAPE_NAMES = [
  "the length",
  "code blocks",
  "lines of code",
  "a stack trace",
  "list items",
  "numbered steps",
  "pictures",
  "quotes",
  "versions",
  "question marks",
  "the length of the prose",
  "headings",
  "the length of the code",
  "checkboxes",
  "ticked checkboxes",
  "links",
  "the length of the title",
  "lines with a value",
  "comments left from the template",
];

const STYLE_NAMES = [
  ...PROSE_MARKS.map(([name]) => name),
  ...TITLE_MARKS.map(([name]) => name),
  "a text without a capital",
  "the words of the title",
];

/** What each number of `countMarks` is called, in its order. */
export const MARK_NAMES = { shape: SHAPE_NAMES, style: STYLE_NAMES };

/** How a document is built (`shape`) and written (`style`), as small numbers. */
export function countMarks(document: Document): { shape: number[]; style: number[] } {
  const { title, prose, opening, shape } = document;
  const start = prose.slice(0, STYLE_LENGTH);
  return {
    shape: [
      ...Object.values(shape),
      prose.length,
      document.headings.length,
      document.code.length,
      document.checkboxes.length,
      document.checkboxes.filter(({ checked }) => checked).length,
      document.links.length,
      title.length,
      document.fields.length,
      document.comments.length,
    ].map(size),
    style: [
      ...PROSE_MARKS.map(([, pattern]) => size(matches(start, pattern))),
      ...TITLE_MARKS.map(([, pattern]) => (pattern.test(title) ? 1 : 0)),
      /^[a-z]/.test(opening) ? 1 : 0,
      size(title.split(" ").length),
    ],
  };
}
