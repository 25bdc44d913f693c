import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import type { SentimentExample } from "../learning/sentiment.ts";
import { SENTIMENTS, trainSentiment } from "../learning/sentiment.ts";
import { encodeSentiment } from "../learning/sentiment-file.ts";
import { readLines, WrongUse } from "./archive.ts";

/** The two benchmarks, by the names of their files. */
export const SENTIMENT_SETS = ["github", "stackoverflow"] as const;

/** `npm run sentiment:build -- --data DIR`: the same bytes from the same data. */
export async function sentimentBuild(argv: string[]): Promise<number> {
  const { values } = parseArgs({
    args: argv,
    options: {
      data: { type: "string" },
      out: { type: "string", default: "src/learning/shipped/sentiment.model" },
    },
  });
  if (!values.data) throw new WrongUse("Say where the data lies: npm run sentiment:build -- --data DIR");
  const { data } = values;
  const examples = SENTIMENT_SETS.flatMap((set) => readSentiments(data, set));
  const bytes = encodeSentiment(trainSentiment(examples));
  writeFileSync(values.out, bytes);
  process.stderr.write(`${examples.length} texts, ${bytes.length} bytes\n`);
  return 0;
}

export function readSentiments(data: string, set: (typeof SENTIMENT_SETS)[number]): SentimentExample[] {
  return readLines(join(data, "sentiment", `${set}-train.ndjson`), ({ text, sentiment: said }) => {
    const sentiment = SENTIMENTS.find((one) => one === said);
    if (typeof text !== "string" || !sentiment) {
      throw new TypeError(`a line must have a "text" and a "sentiment" of ${SENTIMENTS.join(", ")}`);
    }
    return { text, sentiment };
  });
}
