import type { Problem } from "../ticket/problem.ts";
import { readYaml } from "../yaml/source.ts";

/** What an article says of itself above its text. */
export interface FrontMatter {
  title: string | null;
  /** Other ways in which people ask for it. */
  aliases: string[];
  product: string | null;
  /** ISO 639-1. */
  language: string | null;
  /** The versions for which it is valid; empty: all. */
  versions: string[];
  /** From then on it does not answer any more. Milliseconds since 1970. */
  expires: number | null;
}

export interface Opened {
  /** Null if it could not be read: then nobody knows whether the article is still valid. */
  frontMatter: FrontMatter | null;
  text: string;
  /** The line on which the text begins, from 1. */
  firstLine: number;
  problems: Problem[];
}

const OPENING = /^\uFEFF?---[ \t]*\r?\n/;
const CLOSING = /^(?:---|\.\.\.)[ \t]*$/m;
const NONE: FrontMatter = {
  title: null,
  aliases: [],
  product: null,
  language: null,
  versions: [],
  expires: null,
};

/** Takes the front matter off an article. A page that merely begins with a line of hyphens has none. */
export function readFrontMatter(path: string, markdown: string): Opened {
  const opening = OPENING.exec(markdown)?.[0];
  if (opening === undefined) return { frontMatter: NONE, text: markdown, firstLine: 1, problems: [] };
  const inside = markdown.slice(opening.length);
  const closing = CLOSING.exec(inside);
  if (!closing) return { frontMatter: NONE, text: markdown, firstLine: 1, problems: [] };
  const source = inside.slice(0, closing.index);
  const text = inside.slice(closing.index + closing[0].length).replace(/^\r?\n/, "");
  const firstLine = source.split("\n").length + 2;
  const { value, problem, lineOf } = parseYaml(path, source);
  if (problem) return { frontMatter: null, text, firstLine, problems: [problem] };
  if (value === null || typeof value !== "object" || Array.isArray(value))
    return { frontMatter: NONE, text: markdown, firstLine: 1, problems: [] };
  const problems: Problem[] = [];
  return {
    frontMatter: readKeys(path, value as Record<string, unknown>, lineOf, problems),
    text,
    firstLine,
    problems,
  };
}

/** A key's line in the file; nothing where it has none. */
type LineOf = (key: string) => Pick<Problem, "line" | "column">;

function parseYaml(
  path: string,
  source: string,
): { value: unknown; problem: Problem | null; lineOf: LineOf } {
  const { value, problems, keyAt } = readYaml(source);
  const inFile = ({ line, column }: { line: number; column: number }) => ({ line: line + 1, column });
  const lineOf = (key: string) => {
    const at = keyAt([key]);
    return at ? inFile(at) : {};
  };
  const [first] = problems;
  if (!first) return { value, problem: null, lineOf };
  return { value: null, problem: { ...broken(path, first.message), ...inFile(first) }, lineOf };
}

function broken(path: string, reason: string): Problem {
  return {
    severity: "error",
    file: path,
    path: "",
    message: `The front matter cannot be read: ${reason}. The article is left out.`,
    suggestion: "Mend the lines between the two `---`, or quote texts that hold `: ` or `#`.",
  };
}

function readKeys(
  path: string,
  keys: Record<string, unknown>,
  lineOf: LineOf,
  problems: Problem[],
): FrontMatter {
  const wrong = (key: string, wanted: string) => {
    const message = `\`${key}\` must be ${wanted}.`;
    problems.push({ severity: "ignored", file: path, path: key, message, ...lineOf(key) });
    return null;
  };
  const text = (key: string): string | null => {
    const value = keys[key] ?? null;
    if (value === null || typeof value === "string") return value || null;
    return typeof value === "number" ? String(value) : wrong(key, "a text");
  };
  const texts = (key: string): string[] => {
    const values = [keys[key] ?? []].flat();
    const good = values.filter((value) => typeof value === "string" || typeof value === "number").map(String);
    if (good.length < values.length) wrong(key, "a text or a list of texts");
    return good;
  };
  const expires = keys.expires ?? null;
  const at = expires instanceof Date ? expires.getTime() : Date.parse(String(expires));
  return {
    title: text("title"),
    aliases: texts("aliases"),
    product: text("product"),
    language: text("language")?.slice(0, 2).toLowerCase() ?? null,
    versions: texts("versions"),
    expires: expires === null ? null : Number.isNaN(at) ? wrong("expires", "a date such as 2027-01-31") : at,
  };
}
