// A built desk as a process of its own, without limits of its own: `fork` it and send it its options. It answers with
// its address; to "usage" with its memory after a collection (if started with --expose-gc) and the CPU time it has used.
import { pino } from "../../node_modules/pino/pino.js";
import { startFrontdesk } from "../../dist/app.js";
import { NO_LIMITS } from "../../dist/github/budget.js";

/** `clock`: when it began, and how many times as fast as everybody's it runs. */
async function start({ clock, ...options }) {
  const now = () => clock.begun + (Date.now() - clock.begun) * clock.pace;
  const log = pino({ level: "error" });
  const { url } = await startFrontdesk({ ...options, log, limits: NO_LIMITS, now });
  process.send({ url });
}

process.on("message", (message) => {
  if (message !== "usage") return start(message);
  globalThis.gc?.();
  const { rss, heapUsed } = process.memoryUsage();
  const { user, system } = process.cpuUsage();
  process.send({ rss, heapUsed, cpuSeconds: (user + system) / 1e6 });
});
process.on("disconnect", () => process.exit(0));
