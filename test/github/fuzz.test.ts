import { describe, expect, it } from "@jest/globals";
import { parseEvent } from "../../src/github/parse-event.ts";
import { scopeOf } from "../../src/github/route.ts";
import { decide } from "../../src/triage/decide.ts";
import { facts, settings } from "../builders/facts.ts";
import type { Generator } from "../generator.ts";
import { generator } from "../generator.ts";
import { asInstalled, EXAMPLES } from "./webhook-examples.ts";

/** `FUZZ_RUNS=100000` at night. */
const RUNS = Number(process.env.FUZZ_RUNS ?? 10_000);
const NOW = Date.UTC(2026, 2, 2);

/** What GitHub never sends, and a sender with the secret might. */
const ODD: unknown[] = [
  null,
  true,
  -1,
  1e308,
  "",
  "\u0000\ud800",
  "x".repeat(70_000),
  "<!-- frontdesk:triage -->",
  "/".repeat(5_000),
  [],
  {},
  { toString: null },
  JSON.parse('{"__proto__": {"polluted": true}, "constructor": {"prototype": {"polluted": true}}}'),
];

type Branch = Record<string, unknown> | unknown[];
const isBranch = (value: unknown): value is Branch => typeof value === "object" && value !== null;

/** Changes one place of a payload, as deep as chance leads. */
function mutate(chance: Generator, payload: Branch): void {
  let branch = payload;
  for (;;) {
    const keys = Object.keys(branch);
    if (keys.length === 0) return;
    const key = chance.pick(keys);
    const child: unknown = Reflect.get(branch, key);
    if (isBranch(child) && chance.chance(0.7)) {
      branch = child;
      continue;
    }
    if (chance.chance(0.3)) Reflect.deleteProperty(branch, key);
    else Reflect.set(branch, key, structuredClone(chance.pick(ODD)));
    return;
  }
}

const served = EXAMPLES.filter(({ name, payload }) => scopeOf(name, asInstalled(payload)) !== null);
const desk = settings({ acknowledge: "always" });

/** One mutated payload, all the way from the door to the plan. Gives whether there was anything to decide. */
function play(seed: number): boolean {
  const chance = generator(seed);
  const { name, payload } = chance.pick(served);
  const body = asInstalled(payload);
  for (let changes = chance.integer(1, 4); changes > 0; changes--) mutate(chance, body);
  scopeOf(name, body);
  const parsed = parseEvent(name, body, NOW);
  if ("ignored" in parsed || parsed.event.scope !== "ticket") return false;
  const { event } = parsed;
  const actor = { person: event.actor, self: false, team: false };
  decide(null, event, facts({ thread: event.thread, actor }), desk, NOW);
  return true;
}

describe("payloads that were tampered with", () => {
  it(
    `never throw, pollute nothing and keep memory flat (${RUNS} of them)`,
    () => {
      let decided = 0;
      let warm = 0;
      for (let seed = 1; seed <= RUNS; seed++) {
        if (seed === Math.ceil(RUNS / 2)) warm = process.memoryUsage().heapUsed;
        try {
          if (play(seed)) decided += 1;
        } catch (error) {
          throw new Error(`seed ${seed}`, { cause: error });
        }
      }
      expect(decided).toBeGreaterThan(RUNS / 20);
      expect(({} as Record<string, unknown>).polluted).toBeUndefined();
      expect(process.memoryUsage().heapUsed - warm).toBeLessThan(150 * 2 ** 20);
    },
    20 * RUNS,
  );
});
