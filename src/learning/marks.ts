import type { Document, Shape } from "./document.ts";

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
  ["writes a small i for I", /\bi\b/g],
  ["the reporter speaks of their own things", /\b(?:my|mine|me)\b/gi],
  ["the reporter speaks for a group", /\b(?:we|us|our)\b/gi],
  ["speaks to the maintainers", /\b(?:you|your)\b/gi],
  ["asks with question marks", /\?/g],
  ["has exclamation marks", /!/g],
  ["repeats marks such as ?? or ...", /\?\?|!!|\.\.\./g],
  ["mentions people", /@\w/g],
  ["refers to other threads", /#\d/g],
  ["has code within sentences", /`/g],
  ["begins lines without a capital", /\n[a-z]/g],
  ["says what should or could be", /\b(?:should|could|would|must|might)\b/gi],
  ["says what is not", /\b(?:not|no|never|cannot|without)\b|n't\b/gi],
];

const TITLE_MARKS: [string, RegExp][] = [
  ["the title begins without a capital", /^[a-z]/],
  ["the title ends with a question mark", /\?\s*$/],
  ["the title begins with a [tag]", /^\[[^\]]{1,40}\]/],
  ["the title begins with a topic and a colon", /^[\w./-]{2,30}: /],
  ["the title has code", /`/],
  ["the title has an identifier", /[a-z][A-Z]|_|::|\(\)/],
  ["the title ends like a sentence", /[.!]$/],
  ["the title names an error or exception", /[A-Z][A-Za-z]{0,40}(?:Error|Exception)\b/],
  ["the title has a number", /\d/],
  ["the title has an abbreviation", /\b[A-Z]{2,}\b/],
];

const SHAPE_NAMES = [
  "how long it is",
  "has fenced code",
  "how much code it has",
  "has a stack trace",
  "has a list",
  "has numbered steps",
  "has a picture",
  "quotes a text",
  "names versions",
  "asks questions",
  "how long the prose is",
  "how many headings it has",
  "how long the code is",
  "has checkboxes",
  "has ticked checkboxes",
  "has links",
  "how long the title is",
  "has lines such as Version: 1.2",
  "left the template's comments in",
];

const STYLE_NAMES = [
  ...PROSE_MARKS.map(([name]) => name),
  ...TITLE_MARKS.map(([name]) => name),
  "begins without a capital",
  "how many words the title has",
];

/** The counts that are 0 without what can be named as a reason, by its name. */
const TELLING: Partial<Record<string, readonly (keyof Shape)[]>> = {
  "has fenced code": ["codeBlocks", "codeLines"],
  "has a stack trace": ["traceLines", "codeBlocks", "codeLines"],
  "has a list": ["listItems"],
  "has numbered steps": ["numberedItems"],
  "has a picture": ["images"],
  "names versions": ["versions"],
};

/** Does this name of a mark tell a maintainer why, as "how long it is" does not? */
export function isTellingMark(name: string): boolean {
  return TELLING[name] !== undefined;
}

/** The document without what a mark tells of. */
export function withoutMark(document: Document, name: string): Document {
  const counts = TELLING[name] ?? [];
  const code = counts.includes("codeLines") ? "" : document.code;
  return {
    ...document,
    code,
    shape: { ...document.shape, ...Object.fromEntries(counts.map((count) => [count, 0])) },
  };
}

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
