import type { Document } from "./document.ts";
import { LESSON_BLOCKS, Vectorizer } from "./features.ts";
import { labelProbabilities, type LabelModel } from "./label-model.ts";
import { labelRow, rowPlaces } from "./label-row.ts";
import { explain } from "./reason.ts";

const vectorizer = new Vectorizer(LESSON_BLOCKS);

/** What in a document spoke for one of the repository's own labels, strongest first. */
export function reasonsForLabel(model: LabelModel, name: string, document: Document): string[] {
  const c = model.names.indexOf(name);
  if (c < 0) return [];
  const { classes, weights, units } = model.linear;
  const features = vectorizer.vectorize(document);
  return explain({
    document,
    features: labelRow(features, model.rarity),
    origins: Array.from(rowPlaces(features), (place) => vectorizer.origin(place)),
    slope: (index) => (weights[index * classes + c] as number) * (units[c] as number),
    confidence: (of) => labelProbabilities(model, vectorizer.vectorize(of))[c] as number,
  });
}
