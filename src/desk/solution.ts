import { issueCommentNumber } from "../github/comment-number.ts";
import { isWorthRemembering, type SolutionCandidate, solutionCandidates } from "../kb/solution.ts";
import type { Settings } from "../settings/schema.ts";
import type { Answer, BacklogThread, Said } from "../ticket/backlog-thread.ts";
import type { ThreadEvent } from "../ticket/event.ts";
import type { Repository } from "../ticket/repository.ts";
import type { Comment } from "../ticket/thread.ts";
import { suspectVulnerability } from "../triage/security.ts";
import type { Desk } from "./desk.ts";
import { isOnTeam } from "./team.ts";

/** So much is remembered of a thread: what was said last counts. Comments, and characters of each. */
const MOST_SAID = 8;
const MOST_WORDS = 4_000;

/** What may turn out to be a solution, of what was said. */
export function remembered(said: readonly Said[]): Said[] {
  return said
    .filter(({ body }) => isWorthRemembering(body))
    .slice(-MOST_SAID)
    .map((one) => ({ ...one, body: one.body.slice(0, MOST_WORDS) }));
}

/** What was said in an issue, after this event. */
export function saidAfter(event: ThreadEvent, before: readonly Said[]): Said[] {
  const without = (nodeId: string) => before.filter((one) => one.nodeId !== nodeId);
  switch (event.type) {
    case "commented":
    case "comment-edited":
      return remembered([...without(event.comment.nodeId), ...wordsOf([event.comment], event)].sort(byTime));
    case "comment-deleted":
      return without(event.comment.nodeId);
    case "noticed": {
      const known = new Set(event.comments.map(({ nodeId }) => nodeId));
      const old = before.filter(({ nodeId }) => !known.has(nodeId));
      return remembered([...old, ...wordsOf(event.comments, event)].sort(byTime));
    }
    default:
      return [...before];
  }
}

const byTime = (a: Said, b: Said) => a.at - b.at;

function wordsOf(comments: readonly Comment[], { thread }: ThreadEvent): Said[] {
  return comments.flatMap(({ nodeId, author, body, createdAt }) => {
    if (author?.bot) return [];
    const number = issueCommentNumber(nodeId, thread.repositoryId);
    const url = number === null ? thread.url : `${thread.url}#issuecomment-${number}`;
    return [{ nodeId, author: author?.login ?? null, body, url, at: createdAt }];
  });
}

/** Words as GitHub has them for "this was done": what was closed otherwise has no solution. */
const SOLVED_REASONS: readonly (string | null)[] = ["completed", null];

/** What solved a closed issue, if somebody of the team stands behind it; null while it is open. */
export async function solutionOf(
  desk: Desk,
  repository: Repository,
  settings: Settings,
  { title, closedAt, stateReason, said, author }: BacklogThread,
): Promise<Answer | null> {
  if (!settings.knowledge.issues || closedAt === null || !SOLVED_REASONS.includes(stateReason)) return null;
  for (const candidate of solutionCandidates({ title, author, closedAt, said: said ?? [] })) {
    const { body, url, author: by } = candidate.said;
    if (suspectVulnerability("", body).suspected) continue;
    if (await isVouchedFor(desk, repository, settings, candidate)) return { body, url, author: by };
  }
  return null;
}

async function isVouchedFor(
  desk: Desk,
  repository: Repository,
  settings: Settings,
  { vouchers }: SolutionCandidate,
): Promise<boolean> {
  for (const login of vouchers) if (await isOnTeam(desk, repository, settings, login)) return true;
  return false;
}
