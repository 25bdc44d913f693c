import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { createSandbox, type Opened, type Sandbox } from "../../src/sandbox/sandbox.ts";
import { TEXTS } from "../builders/facts.ts";
import { startDeskChild } from "./desk-child.ts";
import { furnishForBench } from "./furnish.ts";
import { HEADING, lines, type Row } from "./row.ts";

/**
 * `npm run bench:soak [MINUTES]`, 30 by default: people go on talking on the same tickets, with comments, edits, labels
 * and closings, and the desk's memory is sampled after a collection. The desk's clock and the sandbox's run so much
 * faster that what is kept for three days (the ids of deliveries) is forgotten within the first third.
 */
const minutes = Number(process.argv[2] ?? 30);
if (!(minutes > 0)) {
  console.error("Say how many minutes the soak lasts: npm run bench:soak -- 30");
  process.exit(2);
}

const MINUTE = 60_000;
const KEPT_MS = 3 * 24 * 60 * MINUTE;
/** Twice, so that what is dropped a file at a time is gone within the first third. */
const PACE = Math.ceil((2 * 3 * KEPT_MS) / (minutes * MINUTE));
const TICKETS = 200;
/** Between two acts of people; each is a delivery, and most make us read. */
const PAUSE_MS = 100;
const SAMPLES = 60;
/** Growth over the last two thirds that is still called flat: by about so much the heap moves between two samples. */
const FLAT_MB = 5;
const MEGABYTE = 1024 * 1024;

interface Sample {
  minute: number;
  heap: number;
  rss: number;
}

/** One of the things that people do to a ticket. All of them can go on for ever without making it larger. */
function act(sandbox: Sandbox, place: Opened, i: number): void {
  const [mona, maria] = [sandbox.as("mona"), sandbox.as("maria")];
  const [old] = sandbox.comments(place).filter(({ author }) => author === "mona");
  switch (i % 5) {
    case 0:
      mona.edit(place, { body: `${TEXTS.bug.body}\n\nEdited for the ${i}th time.` });
      break;
    case 1:
      if (sandbox.labels(place).includes("wontfix")) maria.unlabel(place, "wontfix");
      else maria.label(place, "wontfix");
      break;
    case 2:
      if (old) mona.deleteComment(old);
      mona.comment(place, `It happens with version ${i}, too.`);
      break;
    case 3:
      if (sandbox.thread(place).state === "open") maria.close(place);
      else maria.reopen(place);
      break;
    default:
      mona.edit(place, { title: `${TEXTS.bug.title} ${i}` });
  }
}

/** Least squares: growth a minute. */
function slope(samples: Sample[], of: "heap" | "rss"): number {
  const mean = (values: number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
  const [x, y] = [mean(samples.map(({ minute }) => minute)), mean(samples.map((sample) => sample[of]))];
  const over = samples.reduce((sum, sample) => sum + (sample.minute - x) * (sample[of] - y), 0);
  return over / samples.reduce((sum, { minute }) => sum + (minute - x) ** 2, 0);
}

async function soak(): Promise<Sample[]> {
  const clock = { begun: Date.now(), pace: PACE };
  const now = () => clock.begun + (Date.now() - clock.begun) * PACE;
  const sandbox = await createSandbox({ now, limits: { perHour: 1e9, graphqlPerHour: 1e9 } });
  const [app, [repository = ""]] = furnishForBench(sandbox);
  const dataDir = mkdtempSync(join(tmpdir(), "frontdesk-soak-"));
  const desk = await startDeskChild(sandbox, app, { dataDir, reconcileSeconds: 60, tickSeconds: 10, clock });
  const samples: Sample[] = [];
  const places: Opened[] = [];
  const lasts = minutes * MINUTE;
  for (let i = 0; Date.now() - clock.begun < lasts; i++) {
    const place = places[i % TICKETS];
    if (place) act(sandbox, place, Math.floor(i / TICKETS));
    else
      places.push(
        sandbox.as("mona").openIssue(repository, { ...TEXTS.bug, title: `${TEXTS.bug.title} ${i}` }),
      );
    const passed = Date.now() - clock.begun;
    if (passed >= ((samples.length + 1) * lasts) / SAMPLES) {
      await sandbox.settled();
      const usage = await desk.usage();
      const sample = {
        minute: passed / MINUTE,
        heap: usage.heapUsed / MEGABYTE,
        rss: usage.rss / MEGABYTE,
      };
      samples.push(sample);
      const [minute, heap, rss] = Object.values(sample).map((value) => value.toFixed(1));
      console.error(`${minute} min, ${i} acts: heap ${heap} MB, resident ${rss} MB`);
    }
    await sleep(PAUSE_MS);
  }
  await desk.kill();
  await sandbox.close();
  rmSync(dataDir, { recursive: true });
  return samples;
}

const samples = await soak();
const settled = samples.slice(Math.floor(samples.length / 3));
const stretch = (settled.at(-1)?.minute ?? 0) - (settled[0]?.minute ?? 0);
const growth = slope(settled, "heap") * stretch;
const rows: Row[] = [
  { what: "heap after a collection, at a third", value: settled[0]?.heap ?? Number.NaN, unit: "MB" },
  { what: "heap after a collection, at the end", value: settled.at(-1)?.heap ?? Number.NaN, unit: "MB" },
  { what: "heap: growth from a third to the end", value: growth, unit: "MB", aim: `< ${FLAT_MB}` },
  { what: "heap: slope", value: slope(settled, "heap") * 60, unit: "MB/h" },
  { what: "resident memory at the end", value: settled.at(-1)?.rss ?? Number.NaN, unit: "MB" },
  { what: "resident memory: slope", value: slope(settled, "rss") * 60, unit: "MB/h" },
];
const verdict = growth < FLAT_MB ? "flat" : "NOT flat";
console.log(HEADING);
console.log(lines(`Memory over ${minutes} minutes at ${PACE} times the speed of time: ${verdict}`, rows));
process.exit(growth < FLAT_MB ? 0 : 1);
