import { classifyFailure } from "../github/failure.ts";
import type { ScopeKey } from "../ticket/delivery.ts";
import { parseScopeKey } from "../ticket/delivery.ts";
import { urgencyOf } from "../ticket/urgency.ts";
import type { Desk } from "./desk.ts";

/** A job that fails so often for reasons of its own is parked, seen by `frontdesk doctor`, retried by command. */
export const MAX_FAILURES = 8;

/** Gaps after failures that pass (network, 5xx): 1 s, doubling, up to an hour. */
const FIRST_GAP_MS = 1_000;
const LONGEST_GAP_MS = 3_600_000;

export function gapAfter(failures: number): number {
  return Math.min(LONGEST_GAP_MS, FIRST_GAP_MS * 2 ** Math.max(0, failures - 1));
}

/** When to try a scope again after a failure that is not its own. */
export function retryAt(desk: Desk, scope: ScopeKey, until: number | null): number {
  const failures = (desk.memory.failuresInARow.use(scope) ?? 0) + 1;
  desk.memory.failuresInARow.set(scope, failures);
  return until ?? desk.now() + gapAfter(failures);
}

/** Work on a scope goes on at that time; of what is due at once, the more urgent tickets go first. */
export async function putOff(desk: Desk, scope: ScopeKey, notBefore: number): Promise<void> {
  const [kind, id] = parseScopeKey(scope);
  const ticket = kind === "ticket" ? await desk.store.read("ticket", id) : null;
  await desk.queue.push(scope, { notBefore, priority: ticket ? urgencyOf(ticket) : 0 });
}

/**
 * What becomes of work that failed before its decision. Passing faults and limits never count; anything else counts
 * against the delivery, until it is parked. True when the next delivery may be taken up at once.
 */
export async function postpone(
  desk: Desk,
  scope: ScopeKey,
  delivery: string | null,
  error: unknown,
): Promise<boolean> {
  const failure = classifyFailure(error, desk.now());
  if (failure.type === "passing" || failure.type === "limit" || delivery === null) {
    const notBefore = retryAt(desk, scope, failure.type === "limit" ? failure.until : null);
    const bug = failure.type === "bug" ? { err: error } : {};
    desk.log.warn(
      { scope, reason: failure.reason, notBefore: new Date(notBefore), ...bug },
      "will try again",
    );
    await putOff(desk, scope, notBefore);
    return false;
  }
  if (failure.type === "forbidden" || failure.type === "gone") {
    desk.log.warn({ scope, reason: failure.reason }, "GitHub does not let us work here: left alone");
    await desk.store.discard([delivery]);
    return true;
  }
  const failures = await desk.store.fail(delivery, failure.reason, false);
  desk.log.error({ scope, failures, err: error }, "could not process a delivery");
  if (failures >= MAX_FAILURES) {
    await desk.store.fail(delivery, failure.reason, true);
    desk.log.error({ scope, reason: failure.reason }, "parked a delivery: see frontdesk doctor");
    return true;
  }
  await putOff(desk, scope, desk.now() + gapAfter(failures));
  return false;
}
