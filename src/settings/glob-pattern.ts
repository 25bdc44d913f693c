import { RE2JS } from "re2js";

/** What has a meaning in a pattern; all between is literal. */
const TOKEN = /\*\*\/|\*+|\?|\[([!^]?)([^\]]*)\]|[{},]|[^*?[{},]+/g;

/**
 * Says which paths a pattern means: `*` and `?` stay within a folder, `**` as a whole step crosses them, `[ab]`, `[!ab]`
 * and `{a,b}` choose. Hidden files count like all others. Patterns come from whoever can push, so that they run on RE2's
 * engine: its time grows with the length of the path, whatever the pattern. Throws when `[z-a]` or the like means nothing.
 */
export function globMatcher(glob: string): (path: string) => boolean {
  const pattern = RE2JS.compile(translate(glob), RE2JS.DOTALL);
  return (path) => pattern.testExact(path);
}

function translate(glob: string): string {
  let inBraces = false;
  let source = "";
  for (const { 0: token, 1: not, 2: characters, index } of glob.matchAll(TOKEN)) {
    if (token === "{" || token === "}") inBraces = token === "{";
    if (token === "{") source += "(?:";
    else if (token === "}") source += ")";
    else if (token === ",") source += inBraces ? "|" : ",";
    else if (token === "?") source += "[^/]";
    else if (characters !== undefined) source += characterClass(not !== "", characters);
    else if (token.startsWith("*")) source += stars(token, glob[index - 1], glob[index + token.length]);
    else source += RE2JS.quote(token);
  }
  return source;
}

/** `before` and `after`: the characters around it; undefined at the ends. */
function stars(token: string, before = "/", after = "/"): string {
  const wholeStep = "/{,".includes(before);
  if (token === "**/") return wholeStep ? "(?:[^/]+/)*" : "[^/]*/";
  return token === "**" && wholeStep && "/},".includes(after) ? ".*" : "[^/]*";
}

/** A path's separator is in no class. */
function characterClass(not: boolean, characters: string): string {
  const escaped = characters.replaceAll("/", "").replace(/[\\[^]/g, "\\$&");
  return not ? `[^/${escaped}]` : `[${escaped}]`;
}
