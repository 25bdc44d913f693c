import { describe, expect, it } from "@jest/globals";
import { Ajv2020 } from "ajv/dist/2020.js";
import fc from "fast-check";
import { parse } from "yaml";
import { settingsJsonSchema } from "../../src/settings/json-schema.ts";
import { parseSettings } from "../../src/settings/parse.ts";
import { SAMPLE } from "./sample.ts";

// Formats are for editors; that this one knows them is not the point.
const accepts = new Ajv2020({ validateFormats: false, strict: false }).compile(settingsJsonSchema());

describe("the JSON Schema for editors", () => {
  it.each([
    "{}",
    "mode: observe",
    "labels: { bug: null, priorities: [a, b, c, null] }",
    "plans: [{ name: gold, sla: { firstResponse: 4h }, price: { amount: 1 } }]",
    "team: [{ login: octocat, away: [{ from: 2026-08-03, to: 2026-08-14 }] }]",
    "lifecycle: { remindAfter: 1.5d, closeAfter: null }",
    "messages: { greeting: { en: Hello } }",
    "sla: { default: null, byPriority: { P0: { resolution: 1d } } }",
    'satisfaction: { positive: ["+1"], polling: [10s] }',
  ])("accepts what the desk accepts: %s", (text) => {
    expect(parseSettings(text, { private: true }).problems).toEqual([]);
    expect(accepts(parse(text))).toBe(true);
  });

  it.each([
    "lables: {}",
    "labels: { bugs: x }",
    "mode: labels",
    "labels: { priorities: [a] }",
    "lifecycle: { remindAfter: 14 days }",
    "classification: { targetPrecision: 85 }",
    "plans: [{ weight: 1 }]",
    'team: [{ login: "@octocat" }]',
    "escalation: [{ at: 1, actions: [] }]",
  ])("refuses %s, as the desk does", (text) => {
    expect(parseSettings(text, { private: true }).settings).toBeNull();
    expect(accepts(parse(text))).toBe(false);
  });

  it("never refuses what the desk accepts: the sample with any words of it exchanged", () => {
    const words = [...SAMPLE.matchAll(/[\w"@+-]+(?=[,\]}\n ])/g)];
    const word = fc.nat(words.length - 1);
    let accepted = 0;
    fc.assert(
      fc.property(word, word, (from, to) => {
        const [at, by] = [words[from], words[to]];
        const text =
          SAMPLE.slice(0, at?.index) + by?.[0] + SAMPLE.slice((at?.index ?? 0) + (at?.[0].length ?? 0));
        const { settings } = parseSettings(text, { private: true });
        if (settings === null) return;
        accepted += 1;
        expect(accepts(settings)).toBe(true);
      }),
      { numRuns: 300 },
    );
    expect(accepted).toBeGreaterThan(0);
  });
});
