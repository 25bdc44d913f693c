import { comment } from "./comment.ts";
import { inlineCode, neutralize } from "./sanitize.ts";
import { say, type Voice } from "./template.ts";

/** What a person can mend in a settings file. `line` and `column` count from 1. */
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

/** The one issue that shows a file's problems, edited in place; its body is null when there are none. */
export function problemIssue(
  voice: Voice,
  file: string,
  problems: ShownProblem[],
): { title: string; body: string | null } {
  const title = say(voice, "problemsTitle", { file: { markdown: file } });
  if (problems.length === 0) return { title, body: null };
  const broken = problems.some((problem) => problem.severity === "error");
  const intro = broken ? "problemsError" : "problemsIgnored";
  const rest = problems.length - MOST_PROBLEMS;
  const list = problems.slice(0, MOST_PROBLEMS).map((problem) => item(voice, problem));
  const body = comment(voice, "problems", [
    say(voice, intro, { file: { markdown: inlineCode(file) } }),
    list.join("\n"),
    ...(rest > 0 ? [say(voice, "problemsMore", { count: String(rest) })] : []),
    say(voice, "problemsOutro"),
  ]);
  return { title, body };
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
