import { awaitsPermission, type Failure } from "../github/failure.ts";
import type { OutboxEntry } from "../ticket/action.ts";
import type { ScopeKey } from "../ticket/delivery.ts";
import { parseScopeKey } from "../ticket/delivery.ts";
import type { Desk } from "./desk.ts";
import { putOff } from "./failure.ts";

/** Work that GitHub refuses for want of a permission rests: it is tried each hour, and at once when one is given. */
const TRY_AGAIN_MS = 3_600_000;

/** For as long as a delivery can be asked for again. Later nobody expects an answer of the desk any more. */
const LONGEST_REST_MS = 3 * 86_400_000;

/**
 * When to try again what a missing permission keeps from being done; null when it is another failure, or has rested for
 * too long, or when the repository is not ours any more. The first refusal is logged, later ones are not.
 */
export async function restUntil(
  desk: Desk,
  scope: ScopeKey,
  failure: Failure,
  since: number,
): Promise<number | null> {
  if (!awaitsPermission(failure) || desk.now() - since > LONGEST_REST_MS) return null;
  if ((await homeOf(desk, scope))?.gone) return null;
  const level = desk.memory.resting.has(scope) ? "debug" : "warn";
  desk.log[level]({ scope, reason: failure.reason }, "rests until GitHub allows it");
  desk.memory.resting.add(scope);
  const notBefore = desk.now() + TRY_AGAIN_MS;
  await putOff(desk, scope, notBefore);
  return notBefore;
}

/** A permission was given since an action was last refused. */
export async function isPermittedAgain(
  desk: Desk,
  scope: ScopeKey,
  { rests }: OutboxEntry,
): Promise<boolean> {
  if (rests === undefined) return false;
  const home = await homeOf(desk, scope);
  const installation = home && (await desk.store.read("installation", String(home.installationId)));
  return (installation?.permittedAt ?? 0) >= rests;
}

/** Takes up what rests, whose it may be: the rest finds that it is not its time. */
export async function wakeResting(desk: Desk): Promise<void> {
  desk.memory.resting.clear();
  for (const { scope } of await desk.store.openScopes()) await putOff(desk, scope, 0);
}

/** The repository of a scope, or the installation. */
async function homeOf(
  desk: Desk,
  scope: ScopeKey,
): Promise<{ installationId: number; gone: boolean } | null> {
  const [kind, id] = parseScopeKey(scope);
  if (kind !== "ticket" && kind !== "repository") return null;
  const [repositoryId = id] = id.split("/");
  return desk.store.read("repository", repositoryId);
}
