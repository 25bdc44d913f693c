import type { YAMLError } from "yaml";
import type { Position, YamlFault } from "./source.ts";

/** What is wrong and how it is mended, by the parser's error code. */
const WORDS: Partial<Record<YAMLError["code"], string>> = {
  TAB_AS_INDENT: "this line is indented by a tab; YAML wants spaces",
  BAD_INDENT: "this line's indentation does not fit the lines above it",
  BLOCK_AS_IMPLICIT_KEY: "a value with a colon followed by a space belongs in quotes",
  BLOCK_IN_FLOW: "between [ ] or { }, entries are separated by commas",
  MULTILINE_IMPLICIT_KEY: "a colon is missing after a key, or a quote at the end of a text",
  MISSING_CHAR: "a quote, bracket, comma or colon is missing here",
  BAD_DQ_ESCAPE: "a backslash in \"double quotes\" begins an escape; use 'single quotes'",
  MULTIPLE_DOCS: "the file has several documents; only one is read, so no line may be ---",
  NON_STRING_KEY: "only text can be a key",
  TAG_RESOLVE_FAILED: "tags (!word) are not understood; text that begins with ! belongs in quotes",
  BAD_DIRECTIVE: "a line that begins with % is not understood; text that begins with % belongs in quotes",
  UNEXPECTED_TOKEN:
    "something follows a value that has ended; a text with quotes or commas belongs in quotes",
};

/** An error of the YAML parser, as a Problem. */
export function syntaxProblem(
  error: YAMLError,
  text: string,
  position: (offset: number) => Position,
): YamlFault {
  const offset = Math.max(0, Math.min(error.pos[0], text.length));
  const problem = { severity: "error", path: "", ...position(offset) } as const;
  if (error.code === "BAD_SCALAR_START") {
    const written = /^[^\s,[\]{}#"]{1,80}/.exec(text.slice(offset))?.[0] ?? "";
    const message = `text that begins with ${text[offset] ?? "this"} belongs in quotes`;
    return written === "" ? { ...problem, message } : { ...problem, message, suggestion: `"${written}"` };
  }
  const [, closing] = /end with a ([\]}])$/.exec(error.message) ?? [];
  if (closing) return { ...problem, message: `not YAML: a bracket is not closed, ${closing} is missing` };
  const words =
    WORDS[error.code] ?? error.message.split("\n")[0]?.replace(/^[A-Z]/, (first) => first.toLowerCase());
  return { ...problem, message: `not YAML: ${words}` };
}
