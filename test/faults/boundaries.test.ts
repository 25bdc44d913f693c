import { describe, expect, it } from "@jest/globals";
import { TEXTS } from "../builders/facts.ts";
import { open } from "../e2e/world.ts";
import type { Fate } from "./life.ts";
import { complaints } from "./run.ts";
import type { ScriptedTicket } from "./script.ts";
import type { Trial } from "./trial.ts";
import { openTrial } from "./trial.ts";

/** A small script that crosses every kind of boundary: opened, answered, edited into another kind, refused. */
async function play(trial: Trial, number: number): Promise<ScriptedTicket> {
  const { sandbox } = trial;
  const kind = number % 2 === 0 ? "issue" : "discussion";
  const place = open(sandbox, kind, "mona", TEXTS.bug);
  await trial.rest();
  trial.pass(5_000);
  sandbox.as("mona").edit(place, TEXTS.feature);
  await trial.rest();
  await trial.revive();
  return { kind, place, text: "feature", vetoed: [], withdrawn: false, edits: 1 };
}

/** Plays the script with one death, `after` so many boundaries of the desk's life. */
async function dieAt(
  trial: Trial,
  plan: Plan,
  index: number,
  fate: Fate,
  number: number,
): Promise<ScriptedTicket> {
  plan.index = trial.life().boundaries.length + index;
  plan.fate = fate;
  const ticket = await play(trial, number);
  plan.index = -1;
  return ticket;
}

interface Plan {
  index: number;
  fate: Fate;
}

/** As many deaths share a world: each begins with a desk that knows its repository, as most deaths do. */
const SHARED = 12;

describe("a desk that dies at any boundary", () => {
  const seen = new Set<string>();
  it.each(["dies-before", "dies-after"] as const)(
    "and %s it heals",
    async (fate) => {
      const length = await lengthOfScript();
      const wrong: string[] = [];
      for (let from = 0; from < length; from += SHARED) {
        const plan: Plan = { index: -1, fate };
        const trial = await openTrial({
          fateOf: ({ index }) => (index === plan.index ? plan.fate : "passes"),
        });
        try {
          const tickets: ScriptedTicket[] = [];
          for (let index = from; index < Math.min(length, from + SHARED); index++) {
            tickets.push(await dieAt(trial, plan, index, fate, index));
            for (const { label } of trial.life().boundaries) seen.add(label);
          }
          await trial.heal();
          wrong.push(
            ...(await complaints(trial, tickets)).map((what) => `${from}-${from + SHARED}: ${what}`),
          );
        } finally {
          await trial.close();
        }
      }
      expect(wrong).toEqual([]);
    },
    240_000,
  );

  it.each([
    "store.receive",
    "store.pending",
    "store.commit",
    "store.settle",
    "queue.push",
    "github POST /repos/{owner}/{repo}/issues/{issue_number}/labels",
    "github POST /repos/{owner}/{repo}/issues/{issue_number}/comments",
    "github mutation",
  ])("of which %s is one", (step) => {
    expect([...seen].filter((label) => label.startsWith(step))).not.toEqual([]);
  });
});

/** How many boundaries the script crosses without a death: of the longer of both kinds. */
async function lengthOfScript(): Promise<number> {
  const trial = await openTrial({});
  try {
    const lengths: number[] = [];
    for (const number of [0, 1, 2, 3]) {
      const before = trial.life().boundaries.length;
      await play(trial, number);
      lengths.push(trial.life().boundaries.length - before);
    }
    return Math.max(...lengths);
  } finally {
    await trial.close();
  }
}
