import { describe, expect, it } from "@jest/globals";
import { TEXTS } from "../builders/facts.ts";
import { KINDS_OF_THREADS, type KindOfThread, open } from "../e2e/world.ts";
import type { Boundary, Fate } from "./life.ts";
import { complaints } from "./run.ts";
import type { ScriptedTicket } from "./script.ts";
import type { Trial } from "./trial.ts";
import { openTrial } from "./trial.ts";

/** To die after a call is to die before the next one: by day one of both, at night both. */
const NIGHT = Number(process.env.FAULT_RUNS ?? 25) > 25;
const FATES = NIGHT ? (["dies-after", "dies-before"] as const) : (["dies-after"] as const);

/** As many tickets, with two deaths each, share a world whose desk knows its repository, as most deaths find it. */
const SHARED = 21;

/** The `nth` boundary of its name, from 0, since an act of the script began. */
interface Point {
  name: string;
  nth: number;
}

/** A boundary's name without what is another in each run: addresses, numbers, node ids. */
const nameOf = ({ label }: Boundary) =>
  label.replace(/https?:\/\/[^/]+|\?.*$/g, "").replace(/\/\d+$| \d+$| [A-Z]+_kw\S+$/, "");

/** Writes down the boundaries that are passed, and kills the desk at one of them. */
class Reaper {
  passed: Point[] = [];
  #at: Point | null = null;
  #fate: Fate = "passes";

  arm(at: Point | null, fate: Fate): void {
    this.passed = [];
    this.#at = at;
    this.#fate = fate;
  }

  /** Whether the point that it was armed for was reached. */
  get struck(): boolean {
    const at = this.#at;
    return at === null || this.passed.some(({ name, nth }) => name === at.name && nth === at.nth);
  }

  readonly fateOf = (boundary: Boundary): Fate => {
    const name = nameOf(boundary);
    const nth = this.passed.filter((one) => one.name === name).length;
    this.passed.push({ name, nth });
    return name === this.#at?.name && nth === this.#at.nth ? this.#fate : "passes";
  };
}

/** The script has two acts, which cross every kind of boundary: opened; edited into another kind. */
const ACTS = [
  (trial: Trial, kind: KindOfThread): ScriptedTicket => {
    const place = open(trial.sandbox, kind, "mona", TEXTS.bug);
    return { kind, place, text: "bug", vetoed: [], withdrawn: false, edits: 0 };
  },
  (trial: Trial, _kind: KindOfThread, ticket: ScriptedTicket): ScriptedTicket => {
    trial.pass(5_000);
    trial.sandbox.as("mona").edit(ticket.place, TEXTS.feature);
    return { ...ticket, text: "feature", edits: 1 };
  },
] as const;

/** Plays an act to its end, over the death of the desk if it dies. */
async function play<T>(trial: Trial, act: () => T): Promise<T> {
  const played = act();
  await trial.rest();
  await trial.revive();
  // Else what the dead desk left might be taken up only in the next act, which then has other steps.
  await trial.opened();
  await trial.rest();
  return played;
}

/** The points of each act in a desk that knows its repository. */
async function pointsOf(kind: KindOfThread): Promise<[Point[], Point[]]> {
  const reaper = new Reaper();
  const trial = await openTrial({ fateOf: reaper.fateOf });
  try {
    await play(trial, () => ACTS[0](trial, kind));
    reaper.arm(null, "passes");
    const ticket = await play(trial, () => ACTS[0](trial, kind));
    const opened = reaper.passed;
    reaper.arm(null, "passes");
    await play(trial, () => ACTS[1](trial, kind, ticket));
    return [opened, reaper.passed];
  } finally {
    await trial.close();
  }
}

interface Deaths {
  wrong: string[];
  /** Names of points that were not reached. */
  missed: string[];
}

/** One death at each point, one after the other in one world: of a pair, one in each act of a ticket. */
async function dieAtAll(
  kind: KindOfThread,
  pairs: [Point | null, Point | null][],
  fate: Fate,
): Promise<Deaths> {
  const reaper = new Reaper();
  const trial = await openTrial({ fateOf: reaper.fateOf });
  const missed: string[] = [];
  const tickets: ScriptedTicket[] = [];
  try {
    tickets.push(await play(trial, () => ACTS[0](trial, kind)));
    for (const [first, second] of pairs) {
      reaper.arm(first, fate);
      const ticket = await play(trial, () => ACTS[0](trial, kind));
      if (first && !reaper.struck) missed.push(first.name);
      reaper.arm(second, fate);
      tickets.push(await play(trial, () => ACTS[1](trial, kind, ticket)));
      if (second && !reaper.struck) missed.push(second.name);
    }
    reaper.arm(null, "passes");
    await trial.heal();
    return { wrong: await complaints(trial.sandbox, trial.frontdesk().desk.store, tickets), missed };
  } finally {
    await trial.close();
  }
}

const CHANGES = /receive|commit|settle|POST|PATCH|DELETE|mutation/;

describe.each(KINDS_OF_THREADS)("a desk that dies at any boundary of its work on %s", (_, kind) => {
  it.each(FATES)(
    "and %s it heals: each boundary in its turn",
    async (fate) => {
      const [first, second] = await pointsOf(kind);
      const pairs = Array.from(
        { length: Math.max(first.length, second.length) },
        (_, index): [Point | null, Point | null] => [first[index] ?? null, second[index] ?? null],
      );
      const all: Deaths = { wrong: [], missed: [] };
      for (let from = 0; from < pairs.length; from += SHARED) {
        const { wrong, missed } = await dieAtAll(kind, pairs.slice(from, from + SHARED), fate);
        all.wrong.push(...wrong);
        all.missed.push(...missed);
      }
      expect(all.wrong).toEqual([]);
      // What runs at once changes places: a wake-up or a read may be saved, a step that changes something never.
      expect(all.missed.filter((name) => CHANGES.test(name))).toEqual([]);
      expect(all.missed.length).toBeLessThan(pairs.length / 10);
    },
    240_000,
  );
});
