import { burstBench } from "./burst.bench.ts";
import { classifyBench } from "./classify.bench.ts";
import { deliveriesBench } from "./deliveries.bench.ts";
import { eventsBench } from "./events.bench.ts";
import { reportsBench } from "./reports.bench.ts";
import { requestsBench } from "./requests.bench.ts";
import { retrievalBench } from "./retrieval.bench.ts";
import type { Row } from "./row.ts";
import { HEADING, lines } from "./row.ts";
import { serviceBench } from "./service.bench.ts";
import { startBench } from "./start.bench.ts";
import { storeBench } from "./store.bench.ts";
import { workersBench } from "./workers.bench.ts";

/**
 * `npm run bench [-- NAME...]`: figures of speed, as ratios within one run where machines differ, as one Markdown table on
 * standard output. All of it takes about ten minutes.
 */
const BENCHES: Record<string, { title: string; run: () => Promise<Row[]> }> = {
  burst: { title: "Bursts under GitHub's secondary limits, in simulated time", run: burstBench },
  classify: { title: "Classifying and learning", run: classifyBench },
  deliveries: {
    title: "Acknowledged deliveries (32 connections, fsync on, median of 5)",
    run: deliveriesBench,
  },
  events: { title: "Events from end to end, without limits", run: eventsBench },
  reports: { title: "Reports", run: reportsBench },
  requests: { title: "API requests for a ticket in steady state", run: requestsBench },
  retrieval: { title: "Search and duplicates", run: retrievalBench },
  service: { title: "Deciding for customers", run: serviceBench },
  start: { title: "Start and memory", run: startBench },
  store: { title: "The stores alone, 16 events at once", run: storeBench },
  workers: { title: "Two processes on one PostgreSQL", run: workersBench },
};

const chosen = process.argv.slice(2);
const unknown = chosen.filter((name) => !(name in BENCHES));
if (unknown.length > 0) {
  console.error(`There is no bench ${unknown.join(", ")}: choose from ${Object.keys(BENCHES).join(", ")}.`);
  process.exit(2);
}
console.log(HEADING);
for (const [name, { title, run }] of Object.entries(BENCHES)) {
  if (chosen.length > 0 && !chosen.includes(name)) continue;
  const began = performance.now();
  console.log(lines(title, await run()));
  console.error(`${name}: ${Math.round((performance.now() - began) / 1_000)} s`);
}
process.exit(0);
