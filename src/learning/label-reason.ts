import type { Document } from "./document.ts";
import { Vectorizer } from "./features.ts";
import type { LabelModel } from "./label-model.ts";
import { scoreLinear } from "./linear-model.ts";
import { sigmoid, type Platt } from "./platt.ts";
import { explain } from "./reason.ts";

const vectorizer = new Vectorizer();

/** What in a document spoke for one of the repository's own labels, strongest first. */
export function reasonsForLabel(model: LabelModel, name: string, document: Document): string[] {
  const c = model.names.indexOf(name);
  if (c < 0) return [];
  const { classes, weights, units } = model.linear;
  const features = vectorizer.vectorize(document);
  return explain({
    document,
    features,
    origins: Array.from(features.indices, (_, i) => vectorizer.origin(i)),
    slope: (index) => (weights[index * classes + c] as number) * (units[c] as number),
    confidence: (of) =>
      sigmoid(model.platts[c] as Platt, scoreLinear(model.linear, vectorizer.vectorize(of))[c] as number),
  });
}
