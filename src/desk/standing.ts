import type { ScopeKey } from "../ticket/delivery.ts";
import { parseScopeKey } from "../ticket/delivery.ts";
import type { Desk } from "./desk.ts";

/** May the desk work there: `suspended` and `gone` cost no request and no word, until a webhook or a look says otherwise. */
export type Standing = "served" | "suspended" | "gone";

/** That of an installation; one that we do not know yet is served. */
export async function standingOf(desk: Desk, installationId: number): Promise<Standing> {
  const installation = await desk.store.read("installation", String(installationId));
  if (installation?.gone) return "gone";
  return installation?.suspended ? "suspended" : "served";
}

/** That of a ticket or a repository; all other scopes are served. */
export async function standingOfScope(desk: Desk, scope: ScopeKey): Promise<Standing> {
  const [kind, id] = parseScopeKey(scope);
  if (kind !== "ticket" && kind !== "repository") return "served";
  const repository = await desk.store.read("repository", id.split("/", 1)[0] ?? id);
  if (!repository) return "served";
  return repository.gone ? "gone" : standingOf(desk, repository.installationId);
}
