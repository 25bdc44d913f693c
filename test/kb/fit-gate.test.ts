import { describe, expect, it } from "@jest/globals";
import { fitGate, type GateExample } from "../../src/kb/fit-gate.ts";
import { contenders } from "../../src/kb/gate.ts";
import { xorshift } from "../../src/learning/random.ts";

/** Right as often as a logistic of 2 times the second feature less 1 says; the others tell nothing. */
function examples(count: number): GateExample[] {
  const random = xorshift(5);
  return Array.from({ length: count }, () => {
    const row = [random(), random(), 3 * random()];
    return { row, right: random() < 1 / (1 + Math.exp(1 - 2 * (row[2] as number))), weight: 1 };
  });
}

const FEATURES = ["share", "lead", "x"] as const;
const OPTIONS = { pull: 0.001, iterations: 400, standardise: false };

describe("a fitted gate", () => {
  it.each([false, true])("gives the probabilities that it was shown (standardised: %s)", (standardise) => {
    const gate = fitGate<"x">(examples(4_000), FEATURES, { ...OPTIONS, standardise });
    const probability = (x: number) => {
      const ranked = { ids: ["a"], features: ["x"] as const, rows: Float64Array.of(x), scores: [0] };
      return contenders(ranked, gate, 1)[0]?.probability ?? 0;
    };
    for (const x of [0.5, 1, 2]) expect(probability(x)).toBeCloseTo(1 / (1 + Math.exp(1 - 2 * x)), 1);
  });

  it("counts an example by its weight", () => {
    const [one, ...others] = examples(60);
    const heavy = [{ ...(one as GateExample), weight: 3 }, ...others];
    const thrice = [one as GateExample, one as GateExample, one as GateExample, ...others];
    const gates = [heavy, thrice].map((list) => fitGate<"x">(list, FEATURES, OPTIONS));
    expect(gates[0]?.bias).toBeCloseTo(gates[1]?.bias ?? 0, 9);
  });

  it("is the same from the same examples", () => {
    expect(fitGate<"x">(examples(90), FEATURES, OPTIONS)).toEqual(
      fitGate<"x">(examples(90), FEATURES, OPTIONS),
    );
  });
});
