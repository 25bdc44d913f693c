import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { tick } from "../../src/desk/rounds.ts";
import { LANTERN_DOCS } from "../builders/articles.ts";
import { TEXTS } from "../builders/facts.ts";
import { generator } from "../generator.ts";
import { openWorld, REPOSITORY, type World } from "./world.ts";
import { type Counted, countPeriod, type Row } from "./year.ts";
import { ELSEWHERE, life, REPORTERS } from "./year-story.ts";

const CLI = fileURLToPath(new URL("../../dist/cli.js", import.meta.url));
const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
const START = Date.UTC(2026, 0, 1);
const END = Date.UTC(2027, 0, 1);
const TICKETS = 80;

const SETTINGS = `acknowledge: always
reports: { schedule: never }
duplicates: { enabled: false }
sla: { default: { firstResponse: 8h } }
`;

/** The months of the year, and the year. */
const PERIODS: [name: string, from: number, to: number][] = [
  ...Array.from({ length: 12 }, (_, month): [string, number, number] => [
    `2026-${String(month + 1).padStart(2, "0")}`,
    Date.UTC(2026, month),
    Date.UTC(2026, month + 1),
  ]),
  ["the year", START, END],
];

let world: World;
let at = START;

beforeAll(async () => {
  world = await openWorld({ settings: SETTINGS, sandbox: { now: () => at } });
  const { sandbox } = world;
  for (const login of REPORTERS.slice(1)) sandbox.createUser(login);
  world.repository(ELSEWHERE.split("/")[1] ?? "", SETTINGS);
  sandbox.as("octocat").commitFiles(REPOSITORY, LANTERN_DOCS);
  // The team's own, of which others are called duplicates.
  sandbox.as("octocat").openIssue(REPOSITORY, TEXTS.bug);
  await world.rest();
  const { next: chance } = generator(7);
  const year = Array.from({ length: TICKETS }, (_, i) => {
    const openedAt = START + DAY + Math.floor(chance() * 350 * 24 * 60) * MINUTE;
    return life(sandbox, i, openedAt, chance);
  }).flat();
  const pass = async (to: number) => {
    at = to;
    await tick(world.frontdesk.desk);
    await world.rest();
  };
  for (const step of year.filter((one) => one.at < END - DAY).sort((a, b) => a.at - b.at)) {
    await pass(step.at);
    step.act();
    await world.rest();
  }
  await pass(END - 1);
  await pass(END - 1);
}, 200_000);
afterAll(() => world.close());

/** Rows of the moment of the command, which is no moment of this year; and kinds, which GitHub shows as labels alone. */
const NOT_COUNTED = /^(?:due|overdue|parked work|opened .+)$/;

/** The rows that `frontdesk report` prints of a period. */
function reported(from: number, to: number): Counted {
  const day = (moment: number) => new Date(moment).toISOString().slice(0, 10);
  const span = ["--since", day(from), "--until", day(to)];
  const argv = [CLI, "report", "--repository", REPOSITORY, ...span, "--format", "json"];
  const env = { PATH: process.env.PATH, DATA_DIR: world.dataDir };
  const { stdout, stderr } = spawnSync(process.execPath, argv, { env, encoding: "utf8" });
  expect(stderr).toBe("");
  const { figures } = JSON.parse(stdout) as {
    figures: {
      metric: string;
      of: string;
      value: number | null;
      count: number;
      low: number | null;
      high: number | null;
    }[];
  };
  return Object.fromEntries(
    figures.reverse().flatMap(({ metric, of, value, count, low, high }) => {
      // GitHub does not name articles as the desk does: the one that answers here is shown most, and so stands first.
      const name = metric === "article precision" ? metric : `${metric} ${of}`.trim();
      return NOT_COUNTED.test(name) ? [] : [[name, [value, count, low, high] satisfies Row]];
    }),
  );
}

/** Rows that differ by no more than the sixth digit. */
const rounded = (rows: Counted) =>
  Object.fromEntries(
    Object.entries(rows).map(([name, row]) => [
      name,
      row.map((value) => (value === null ? null : Number(value.toFixed(6)))),
    ]),
  );

describe("a year", () => {
  it.each(PERIODS)("%s is reported as it stands on GitHub, row by row", (_, from, to) => {
    expect(rounded(reported(from, to))).toEqual(rounded(countPeriod(world.sandbox, from, to)));
  });

  it("has something of everything, so that equal figures mean something", () => {
    const year = countPeriod(world.sandbox, START, END);
    // The desk links nothing here and leaves that label to people; what the year is against lies before it.
    const without = ["duplicates precision", "label precision documentation", "csat, change"];
    for (const [name, [value, count]] of Object.entries(year)) {
      const told = value !== null && count > 1;
      if (!without.includes(name)) expect([name, told]).toEqual([name, true]);
    }
  });
});
