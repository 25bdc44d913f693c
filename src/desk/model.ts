import { readFile } from "node:fs/promises";
import type { KindModel } from "../learning/kind-model.ts";
import { loadModel } from "../learning/kind-model.ts";

/** The model that ships with the desk. */
export async function loadShippedModel(): Promise<KindModel> {
  return loadModel(await readFile(new URL("../learning/shipped/kinds.model", import.meta.url)));
}
