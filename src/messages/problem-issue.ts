import { comment } from "./comment.ts";
import { inlineCode, neutralize } from "./sanitize.ts";
import { say, type Voice } from "./template.ts";

/** What a person can mend in a file. `line` and `column` count from 1. */
export interface ShownProblem {
  /** `error`: the whole file is out of use; `ignored`: only this part is. */
  severity: "error" | "ignored";
  path: string;
  message: string;
  suggestion?: string;
  line?: number;
  column?: number;
}

/** More than these are mended in rounds. */
const MOST_PROBLEMS = 30;

/** A file with what is wrong in it. */
export interface ProblemFile {
  /** An article that is broken is left out; of broken settings the last good ones stay in force. */
  kind: "settings" | "article";
  file: string;
  problems: readonly ShownProblem[];
}

/** The one issue that shows the problems of files, edited in place; its body is null when there are none. */
export function problemIssue(
  voice: Voice,
  settings: string,
  files: readonly ProblemFile[],
): { title: string; body: string | null } {
  const wrong = files.filter(({ problems }) => problems.length > 0);
  const title = say(voice, "problemsTitle", { file: { markdown: inPlain(wrong[0]?.file ?? settings) } });
  if (wrong.length === 0) return { title, body: null };
  let room = MOST_PROBLEMS;
  const sections: string[] = [];
  for (const file of wrong) {
    if (room === 0) break;
    const shown = file.problems.slice(0, room);
    room -= shown.length;
    const name = { markdown: inlineCode(file.file, 200) };
    sections.push(
      say(voice, introOf(file), { file: name }),
      shown.map((problem) => item(voice, problem)).join("\n"),
    );
  }
  const rest = wrong.reduce((sum, { problems }) => sum + problems.length, 0) - MOST_PROBLEMS;
  const body = comment(voice, "problems", [
    ...sections,
    ...(rest > 0 ? [say(voice, "problemsMore", { count: String(rest) })] : []),
    say(voice, "problemsOutro"),
  ]);
  return { title, body };
}

/** A path in a title, where nothing is Markdown but references and mentions count. */
const inPlain = (path: string): string =>
  /^[\w./ -]+$/.test(path) ? path : neutralize(path, { maxLength: 120 });

function introOf({ kind, problems }: ProblemFile): "problemsIgnored" | "problemsError" | "problemsArticle" {
  if (!problems.some(({ severity }) => severity === "error")) return "problemsIgnored";
  return kind === "settings" ? "problemsError" : "problemsArticle";
}

/** Where it is, what is wrong, and on a line of its own what to write instead. */
function item(voice: Voice, { path, message, suggestion, line, column = 1 }: ShownProblem): string {
  const place = { line: String(line), column: String(column) };
  const where = [
    ...(line === undefined ? [] : [say(voice, "problemLine", place)]),
    ...(path === "" ? [] : [inlineCode(path, 120)]),
  ].join(", ");
  const what = where === "" ? neutralize(message) : `**${where}**: ${neutralize(message)}`;
  if (!suggestion) return `- ${what}`;
  return `- ${what}\n  ${say(voice, "problemSuggestion", { suggestion: { markdown: inlineCode(suggestion) } })}`;
}
