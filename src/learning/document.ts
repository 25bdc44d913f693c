import { isFieldLine, isHeadingLine, isTraceLine, looseText, underline } from "./markdown-line.ts";
import { countOf, firstSentences } from "./sentences.ts";

/** A heading (or a form's question) and the short text below it. */
export interface Heading {
  name: string;
  /** The first `ANSWER_LENGTH` characters below it; "" where nothing or "_No response_" stands. */
  answer: string;
}

/** What an issue says, taken apart by what each part of its Markdown is for. Lengths are in UTF-16 units. */
export interface Document {
  title: string;
  /** The first two sentences of the reporter's own words. */
  opening: string;
  /** The reporter's words, without code, comments, headings, addresses and tags. */
  prose: string;
  code: string;
  /** HTML comments: mostly what is left of a template. */
  comments: string;
  headings: Heading[];
  fields: { key: string; value: string }[];
  checkboxes: { text: string; checked: boolean }[];
  links: string[];
  shape: Shape;
}

/** Counts that words do not show. */
export interface Shape {
  length: number;
  codeBlocks: number;
  codeLines: number;
  traceLines: number;
  listItems: number;
  numberedItems: number;
  images: number;
  quotes: number;
  versions: number;
  questionMarks: number;
}

/** GitHub keeps at most this many characters of a body; what is longer is not read. */
const BODY_LENGTH = 65_536;
const TITLE_LENGTH = 1_024;
const ANSWER_LENGTH = 200;

interface Reading {
  document: Document;
  prose: string[];
  code: string[];
  comments: string[];
  fence: string | null;
  inComment: boolean;
  heading: Heading | null;
}

/**
 * Reads an issue's Markdown once, line by line, in time linear in its length.
 * Any text is accepted: what is not understood is prose.
 */
export function parseDocument(title: string, body: string | null | undefined): Document {
  const text = (body ?? "").slice(0, BODY_LENGTH);
  const document: Document = {
    title: title.slice(0, TITLE_LENGTH),
    opening: "",
    prose: "",
    code: "",
    comments: "",
    headings: [],
    fields: [],
    checkboxes: [],
    links: [],
    shape: emptyShape(text.length),
  };
  const reading: Reading = {
    document,
    prose: [],
    code: [],
    comments: [],
    fence: null,
    inComment: false,
    heading: null,
  };
  for (let start = 0; start < text.length; ) {
    let end = text.indexOf("\n", start);
    if (end < 0) end = text.length;
    readLine(reading, text.charCodeAt(end - 1) === 13 ? text.slice(start, end - 1) : text.slice(start, end));
    start = end + 1;
  }
  document.prose = reading.prose.join("\n");
  document.code = reading.code.join("\n");
  document.comments = reading.comments.join("\n");
  document.opening = firstSentences(document.prose, 2);
  document.shape.questionMarks = countOf(document.prose, "?") + countOf(document.prose, "？");
  return document;
}

function emptyShape(length: number): Shape {
  return {
    length,
    codeBlocks: 0,
    codeLines: 0,
    traceLines: 0,
    listItems: 0,
    numberedItems: 0,
    images: 0,
    quotes: 0,
    versions: 0,
    questionMarks: 0,
  };
}

function readLine(reading: Reading, line: string): void {
  if (reading.fence !== null) readFenced(reading, line);
  else if (reading.inComment) readCommented(reading, line);
  else readOpen(reading, line);
}

/** A line outside of fences and comments, which may open either. */
function readOpen(reading: Reading, line: string): void {
  const trimmed = line.trim();
  if (trimmed.startsWith("```") || trimmed.startsWith("~~~")) {
    openFence(reading, trimmed);
    return;
  }
  const comment = line.indexOf("<!--");
  if (comment < 0) {
    readText(reading, line);
    return;
  }
  if (comment > 0) readText(reading, line.slice(0, comment));
  reading.inComment = true;
  readCommented(reading, line.slice(comment + 4));
}

function openFence(reading: Reading, trimmed: string): void {
  const mark = trimmed.slice(0, 3);
  reading.document.shape.codeBlocks += 1;
  // ```one line``` opens and closes at once
  if (trimmed.length > 6 && trimmed.endsWith(mark)) {
    reading.code.push(trimmed.slice(3, -3));
    return;
  }
  reading.fence = mark;
}

function readFenced(reading: Reading, line: string): void {
  const trimmed = line.trim();
  if (trimmed.startsWith(reading.fence ?? "```")) {
    reading.fence = null;
    return;
  }
  readCode(reading, line);
  if (trimmed.length > 3 && trimmed.endsWith(reading.fence ?? "```")) reading.fence = null;
}

function readCode(reading: Reading, line: string): void {
  const { shape } = reading.document;
  shape.codeLines += 1;
  if (isTraceLine(line)) shape.traceLines += 1;
  reading.code.push(line);
}

/** The rest of a line from inside a comment on; after the comment's end the line is read as usual, once. */
function readCommented(reading: Reading, line: string): void {
  let from = 0;
  while (reading.inComment) {
    const end = line.indexOf("-->", from);
    if (end < 0) {
      reading.comments.push(line.slice(from));
      return;
    }
    reading.comments.push(line.slice(from, end));
    reading.inComment = false;
    from = end + 3;
    const next = line.indexOf("<!--", from);
    if (next < 0) break;
    readText(reading, line.slice(from, next));
    reading.inComment = true;
    from = next + 4;
  }
  if (from < line.length) readText(reading, line.slice(from));
}

function readText(reading: Reading, line: string): void {
  const trimmed = line.trim();
  if (trimmed === "") return;
  const { document } = reading;
  if (isUnderline(reading, trimmed)) return;
  const heading = isHeadingLine(trimmed);
  if (heading !== null) {
    reading.heading = { name: heading, answer: "" };
    document.headings.push(reading.heading);
    return;
  }
  if (readCheckbox(reading, trimmed)) return;
  const indented = line.startsWith("    ") || line.startsWith("\t");
  if (indented && reading.heading === null && looksLikeCode(trimmed)) readCode(reading, line);
  else readProse(reading, trimmed);
}

/** A line of = or - makes the line above it a heading. */
function isUnderline(reading: Reading, trimmed: string): boolean {
  if (!underline(trimmed)) return false;
  const above = reading.prose.at(-1);
  if (above !== undefined && above.length < 80 && trimmed.length >= 3 && trimmed.length >= above.length / 2) {
    reading.prose.pop();
    reading.heading = { name: above, answer: "" };
    reading.document.headings.push(reading.heading);
  }
  return true;
}

function readCheckbox({ document }: Reading, trimmed: string): boolean {
  const box = /^(?:[-*+] |\d{1,3}\. )?\s?\[ ?([ xX]?) ?\] ?/.exec(trimmed);
  if (!box || trimmed[box[0].length] === "(") return false;
  document.checkboxes.push({ text: trimmed.slice(box[0].length), checked: /x/i.test(box[1] ?? "") });
  return true;
}

function looksLikeCode(trimmed: string): boolean {
  return /[{};=<>()$]/.test(trimmed) || isTraceLine(trimmed);
}

function readProse(reading: Reading, trimmed: string): void {
  const { document } = reading;
  const { shape } = document;
  const first = trimmed.charCodeAt(0);
  if (first === 62) shape.quotes += 1;
  else if ((first === 45 || first === 42 || first === 43) && trimmed[1] === " ") shape.listItems += 1;
  else if (first >= 48 && first <= 57 && /^\d{1,3}[.)]/.test(trimmed)) shape.numberedItems += 1;
  if (isTraceLine(trimmed)) shape.traceLines += 1;
  if (/\d\.\d/.test(trimmed)) shape.versions += 1;
  if (trimmed.includes("![") || trimmed.includes("<img")) shape.images += 1;
  const text = looseText(trimmed, document.links);
  const field = isFieldLine(text);
  if (field) document.fields.push(field);
  if (reading.heading && reading.heading.answer.length < ANSWER_LENGTH && text !== "_No response_") {
    const { answer } = reading.heading;
    reading.heading.answer = (answer === "" ? text : `${answer} ${text}`).slice(0, ANSWER_LENGTH);
  }
  if (!field && text !== "" && text !== "_No response_") reading.prose.push(text);
}
