import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { tick } from "../../src/desk/rounds.ts";
import { LANTERN_DOCS } from "../builders/articles.ts";
import { TEXTS } from "../builders/facts.ts";
import { generator } from "../generator.ts";
import { openWorld, ownSaid, REPOSITORY, type World } from "./world.ts";
import { type Counted, countYear } from "./year.ts";

const CLI = fileURLToPath(new URL("../../dist/cli.js", import.meta.url));
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const START = Date.UTC(2026, 0, 1);
const END = Date.UTC(2027, 0, 1);
const TICKETS = 40;

const QUESTION = {
  title: "How do I configure a proxy for the updater?",
  body: "I am behind a company proxy. How can I configure the proxy that the updater uses?",
};
const REPORTERS = ["mona", "lisa", "tom", "ada", "kim"];

interface Step {
  at: number;
  act: () => void;
}

let world: World;
let at = START;
let counted: Counted;

/** What becomes of one ticket, by chance, each step some hours after the one before; always in whole minutes. */
function life(number: number, chance: () => number): Step[] {
  const { sandbox } = world;
  const who = REPORTERS[Math.floor(chance() * REPORTERS.length)] as string;
  const text = [TEXTS.bug, TEXTS.bug, TEXTS.feature, QUESTION][Math.floor(chance() * 4)] ?? QUESTION;
  let when = START + DAY + Math.floor(chance() * 330 * 24 * 60) * MINUTE;
  let place = { repository: REPOSITORY, number: 0 };
  const steps: Step[] = [];
  const then = (hours: number, act: () => void) => {
    when += Math.max(1, Math.floor(chance() * hours * 60)) * MINUTE;
    steps.push({ at: when, act });
  };
  steps.push({
    at: when,
    act: () => {
      place = sandbox.as(who).openIssue(REPOSITORY, { ...text, title: `${text.title} (${number})` });
    },
  });
  const reporter = () => sandbox.as(who);
  const team = () => sandbox.as(chance() < 0.5 ? "maria" : "octocat");
  const has = (label: string) => sandbox.labels(place).includes(label);
  if (chance() < 0.25) then(4, () => has("bug") && team().unlabel(place, "bug"));
  if (chance() < 0.15) then(4, () => has("bug") || team().label(place, "bug"));
  if (chance() < 0.6) then(0.9, () => reactTo(place, who, chance() < 0.7 ? "+1" : "eyes"));
  if (chance() < 0.75) {
    then(60, () => void team().comment(place, "I look at it."));
    if (chance() < 0.5) {
      then(30, () => void reporter().comment(place, "Any news? It is on version 4.1."));
      if (chance() < 0.8) then(30, () => void team().comment(place, "It is planned for Monday."));
    }
  } else if (chance() < 0.3) then(20, () => void reporter().comment(place, "/not-helpful"));
  if (chance() < 0.8) {
    then(200, () => (chance() < 0.5 ? team() : reporter()).close(place));
    if (chance() < 0.25) {
      then(300, () => reporter().reopen(place));
      if (chance() < 0.6) then(100, () => team().close(place));
    }
  }
  return steps;
}

/** Somebody reacts to our comment, if there is one. */
function reactTo(place: { repository: string; number: number }, login: string, content: "+1" | "eyes"): void {
  const [ours] = ownSaid(world.sandbox, place);
  if (ours) world.sandbox.as(login).react({ id: ours.id, nodeId: ours.nodeId }, content);
}

beforeAll(async () => {
  world = await openWorld({
    settings: "acknowledge: always\nreports: { schedule: never }\nduplicates: { enabled: false }\n",
    sandbox: { now: () => at },
  });
  const { sandbox } = world;
  for (const login of REPORTERS.slice(1)) sandbox.createUser(login);
  sandbox.as("octocat").commitFiles(REPOSITORY, LANTERN_DOCS);
  await world.rest();
  const { next: chance } = generator(7);
  const year = Array.from({ length: TICKETS }, (_, i) => life(i, chance)).flat();
  const pass = async (to: number) => {
    at = to;
    await tick(world.frontdesk.desk);
    await world.rest();
  };
  for (const step of year.sort((a, b) => a.at - b.at)) {
    await pass(step.at);
    step.act();
    await world.rest();
  }
  await pass(END - 1);
  await pass(END - 1);
  counted = countYear(sandbox, START, END);
}, 100_000);
afterAll(() => world.close());

describe("a year", () => {
  it("is reported as it stands on GitHub", () => {
    const argv = [
      "--repository",
      REPOSITORY,
      "--since",
      "2026-01-01",
      "--until",
      "2027-01-01",
      "--format",
      "json",
    ];
    const env = { PATH: process.env.PATH, DATA_DIR: world.dataDir };
    const { stdout, stderr } = spawnSync(process.execPath, [CLI, "report", ...argv], {
      env,
      encoding: "utf8",
    });
    expect(stderr).toBe("");
    const { figures } = JSON.parse(stdout) as {
      figures: { metric: string; of: string; value: number | null; count: number }[];
    };
    const reported = Object.fromEntries(
      figures.map(({ metric, of, value, count }) => [`${metric} ${of}`.trim(), [value, count]] as const),
    );
    const wanted = Object.entries(counted).map(([name, [value, count]]) => [
      name,
      value === null ? null : expect.closeTo(value, 6),
      count,
    ]);
    expect(wanted.map(([name]) => [name, ...(reported[String(name)] ?? ["missing"])])).toEqual(wanted);
  });

  it("has something of everything, so that equal figures mean something", () => {
    for (const [name, [value, count]] of Object.entries(counted)) {
      expect([name, value !== null && value !== 0, count > 1]).toEqual([name, true, true]);
    }
  });
});
