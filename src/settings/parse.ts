import type { Problem } from "../ticket/problem.ts";
import type { Complaint } from "./complaint.ts";
import { inconsistencies } from "./consistency.ts";
import { formatPath, isMap, type Path, valueAt } from "../yaml/path.ts";
import { dropPrivate } from "./private-keys.ts";
import { type PartialSettings, Settings } from "./schema.ts";
import { unknownKey, wording } from "./wording.ts";
import { byPosition, readYaml, type YamlSource } from "../yaml/source.ts";

/** More are not read by anybody, and would not fit into an issue. */
const MOST_PROBLEMS = 100;

/**
 * Reads a settings file. All that is wrong with it is told at once, in the file's order; each Problem's message is a
 * clause without a full stop that says what is allowed. `settings` is null when there is an error: then nothing of the
 * file is to be used. What is `ignored` is left out of them. Never throws.
 *
 * `private`: the public cannot read the file, so that keys about people and money are honoured.
 */
export function parseSettings(
  text: string,
  options: { private: boolean },
): { settings: PartialSettings | null; problems: Problem[] } {
  const source = readYaml(text);
  const root = source.value ?? (source.problems.length === 0 ? {} : undefined);
  const problems: Problem[] = [...source.problems];
  if (root !== undefined && !isMap(root)) {
    problems.push({ severity: "error", path: "", ...rootComplaint(root), line: 1, column: 1 });
  }
  if (!isMap(root)) return { settings: null, problems };
  // A section whose keys are all commented out.
  const written = Object.fromEntries(Object.entries(root).filter(([, value]) => value !== null));
  if (!options.private) problems.push(...dropPrivate(written).map((path) => privateProblem(path, source)));
  problems.push(...judge(written, source));
  const sound = Object.entries(written).filter(([key]) => !problems.some((problem) => breaks(problem, key)));
  for (const { path, ...inconsistency } of inconsistencies(Object.fromEntries(sound))) {
    problems.push(located(source, path, "value", inconsistency));
  }
  const broken = problems.some(({ severity }) => severity === "error");
  return {
    settings: broken ? null : (written as PartialSettings),
    problems: capped(problems.sort(byPosition)),
  };
}

function rootComplaint(root: unknown): Complaint {
  const what = Array.isArray(root) ? "a list" : "a single value";
  return { message: `the file is ${what}; settings are keys with values`, suggestion: "mode: reply" };
}

/** Is something wrong in the section of this key? */
function breaks({ severity, path }: Problem, key: string): boolean {
  const section = formatPath([key]);
  return severity === "error" && path.startsWith(section) && /^($|[.[])/.test(path.slice(section.length));
}

function privateProblem(path: Path, source: YamlSource): Problem {
  return located(source, path, "key", {
    severity: "ignored",
    message:
      "this key is ignored, since everybody can read this file; it belongs in .github/frontdesk.yml of a private repository, or of the private repository .github-private",
  });
}

/** What zod finds wrong with the file. */
function judge(written: Record<string, unknown>, source: YamlSource): Problem[] {
  // Messages are ours, or empty where wording has the words.
  const judged = Settings.safeParse(written, { error: () => "" });
  return (judged.error?.issues ?? []).flatMap((issue) => {
    if (issue.code === "unrecognized_keys") {
      return issue.keys.map((key) =>
        located(source, [...issue.path, key], "key", { severity: "error", ...unknownKey(issue.path, key) }),
      );
    }
    const value = valueAt(written, issue.path);
    const complaint = wording(issue, value, source.writtenAt(issue.path) ?? String(value));
    return [located(source, issue.path, "value", { severity: "error", ...complaint })];
  });
}

/**
 * A Problem at the place of its key or value in the file, or, where there is none, at the place of what should have it.
 */
function located(
  source: YamlSource,
  path: Path,
  at: "key" | "value",
  complaint: Complaint & Pick<Problem, "severity">,
): Problem {
  let position = at === "key" ? source.keyAt(path) : source.valueAt(path);
  for (let end = path.length - 1; position === undefined && end >= 0; end--) {
    position = source.keyAt(path.slice(0, end));
  }
  return { ...complaint, path: formatPath(path), ...(position ?? { line: 1, column: 1 }) };
}

function capped(problems: Problem[]): Problem[] {
  if (problems.length <= MOST_PROBLEMS) return problems;
  const more = problems.length - MOST_PROBLEMS;
  // An error among those left out must stay one.
  const severity = problems.slice(MOST_PROBLEMS).some((problem) => problem.severity === "error")
    ? "error"
    : "ignored";
  const last: Problem = { severity, path: "", message: `${more} more Problems show when these are mended` };
  return [...problems.slice(0, MOST_PROBLEMS), last];
}
