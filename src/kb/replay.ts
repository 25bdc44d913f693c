import { Backlog, type IssueComment, type OpenedIssue } from "./backlog.ts";

/** An issue with everything that happened to it. */
export interface IssueHistory extends OpenedIssue {
  closedAt: number | null;
  comments: IssueComment[];
  /** What people called the same problem, and since when. */
  same?: { number: number; at: number }[];
}

interface Step {
  at: number;
  apply: (backlog: Backlog) => void;
  /** The issue that is opened by it. */
  opens?: IssueHistory;
}

/**
 * Lets history happen once more, and calls `visit` for each issue at the moment before it is opened: the backlog then
 * holds what was known at that time and nothing later. What happens in the same millisecond is not known yet.
 */
export function replay(
  issues: readonly IssueHistory[],
  visit: (issue: IssueHistory, backlog: Backlog) => void,
): Backlog {
  const backlog = new Backlog();
  const steps = issues.flatMap(stepsOf).sort((a, b) => a.at - b.at || order(a) - order(b));
  let begin = 0;
  while (begin < steps.length) {
    let end = begin;
    while (end < steps.length && steps[end]?.at === steps[begin]?.at) end++;
    const together = steps.slice(begin, end);
    for (const { opens } of together) if (opens) visit(opens, backlog);
    for (const { apply } of together) apply(backlog);
    begin = end;
  }
  return backlog;
}

function stepsOf(issue: IssueHistory): Step[] {
  const { number, closedAt } = issue;
  const steps: Step[] = [{ at: issue.createdAt, apply: (backlog) => backlog.open(issue), opens: issue }];
  for (const comment of issue.comments)
    steps.push({ at: comment.createdAt, apply: (backlog) => backlog.comment(number, comment) });
  for (const other of issue.same ?? [])
    steps.push({ at: other.at, apply: (backlog) => backlog.same(number, other.number) });
  if (closedAt !== null) steps.push({ at: closedAt, apply: (backlog) => backlog.close(number, closedAt) });
  return steps;
}

function order(step: Step): number {
  return step.opens ? 0 : 1;
}
