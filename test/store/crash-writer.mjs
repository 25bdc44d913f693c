// Writes to the store in the folder of its argument until it is killed, and says on standard output what was promised.
// `node crash-writer.mjs DIR ROUND`; with ROUND `hold` it only holds the folder.
import { writeSync } from "node:fs";
import { openLowdbStore } from "../../dist/store/lowdb/open.js";

const [dir, round] = process.argv.slice(2);
const store = await openLowdbStore({ dir, now: Date.now, segmentBytes: 20_000 });
const say = (line) => writeSync(1, `${line}\n`);

/** A ticket that grows: each commit finishes the delivery of its number and decides one action. */
async function work(number) {
  const id = `1/${number}`;
  const scope = `ticket:${id}`;
  for (let step = ((await store.read("ticket", id))?.step ?? 0) + 1; ; step++) {
    const delivery = `${id}-${step}-${round}`;
    await store.receive({ id: delivery, event: "issues", scope, payload: "x".repeat(900), receivedAt: Date.now() });
    say(`received ${delivery} ${id}`);
    const entry = { key: `step-${step}`, action: { type: "reopen" }, decidedAt: 0, failures: 0, snapshotAt: 0 };
    await store.commit({
      scope: "ticket",
      id,
      document: { key: id, repositoryId: 1, step, delivery, dueAt: step },
      deliveries: [delivery],
      outbox: [{ ...entry, notBefore: 0, parked: null }],
    });
    say(`committed ${id} ${step}`);
    const outcome = { type: "done" };
    await store.settle({ scope: "ticket", id, key: entry.key, outcome, patch: {}, at: step });
    say(`settled ${id} ${step}`);
  }
}

say("ready");
if (round === "hold") setInterval(() => undefined, 1_000);
else await Promise.all(Array.from({ length: 6 }, (_, number) => work(number)));
