import { describe, expect, it } from "@jest/globals";
import { calibrate, contenders, type Feedback, shifted, suggest } from "../../src/kb/gate.ts";

const TARGETS = { reply: 0.85, mention: 0.6, links: 3 };
const NEUTRAL = { shift: 0 };
const sure = (...probabilities: number[]) =>
  probabilities.map((probability, i) => ({ id: `d${i}`, probability }));
const feedback = (count: number, probability: number, helpful: boolean): Feedback[] =>
  Array.from({ length: count }, () => ({ probability, helpful }));

describe("the gate", () => {
  it.each([
    ["a sure answer is a reply", sure(0.9, 0.3), { outcome: "reply", links: sure(0.9) }],
    [
      "only links that are sure themselves stand in a reply",
      sure(0.9, 0.7),
      { outcome: "reply", links: sure(0.9) },
    ],
    [
      "at most three links",
      sure(0.99, 0.98, 0.97, 0.96),
      { outcome: "reply", links: sure(0.99, 0.98, 0.97) },
    ],
    ["a likely one is mentioned", sure(0.7), { outcome: "mention", links: sure(0.7) }],
    ["else silence", sure(0.59), { outcome: "silence" }],
    ["nothing found, silence", [], { outcome: "silence" }],
  ])("%s", (_, ranked, expected) => {
    const suggestion = suggest(ranked, NEUTRAL, TARGETS);
    const links = suggestion.outcome === "silence" ? undefined : suggestion.links.map(({ id }) => id);
    expect(suggestion.outcome).toBe(expected.outcome);
    expect(links).toEqual("links" in expected ? expected.links?.map(({ id }) => id) : undefined);
  });

  it("is more careful than its weights before there is feedback", () => {
    expect(calibrate([]).shift).toBeLessThan(0);
    expect(suggest(sure(0.86), NEUTRAL, TARGETS).outcome).toBe("reply");
    expect(suggest(sure(0.86), calibrate([]), TARGETS).outcome).toBe("mention");
  });

  it("dares more when its answers help, and less when they do not", () => {
    const praised = calibrate(feedback(40, 0.86, true));
    const blamed = calibrate(feedback(40, 0.86, false));
    expect(suggest(sure(0.86), praised, TARGETS).outcome).toBe("reply");
    expect(suggest(sure(0.97), blamed, TARGETS).outcome).toBe("silence");
  });

  it("believes much feedback: what is claimed becomes what is measured", () => {
    const measured = calibrate([...feedback(700, 0.9, true), ...feedback(300, 0.9, false)]);
    expect(shifted(0.9, measured.shift)).toBeCloseTo(0.7, 1);
  });

  it("is not moved far by one thumb", () => {
    expect(Math.abs(calibrate(feedback(1, 0.86, false)).shift - calibrate([]).shift)).toBeLessThan(0.5);
  });
});

describe("contenders", () => {
  const ranked = {
    ids: ["a", "b", "c"],
    features: ["x"] as const,
    rows: new Float64Array([1, 5, 0]),
    scores: [2, 4, 1],
  };

  it("come best first, with a probability from the weights", () => {
    const found = contenders(ranked, { bias: -1, weights: { x: 0.5 } }, 2);
    expect(found.map(({ id }) => id)).toEqual(["b", "a"]);
    expect(found[0]?.probability).toBeCloseTo(1 / (1 + Math.exp(-1.5)), 10);
  });

  it("are surer the further they lead", () => {
    const gate = { bias: 0, weights: { share: 1, lead: 1 } };
    const near = contenders({ ...ranked, scores: [3.9, 4, 1] }, gate, 1)[0]?.probability ?? 0;
    const far = contenders(ranked, gate, 1)[0]?.probability ?? 1;
    expect(far).toBeGreaterThan(near);
  });

  it("of an empty list are none", () => {
    expect(
      contenders(
        { ids: [], features: ["x"], rows: new Float64Array(0), scores: [] },
        { bias: 0, weights: {} },
        3,
      ),
    ).toEqual([]);
  });
});
