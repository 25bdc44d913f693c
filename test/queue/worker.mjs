// A worker on a PostgreSQL store and queue: `node worker.mjs URL MILLISECONDS` works so long on each scope, marks what is
// pending as done, and says on standard output when it begins and ends (in milliseconds that all processes share).
import { writeSync } from "node:fs";
import { createPostgresQueue } from "../../dist/queue/postgres.js";
import { openPostgresStore } from "../../dist/store/postgres/open.js";

const [url, milliseconds] = process.argv.slice(2);
const say = (verb, scope) => writeSync(1, `${verb} ${scope} ${process.hrtime.bigint() / 1_000_000n}\n`);
const onError = (error) => say("failed", error.message);
const queue = await createPostgresQueue({ url, concurrency: 4, leaseMs: 1_000, heartbeatMs: 200, pollMs: 100, onError });
const store = await openPostgresStore({ url, now: Date.now, enqueue: queue.enqueue.bind(queue), onError });

await queue.start(
  async (scope) => {
    say("begin", scope);
    const deliveries = (await store.pending(scope)).map(({ id }) => id);
    await new Promise((resolve) => setTimeout(resolve, Number(milliseconds)));
    const id = scope.slice("ticket:".length);
    const seen = (await store.read("ticket", id))?.seen ?? [];
    const document = { key: id, repositoryId: 1, dueAt: null, seen: [...seen, ...deliveries] };
    await store.commit({ scope: "ticket", id, document, deliveries });
    say("end", scope);
  },
  (error) => {
    throw error;
  },
);
writeSync(1, "ready\n");
