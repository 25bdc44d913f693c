import { readFileSync } from "node:fs";
import { loadModel, type KindModel } from "../learning/kind-model.ts";

/** The model that ships beside the code. */
export function shippedModel(): KindModel {
  return loadModel(readFileSync(new URL("../learning/shipped/kinds.model", import.meta.url)));
}
