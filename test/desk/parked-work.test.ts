import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import { parkedIn } from "../../src/desk/report.ts";
import { defaultSettings } from "../../src/settings/schema.ts";
import { openLowdbStore } from "../../src/store/lowdb/open.ts";
import type { Store } from "../../src/store/store.ts";
import type { ScopeKey } from "../../src/ticket/delivery.ts";
import type { Ticket } from "../../src/ticket/ticket.ts";
import { NOON, sampleDelivery, sampleRepository, sampleTicket } from "../store/samples.ts";

let dir: string;
let store: Store;
beforeEach(async () => {
  dir = mkdtempSync(join(tmpdir(), "frontdesk-parked-"));
  store = await openLowdbStore({ dir, now: () => NOON });
});
afterEach(async () => {
  await store.close();
  rmSync(dir, { recursive: true });
});

async function park(scope: ScopeKey): Promise<void> {
  await store.receive(sampleDelivery(scope, scope));
  await store.fail(scope, `${scope} failed`, true);
}

/** The parked work that a report on repository 12 tells of: its ticket's number, and why. */
async function told() {
  const parked = await parkedIn(store, [{ repository: sampleRepository(12), settings: defaultSettings }]);
  return parked.map(({ ticket, reason }) => [ticket?.number ?? null, reason]);
}

describe("parked work", () => {
  it("of a repository and its tickets is told", async () => {
    await store.commit({ scope: "ticket", id: "12/7", document: sampleTicket("12/7") });
    for (const scope of ["ticket:12/7", "repository:12"] as const) await park(scope);
    expect(await told()).toEqual([
      [7, "ticket:12/7 failed"],
      [null, "repository:12 failed"],
    ]);
  });

  it("of others is not: a mirror's number alone would tell of a private customer", async () => {
    // An installation may have the same number as a repository.
    const others = [
      "mirror:12/7",
      "installation:12",
      "notices:12",
      "roster:12",
      "ticket:13/7",
      "thread:12/7",
    ];
    for (const scope of others) await park(scope as ScopeKey);
    expect(await told()).toEqual([]);
  });

  it("of a suspected vulnerability counts and names no ticket", async () => {
    const triage: Ticket["triage"] = {
      kind: "security",
      confidence: 1,
      because: [],
      missing: [],
      asked: false,
      at: NOON,
    };
    await store.commit({ scope: "ticket", id: "12/8", document: sampleTicket("12/8", { triage }) });
    await park("ticket:12/8");
    expect(await told()).toEqual([[null, "ticket:12/8 failed"]]);
  });
});
