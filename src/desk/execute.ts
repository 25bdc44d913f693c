import { classifyFailure } from "../github/failure.ts";
import type { Action, OutboxEntry, Outcome } from "../ticket/action.ts";
import type { ScopeKey } from "../ticket/delivery.ts";
import { parseScopeKey } from "../ticket/delivery.ts";
import { remember } from "../ticket/fact.ts";
import type { Repository } from "../ticket/repository.ts";
import type { Ticket } from "../ticket/ticket.ts";
import { executed } from "../triage/executed.ts";
import { count } from "./counters.ts";
import type { Desk } from "./desk.ts";
import { perform } from "./actions.ts";
import { gapAfter, MAX_FAILURES, putOff, retryAt } from "./failure.ts";
import type { Caution, Done } from "./outcome.ts";
import { isPermittedAgain, restUntil } from "./permission.ts";
import { beat } from "./heartbeat.ts";
import { showProblems } from "./problem-issue.ts";
import { standingOfScope } from "./standing.ts";
import { showReport } from "./report-issue.ts";

/** A snapshot of the thread older than this is not trusted before a write. */
const SNAPSHOT_MS = 10_000;

/**
 * Carries a scope's actions out, in the order in which they were decided. `fresh`: keys that were committed by this
 * call and have not been tried; everything else may have been applied before a fault, so the executor looks first.
 */
export async function executeOutbox(desk: Desk, scope: ScopeKey, fresh: Set<string> | null): Promise<void> {
  const waiting = await desk.store.outbox(scope);
  if (waiting.length > 0 && (await standingOfScope(desk, scope)) === "suspended") return;
  for (const entry of waiting) {
    if (entry.notBefore > desk.now() && !(await isPermittedAgain(desk, scope, entry))) {
      await putOff(desk, scope, entry.notBefore);
      // What was decided for a later hour holds nothing up; what failed does.
      if (waitsByDecision(entry)) continue;
      return;
    }
    const tried = !fresh?.has(entry.key);
    const look = tried || desk.now() - entry.snapshotAt > SNAPSHOT_MS;
    try {
      await execute(desk, scope, entry, { look, tried });
      desk.memory.failuresInARow.delete(scope);
    } catch (error) {
      // Later actions wait for this one, so that a thread reads in order.
      if (await keep(desk, scope, entry, error)) return;
    }
  }
}

function waitsByDecision({ action, notBefore }: OutboxEntry): boolean {
  return "notBefore" in action && action.notBefore === notBefore;
}

async function execute(desk: Desk, scope: ScopeKey, entry: OutboxEntry, caution: Caution): Promise<void> {
  const done = await carryOut(desk, scope, entry, caution);
  await settle(desk, scope, entry, done);
  beat(desk);
  desk.log.info({ scope, action: entry.action.type, ...done.outcome }, "executed");
}

async function carryOut(
  desk: Desk,
  scope: ScopeKey,
  entry: OutboxEntry,
  caution: Caution,
): Promise<Done<Ticket> | Done<Repository>> {
  const [kind, id] = parseScopeKey(scope);
  const ticket = kind === "ticket" ? await desk.store.read("ticket", id) : null;
  if (ticket) return remembered(ticket, entry, await perform(desk, ticket, entry, caution), desk.now());
  const repository = kind === "repository" ? await desk.store.read("repository", id) : null;
  if (repository) return performForRepository(desk, repository, entry.action, caution.look);
  return { outcome: { type: "skipped", reason: `there is no ${scope}` } };
}

async function performForRepository(
  desk: Desk,
  repository: Repository,
  action: Action,
  look: boolean,
): Promise<Done<Repository>> {
  if (action.type === "show-problems") return showProblems(desk, repository, action, look);
  if (action.type === "show-report") return showReport(desk, repository, action, look);
  return { outcome: { type: "skipped", reason: "not about a repository" } };
}

/** What was done for a ticket becomes one of its facts. */
function remembered(ticket: Ticket, { action }: OutboxEntry, done: Done<Ticket>, at: number): Done<Ticket> {
  const facts = executed(ticket, action, done.outcome, at);
  return facts.length === 0
    ? done
    : { ...done, patch: { ...done.patch, timeline: remember(ticket.timeline, facts) } };
}

function settle(
  desk: Desk,
  scope: ScopeKey,
  { key, action }: OutboxEntry,
  { outcome, patch = {} }: Done<Ticket> | Done<Repository>,
): Promise<void> {
  const [kind, id] = parseScopeKey(scope);
  countAction(desk, action, outcome.type);
  return desk.store.settle({ scope: kind, id, key, outcome, patch, at: desk.now() });
}

function countAction(
  { memory }: Desk,
  { type }: Action,
  outcome: Outcome["type"] | "put-off" | "failed",
): void {
  count(memory.counters, "frontdesk_actions_total", { type, outcome });
}

/** After a failure: tried again later, given up, or parked. True when the rest has to wait. */
async function keep(desk: Desk, scope: ScopeKey, entry: OutboxEntry, error: unknown): Promise<boolean> {
  const failure = classifyFailure(error, desk.now());
  const log = desk.log.child({ scope, action: entry.action.type, reason: failure.reason });
  if (failure.type === "passing" || failure.type === "limit") {
    const notBefore = retryAt(desk, scope, failure.type === "limit" ? failure.until : null);
    log.warn({ notBefore: new Date(notBefore) }, "will try again");
    countAction(desk, entry.action, "put-off");
    await desk.store.saveEntry(scope, { ...entry, notBefore });
    await putOff(desk, scope, notBefore);
    return true;
  }
  const rest = await restUntil(desk, scope, failure, entry.decidedAt);
  if (rest !== null) {
    await desk.store.saveEntry(scope, { ...entry, notBefore: rest, rests: desk.now() });
    return true;
  }
  if (failure.type === "forbidden" || failure.type === "gone") {
    log.warn("GitHub does not allow it: left alone");
    await settle(desk, scope, entry, { outcome: { type: "skipped", reason: failure.reason } });
    return false;
  }
  countAction(desk, entry.action, "failed");
  const failures = entry.failures + 1;
  const parked = failures >= MAX_FAILURES ? failure.reason : null;
  const notBefore = desk.now() + gapAfter(failures);
  log.error({ failures, err: error }, parked ? "parked an action: see frontdesk doctor" : "an action failed");
  await desk.store.saveEntry(scope, { ...entry, failures, parked, notBefore });
  if (!parked) await putOff(desk, scope, notBefore);
  return true;
}
