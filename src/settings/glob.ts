import { type Complaint, judged, show } from "./complaint.ts";
import { globMatcher } from "./glob-pattern.ts";

/** Longer patterns, or more wild cards, are no patterns that a person writes. */
const LONGEST = 200;
const MOST_WILD = 12;

/** What is wrong with a pattern of paths, or null. Only `*`, `**`, `?`, `[abc]` and `{a,b}` (see `globMatcher`). */
function judgeGlob(glob: string): Complaint | null {
  const shown = show(glob);
  if (glob.trim() === "") return { message: "an empty pattern matches no file", suggestion: "docs/**/*.md" };
  if (glob.length > LONGEST) return { message: `${shown} is longer than ${LONGEST} characters` };
  if (glob.includes("\\")) return { message: `${shown} has a backslash; paths are written with /` };
  if (/^\.?\//.test(glob)) {
    return {
      message: `${shown} begins at the root; paths begin with the first folder's name`,
      suggestion: glob.replace(/^\.?\/+/, ""),
    };
  }
  if (glob.split("/").includes("..")) return { message: `${shown} leaves the repository by ..` };
  if (glob.startsWith("!")) return { message: `${shown} excludes; only patterns that include are possible` };
  if (/[()]/.test(glob)) return { message: `${shown} has parentheses; write a pattern for each alternative` };
  if ((glob.match(/[*?[{]/g) ?? []).length > MOST_WILD)
    return { message: `${shown} has over ${MOST_WILD} wild cards` };
  if (!balanced(glob)) return { message: `${shown} has a bracket that is not closed` };
  // Ranges such as {1..1000000} would be written out.
  if (/\{[^}]*\.\./.test(glob)) return { message: `${shown} has a range; name what you mean: {a,b}` };
  return means(glob)
    ? null
    : { message: `${shown} has a choice [ ] that means nothing; name what it may be: [abc]` };
}

function means(glob: string): boolean {
  try {
    globMatcher(glob);
    return true;
  } catch {
    return false;
  }
}

function balanced(glob: string): boolean {
  const rest = glob.replace(/\[[^\][{}]+\]/g, "").replace(/\{[^{}]*\}/g, "");
  return !/[[\]{}]/.test(rest);
}

/** A pattern of paths in a repository. */
export const glob = judged(judgeGlob).meta({ examples: ["docs/**/*.md"] });

/** A path of one file in a repository. */
export const filePath = judged((path) => {
  const bad =
    path === "" ||
    path.length > LONGEST ||
    /^[./]*\/|\\|\p{Cc}/u.test(path) ||
    path.split("/").includes("..");
  return bad ? { message: `${show(path)} is not a path inside the repository, such as customers.csv` } : null;
});
