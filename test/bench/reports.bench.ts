import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { openLowdbStore } from "../../src/store/lowdb/open.ts";
import { ask, close, HOUR, label, life, MONDAY, rate, reply, show } from "../builders/lives.ts";
import { NOON, sampleRepository, sampleTicket } from "../store/samples.ts";
import { median, type Row } from "./row.ts";

const TICKETS = 100_000;
const RUNS = 5;
const CLI = fileURLToPath(new URL("../../dist/cli.js", import.meta.url));

/** Prints what the process used when it ends. */
const TELL = `data:text/javascript,process.on("exit",()=>{
  const { userCPUTime, systemCPUTime, maxRSS } = process.resourceUsage();
  console.error(JSON.stringify([(userCPUTime + systemCPUTime) / 1e3, maxRSS / 1024]));
})`;

/** `frontdesk report` on a folder with 100,000 tickets of about ten facts: from the start of the process to its end. */
export async function reportsBench(): Promise<Row[]> {
  const dir = mkdtempSync(join(tmpdir(), "frontdesk-bench-"));
  try {
    await seed(dir);
    const walls: number[] = [];
    const used: [cpu: number, megabytes: number][] = [];
    for (let run = 0; run < RUNS; run++) {
      const begun = performance.now();
      const argv = ["--repository", "octo-org/lantern", "--since", "2026-03-02", "--until", "2027-02-01"];
      const { stderr, status } = spawnSync(process.execPath, ["--import", TELL, CLI, "report", ...argv], {
        env: { PATH: process.env.PATH, DATA_DIR: dir },
        encoding: "utf8",
      });
      if (status !== 0) throw new Error(stderr);
      walls.push(performance.now() - begun);
      used.push(JSON.parse(stderr) as [number, number]);
    }
    const [cpu, megabytes] = [0, 1].map((i) => median(used.map((one) => one[i] as number))) as [
      number,
      number,
    ];
    return [
      { what: "a report over 100,000 tickets", value: Math.round(median(walls)), unit: "ms", must: "< 2000" },
      { what: "its time of the processor", value: Math.round(cpu), unit: "ms" },
      { what: "its memory (resident, at most)", value: Math.round(megabytes), unit: "MB", must: "< 200" },
    ];
  } finally {
    rmSync(dir, { recursive: true, force: true });
  }
}

/** One ticket as the store writes it, and copies of its file with lives of their own. */
async function seed(dir: string): Promise<void> {
  const store = await openLowdbStore({ dir, now: () => NOON });
  const repository = sampleRepository(12, { fullName: "octo-org/lantern" });
  await store.commit({ scope: "repository", id: "12", document: repository });
  await store.commit({ scope: "ticket", id: "12/0", document: sampleTicket("12/0", { timeline: [] }) });
  await store.close();
  const folder = join(dir, "tickets/12");
  mkdirSync(folder, { recursive: true });
  const text = readFileSync(join(folder, "0.json"), "utf8");
  for (let i = 1; i < TICKETS; i++) {
    const { timeline, createdAt, author } = lifeOf(i);
    const own = text
      .replaceAll('"12/0"', `"12/${i}"`)
      .replace(/"createdAt":\d+/, `"createdAt":${createdAt}`)
      .replace('"timeline":[]', `"timeline":${JSON.stringify(timeline)}`)
      .replace('"author":"mona"', `"author":${JSON.stringify(author)}`);
    writeFileSync(join(folder, `${i}.json`), own);
  }
}

function lifeOf(i: number) {
  return life(
    i,
    [
      [0.1, { type: "told" }, label("bug", "desk"), show("article", `12/a.md#${i % 50}`)],
      [2 + (i % 50), reply],
      [5 + (i % 60), ask],
      [9 + (i % 60), reply],
      [30 + (i % 200), rate(i % 3 === 0 ? -1 : 1)],
      [60 + (i % 300), close],
    ],
    { createdAt: MONDAY + (i % 8000) * HOUR },
  );
}
