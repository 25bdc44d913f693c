import { parseArgs } from "node:util";
import { WrongUse } from "./archive.ts";

/** What is learned, and the command that measures it. Each is loaded when it is its turn. */
const PARTS: Record<string, () => Promise<(argv: string[]) => Promise<number>>> = {
  kinds: async () => (await import("./evaluate-kinds.ts")).evaluateKinds,
  poison: async () => (await import("./evaluate-poison.ts")).evaluatePoison,
  retrieval: async () => (await import("./evaluate-retrieval.ts")).evaluateRetrieval,
  sentiment: async () => (await import("./evaluate-sentiment.ts")).evaluateSentiment,
};

/** `npm run evaluate -- --data DIR [PART...]`: the quality of all that is learned, beside what others reach. */
export async function evaluate(argv: string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args: argv,
    allowPositionals: true,
    options: { data: { type: "string" } },
  });
  const { data } = values;
  const unknown = positionals.filter((name) => !Object.hasOwn(PARTS, name));
  if (!data) throw new WrongUse("Say where the data lies: npm run evaluate -- --data DIR");
  if (unknown.length > 0) {
    throw new WrongUse(
      `There is no part ${unknown.join(", ")}: choose from ${Object.keys(PARTS).join(", ")}.`,
    );
  }
  for (const [name, load] of Object.entries(PARTS)) {
    if (positionals.length > 0 && !positionals.includes(name)) continue;
    const part = await load();
    await part(["--data", data]);
    process.stdout.write("\n");
  }
  return 0;
}
