import { type CST, Composer, type Document, type LineCounter, Parser, YAMLParseError } from "yaml";

/** Maps and lists in each other. Settings have five levels; anchors and aliases do not add to it. */
const DEEPEST = 60;

/**
 * The document of a YAML text; null when it is nested too deeply. The parser makes its tokens without recursion, but
 * the composer recurses over them: near the end of the stack the engine may not find memory to compile one of its
 * patterns, and then the whole process ends. So the depth is measured in between.
 */
export function compose(text: string, lineCounter: LineCounter): Document | null {
  const tokens = [...new Parser(lineCounter.addNewLine).parse(text)];
  if (isTooDeep(tokens)) return null;
  const composer = new Composer({
    lineCounter,
    prettyErrors: false,
    stringKeys: true,
    // Ours names the line of the first one, and does not take the square of the number of keys.
    uniqueKeys: false,
    // A %YAML 1.1 line must not bring dates, sets and merge keys.
    schema: "core",
    merge: false,
    resolveKnownTags: false,
    logLevel: "silent",
  });
  // With `true` there is always a document.
  const [document, second] = [...composer.compose(tokens, true, text.length)] as [Document, Document?];
  if (second) {
    const at = second.range?.[0] ?? 0;
    document.errors.push(new YAMLParseError([at, at], "MULTIPLE_DOCS", "several documents"));
  }
  return document;
}

function isTooDeep(tokens: readonly CST.Token[]): boolean {
  let level: readonly CST.Token[] = tokens;
  for (let depth = 0; level.length > 0; depth++) {
    if (depth > DEEPEST) return true;
    level = level.flatMap(inside);
  }
  return false;
}

/** The tokens directly inside of one. */
function inside(token: CST.Token): CST.Token[] {
  if (token.type === "document") return token.value ? [token.value] : [];
  if (!("items" in token)) return [];
  return token.items.flatMap(({ key, value }) =>
    [key, value].filter((part) => part !== undefined && part !== null),
  );
}
