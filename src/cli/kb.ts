import { WrongUse } from "./archive.ts";
import { kbEvaluate } from "./kb-evaluate.ts";
import { kbSearch } from "./kb-search.ts";

/** `frontdesk kb`: the knowledge base, offline. */
export async function kb([name = "", ...argv]: string[]): Promise<number> {
  switch (name) {
    case "evaluate":
      return kbEvaluate(argv);
    case "search":
      return kbSearch(argv);
    default:
      throw new WrongUse("Usage: frontdesk kb evaluate | search");
  }
}
