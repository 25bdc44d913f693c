import { beforeAll, describe, expect, it } from "@jest/globals";
import { ConceptVectorizer } from "../../src/learning/concept-features.ts";
import { parseDocument } from "../../src/learning/document.ts";
import { KINDS, type Kind } from "../../src/learning/kind.ts";
import {
  encodeModel,
  fingerprint,
  halfOf,
  type KindModel,
  loadModel,
  unbiasedPart,
} from "../../src/learning/kind-model.ts";
import { scoreLinear } from "../../src/learning/linear-model.ts";
import { type KindExample, trainKinds } from "../../src/learning/train-kinds.ts";
import { featuresOf, makeTickets } from "./corpus.ts";

const conceptVectorizer = new ConceptVectorizer();

function examplesOf(repository: string, count: number, seed: number): KindExample[] {
  return makeTickets(count, seed).map((ticket) => ({
    repository,
    features: featuresOf(ticket),
    concepts: conceptVectorizer.vectorize(parseDocument(ticket.title, ticket.body)),
    kinds: [ticket.labels[0] === "enhancement" ? "feature" : (ticket.labels[0] as Kind)],
    never: [],
    weight: 1,
  }));
}

const examples = [...examplesOf("a/a", 60, 1), ...examplesOf("b/b", 60, 2)];
let model: KindModel;
beforeAll(() => {
  model = trainKinds(examples);
});

describe("trainKinds", () => {
  it("tells kinds of new tickets", () => {
    const right = examplesOf("c/c", 60, 3).filter(({ features, kinds }) => {
      const scores = [...scoreLinear(unbiasedPart(model, features), features)];
      return KINDS[scores.indexOf(Math.max(...scores))] === kinds[0];
    });
    expect(right.length).toBeGreaterThan(54);
  });

  it("has a text that one half has learned judged by the other, and a new text by both", () => {
    for (const { features } of examples.slice(0, 20)) {
      const other = model.halves[1 - halfOf(fingerprint(features))];
      expect(unbiasedPart(model, features)).toBe(other);
    }
    const fresh = featuresOf({ title: "Never seen before", body: "Something else entirely." });
    expect(unbiasedPart(model, fresh)).toBe(model.both);
  });

  it("gives the same bytes from the same examples, and reads them back", () => {
    const bytes = encodeModel(model);
    expect(Buffer.compare(encodeModel(trainKinds(examples)), bytes)).toBe(0);
    expect(Buffer.compare(encodeModel(loadModel(bytes)), bytes)).toBe(0);
  });

  it("has no curve for a kind that no repository labels", () => {
    expect(model.curves[KINDS.indexOf("security")]?.confidence).toEqual([]);
  });
});
