import { parseScopeKey, type Scope, type ScopeKey, scopeKey } from "../../ticket/delivery.ts";
import { sumWork } from "../../ticket/work.ts";
import type { Parked, Settlement, Store } from "../store.ts";
import type { Inbox } from "./inbox.ts";
import type { Records } from "./records.ts";
import { withEntry, withoutParking, withSettlement } from "./scope-record.ts";

export function outboxOf(
  records: Records,
  now: () => number,
): Pick<Store, "outbox" | "saveEntry" | "settle" | "outcomes"> {
  return {
    async outbox(scope) {
      const entries = await records.read(scope, ({ outbox }) => outbox.map(({ entry }) => entry));
      return (entries ?? []).filter(({ parked }) => parked === null);
    },
    saveEntry: (scope, entry) =>
      records.change(scope, (record) => record && withEntry(record, structuredClone(entry), now())),
    settle: <S extends Scope>(settlement: Settlement<S>) =>
      records.change(
        scopeKey(settlement.scope, settlement.id),
        (record) => record && withSettlement(record, settlement),
      ),
    outcomes: async (scope) => (await records.read(scope, ({ outcomes }) => outcomes)) ?? {},
  };
}

export function workOf(
  records: Records,
  inbox: Inbox,
  now: () => number,
): Pick<Store, "openScopes" | "due" | "workload" | "parked" | "retryParked"> {
  return {
    async openScopes() {
      const open = new Map<ScopeKey, number>(inbox.pendingScopes().map((scope) => [scope, 0]));
      for (const [scope, summary] of records.summaries) {
        if (summary.open !== null && !open.has(scope)) open.set(scope, summary.open);
      }
      return [...open].map(([scope, notBefore]) => ({ scope, notBefore }));
    },
    due: async (at, limit) => dueIn(records, at).slice(0, limit),
    async workload(installationId, repositories) {
      const works = [...records.working].flatMap((key) => records.summaries.get(key)?.work ?? []);
      return sumWork(
        works.filter(
          (one) => one.installationId === installationId && (repositories === "all" || !one.private),
        ),
      );
    },
    parked: async () => [...inbox.parked(), ...(await parkedEntries(records))],
    async retryParked() {
      const scopes = await inbox.retryParked();
      for (const [scope, { parked }] of records.summaries) {
        if (!parked) continue;
        await records.change(scope, (record) => record && withoutParking(record, now()));
        scopes.push(scope);
      }
      return [...new Set(scopes)];
    },
  };
}

/** A pass over 100,000 summaries takes about 2 ms; a sorted index would have to be kept at every write. */
function dueIn(records: Records, at: number): string[] {
  const due: { key: ScopeKey; dueAt: number }[] = [];
  for (const [key, { dueAt }] of records.summaries) {
    if (dueAt !== null && dueAt <= at) due.push({ key, dueAt });
  }
  return due.sort((a, b) => a.dueAt - b.dueAt).map(({ key }) => parseScopeKey(key)[1]);
}

async function parkedEntries(records: Records): Promise<Parked[]> {
  const parked: Parked[] = [];
  for (const [scope, summary] of records.summaries) {
    if (!summary.parked) continue;
    for (const { entry, savedAt } of (await records.read(scope, ({ outbox }) => outbox)) ?? []) {
      if (entry.parked !== null) parked.push({ scope, what: entry.key, reason: entry.parked, at: savedAt });
    }
  }
  return parked;
}
