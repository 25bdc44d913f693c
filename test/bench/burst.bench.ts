import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pino from "pino";
import { startFrontdesk, WEBHOOK_PATH } from "../../src/app.ts";
import { GITHUB_LIMITS } from "../../src/github/budget.ts";
import { createSandbox, SECONDARY } from "../../src/sandbox/sandbox.ts";
import { TEXTS } from "../builders/facts.ts";
import { until } from "../e2e/world.ts";
import { furnishForBench } from "./furnish.ts";
import type { Row } from "./row.ts";
import { simulateTime } from "./simulated-time.ts";

const MINUTE = 60;
const HOUR = 3_600;
const BURST = 1_000;
/** For each of three installations: more than three minutes' worth of comments. */
const THREE = 250;

interface Drain {
  /** Until the last comment was there, for each installation, in simulated seconds. */
  seconds: number[];
  /** Requests that the sandbox's limits refused. */
  refused: number;
}

/** The fewest seconds in which so many comments can be posted: the last one's hour and minute have to have room. */
function leastSeconds(comments: number): number {
  const { contentPerHour, contentPerMinute } = GITHUB_LIMITS;
  const hours = Math.floor((comments - 1) / contentPerHour);
  const minutes = Math.floor((comments - hours * contentPerHour - 1) / contentPerMinute);
  return hours * HOUR + minutes * MINUTE;
}

/**
 * Opens `issues` issues at once in each of some installations, and lets the desk label and comment each of them under
 * GitHub's secondary limits. The desk, its store and its budget are the real ones; only the clock is simulated.
 */
export async function drain(installations: number, issues: number): Promise<Drain> {
  const time = simulateTime(Date.now());
  const { now, after } = time;
  const limits = { secondary: SECONDARY };
  const sandbox = await createSandbox({ now, limits, deliveryConcurrency: 8 });
  const [app, repositories] = furnishForBench(sandbox, installations);
  const dataDir = mkdtempSync(join(tmpdir(), "frontdesk-bench-"));
  const { desk, url, stop } = await startFrontdesk({
    credentials: app,
    github: { host: sandbox.host, protocol: "http" },
    log: pino({ level: "silent" }),
    logLevel: "fatal",
    logFormat: "json",
    dataDir,
    databaseUrl: null,
    host: "127.0.0.1",
    port: 0,
    reconcileSeconds: HOUR,
    tickSeconds: HOUR,
    now,
    after,
  });
  sandbox.setWebhookUrl(`${url}${WEBHOOK_PATH}`);
  const rest = async () => {
    for (let quiet = 0; quiet < 2; quiet++) {
      await sandbox.settled();
      await desk.queue.idle();
    }
  };
  await until(async () => (await desk.store.repositories()).length === installations);
  await rest();
  const mona = sandbox.as("mona");
  const drained = new Map<string, number>();
  // The first reads of a repository are not what is measured.
  for (const repository of repositories) mona.openIssue(repository, TEXTS.bug);
  await rest();
  time.pass((HOUR + MINUTE) * 1_000);
  const start = now();
  const from = sandbox.requests.length;
  for (let i = 0; i < issues; i++) {
    for (const repository of repositories)
      mona.openIssue(repository, { ...TEXTS.bug, title: `${TEXTS.bug.title} ${i}` });
  }
  for (;;) {
    await rest();
    for (const repository of repositories) {
      const threads = sandbox.threads(repository);
      const done = threads.every(({ comments, labels }) => comments.length > 0 && labels.length > 0);
      if (done && !drained.has(repository)) drained.set(repository, (now() - start) / 1_000);
    }
    if (drained.size === installations) break;
    if (!time.jump()) throw new Error("nothing is planned, but not everything is done");
  }
  const refused = sandbox.requests
    .slice(from)
    .filter(({ status }) => status === 403 || status === 429).length;
  await stop();
  await sandbox.close();
  rmSync(dataDir, { recursive: true, force: true });
  return { seconds: [...drained.values()], refused };
}

/** How near the desk comes to GitHub's own limits, and whether one installation's burst delays another's. */
export async function burstBench(): Promise<Row[]> {
  const burst = await drain(1, BURST);
  const [alone, three] = [await drain(1, THREE), await drain(3, THREE)];
  const [time = 0] = burst.seconds;
  const ratio = Math.max(...three.seconds) / (alone.seconds[0] ?? 0);
  return [
    { what: `${BURST} new issues: drained in (simulated)`, value: time / MINUTE, unit: "minutes" },
    { what: "the limits' own minimum", value: leastSeconds(BURST) / MINUTE, unit: "minutes" },
    { what: "ratio", value: time / leastSeconds(BURST), unit: "x", aim: "<= 1.1" },
    { what: "requests that the limits refused", value: burst.refused, unit: "requests", aim: "0" },
    { what: `three installations, ${THREE} each / one alone`, value: ratio, unit: "x", aim: "<= 1.05" },
    {
      what: "requests that the limits refused",
      value: alone.refused + three.refused,
      unit: "requests",
      aim: "0",
    },
  ];
}
