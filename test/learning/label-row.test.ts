import { describe, expect, it } from "@jest/globals";
import { centroids } from "../../src/learning/centroids.ts";
import { labelRow, rarityOf, rowPlaces } from "../../src/learning/label-row.ts";
import { scoreLinear } from "../../src/learning/linear-model.ts";
import type { SparseRow } from "../../src/learning/matrix.ts";
import { featuresOf } from "./corpus.ts";

const COMMON = Array.from({ length: 50 }, (_, i) => ({
  features: featuresOf({ title: "It fails", body: `It fails with word${i}.` }),
}));
const rarity = rarityOf(COMMON);
const rowOf = (title: string, body: string) => labelRow(featuresOf({ title, body }), rarity);

/** How alike two texts are in the places that they share. */
function product(a: SparseRow, b: SparseRow): number {
  const values = new Map<number, number>();
  a.indices.forEach((index, i) => {
    values.set(index, (values.get(index) ?? 0) + (a.values[i] as number));
  });
  return b.indices.reduce((sum, index, i) => sum + (b.values[i] as number) * (values.get(index) ?? 0), 0);
}

const lint = rowOf("Lint", "");

describe("the row that labels are judged by", () => {
  it.each([
    ["a word of the title in the prose", "the lint is wrong"],
    ["in code", "```\nlint\n```"],
    ["in a form's answer", "### Area\n\nlint"],
    ["in a line of its own", "area: lint"],
    ["in a link", "https://example.com/lint"],
    ["as a part of an identifier", "runLintPass"],
    ["as a part of a path", "src/lint_pass/mod.rs"],
  ])("finds %s", (_, body) => {
    expect(product(lint, rowOf("Other", body))).toBeGreaterThan(product(lint, rowOf("Other", "else")) + 0.01);
  });

  it("counts a rare word more than one that everybody writes", () => {
    const both = rowOf("", "zebra fails");
    expect(product(rowOf("", "zebra"), both)).toBeGreaterThan(product(rowOf("", "fails"), both));
  });

  it("has a place for each of its numbers, and is empty of words for an empty text", () => {
    const features = featuresOf({ title: "A title", body: "and a text" });
    expect(rowPlaces(features)).toHaveLength(labelRow(features, rarity).indices.length);
    expect([...rowOf("", "").values].every(Number.isFinite)).toBe(true);
  });
});

describe("centroids", () => {
  it("point to the texts of their class", () => {
    const rows = [rowOf("the proxy", "fails"), rowOf("a socket", "fails"), rowOf("the cursor", "fails")];
    const model = centroids({
      rows,
      ages: Float64Array.of(1, 1, 1),
      signs: [Float64Array.of(1, 1, -1), Float64Array.of(-1, -1, 1)],
    });
    const [network, editor] = scoreLinear(model, rowOf("another proxy", ""));
    expect(network).toBeGreaterThan(editor as number);
  });

  it("of a class without an example say nothing", () => {
    const rows = [rowOf("the proxy", "fails")];
    const model = centroids({ rows, ages: Float64Array.of(1), signs: [Float64Array.of(-1)] });
    expect(scoreLinear(model, rowOf("the proxy", "fails"))[0]).toBeCloseTo(0);
  });
});
