import { Anchors } from "./anchor.ts";

/** A heading and what stands under it up to the next heading, whatever that one's level. */
export interface Section {
  /** Without `#`; empty for what stands before the first heading. */
  anchor: string;
  /** The headings above it and its own, outermost first, as plain text. */
  headings: string[];
  /** Markdown. */
  body: string;
  /** Of the heading, from 1. */
  line: number;
}

/** A page of more headings than this is generated; what follows stays in the last section. */
const MOST_SECTIONS = 5000;
const ATX = /^ {0,3}(#{1,6})(?=[ \t]|$)/;
const SETEXT = /^ {0,3}(=+|-+)[ \t]*$/;
const HTML = /^\s*<h([1-6])(?:\s[^>]*)?>(.*?)<\/h\1>\s*$/i;
const FENCE = /^ {0,3}(`{3,}|~{3,})/;
/** Lines that cannot be the text of an underlined heading: they begin a block of their own. */
const OTHER_BLOCK = /^(?: {4}|\t| {0,3}(?:>|[-*+][ \t]|\d{1,9}[.)][ \t]|#{1,6}[ \t]|<|\|))/;

interface Heading {
  level: number;
  text: string;
}

/** Cuts Markdown at its headings. `firstLine` is the number of its first line in the file. */
export function sectionsOf(markdown: string, firstLine = 1): Section[] {
  const lines = markdown.split(/\r\n|\r|\n/);
  const anchors = new Anchors();
  const path: Heading[] = [];
  const sections: (Section & { lines: string[] })[] = [
    { anchor: "", headings: [], body: "", line: firstLine, lines: [] },
  ];
  let fence = "";
  lines.forEach((line, i) => {
    const here = sections.at(-1) as { lines: string[] };
    const mark = FENCE.exec(line)?.[1] ?? "";
    if (fence) {
      if (mark.startsWith(fence) && line.trim() === mark) fence = "";
      here.lines.push(line);
      return;
    }
    if (mark) fence = mark;
    const heading = mark || sections.length >= MOST_SECTIONS ? null : headingAt(line, here.lines);
    if (!heading) {
      here.lines.push(line);
      return;
    }
    while (path.length > 0 && (path.at(-1) as Heading).level >= heading.level) path.pop();
    path.push(heading);
    const headings = path.map(({ text }) => text);
    sections.push({ anchor: anchors.next(heading.text), headings, body: "", line: firstLine + i, lines: [] });
  });
  return sections
    .map(({ lines: own, ...section }) => ({ ...section, body: own.join("\n").trim() }))
    .filter((section) => section.anchor !== "" || section.body !== "");
}

/** The heading that this line makes; an underline takes its text back from the lines before. */
function headingAt(line: string, before: string[]): Heading | null {
  const atx = ATX.exec(line);
  if (atx) return { level: (atx[1] ?? "").length, text: plainText(unclosed(line.slice(atx[0].length))) };
  const html = HTML.exec(line);
  if (html) return { level: Number(html[1]), text: plainText(html[2] ?? "") };
  const underline = SETEXT.exec(line)?.[1];
  const text = before.at(-1);
  if (!underline || text === undefined || text.trim() === "" || OTHER_BLOCK.test(text)) return null;
  before.pop();
  return { level: underline.startsWith("=") ? 1 : 2, text: plainText(text) };
}

/** `Title ##` -> `Title`: hashes at the end belong to the text only where no blank stands before them. */
function unclosed(heading: string): string {
  const text = heading.trim();
  let end = text.length;
  while (text[end - 1] === "#") end--;
  return end === 0 || /[ \t]/.test(text[end - 1] ?? "") ? text.slice(0, end).trim() : text;
}

/**
 * A heading's Markdown as the text that a reader sees: links, emphasis, code and tags are unwrapped. Linear: no pattern
 * looks past the next opening of its kind, or further than 200 characters, since a line may have a whole file's length.
 */
export function plainText(markdown: string): string {
  return markdown
    .replace(/!\[[^[\]]*\]\((?:[^()]|\([^()]*\))*\)/g, "")
    .replace(/\[([^[\]]*)\](?:\((?:[^()]|\([^()]*\))*\)|\[[^[\]]*\])/g, "$1")
    .replace(/<\/?[a-z][^<>]*>/gi, "")
    .replace(/`+/g, "")
    .replace(/(\*\*|__|~~)(?=\S)(.{0,200}?\S)\1/g, "$2")
    .replace(/(?<![\p{L}\p{N}])([*_])(?=\S)(.{0,200}?\S)\1(?![\p{L}\p{N}])/gu, "$2")
    .replace(/\\([!-/:-@[-`{-~])/g, "$1")
    .trim();
}
