import { readFileSync } from "node:fs";
import { text } from "node:stream/consumers";
import { parseArgs } from "node:util";
import { classifySentiment } from "../learning/sentiment.ts";
import { decodeSentiment } from "../learning/sentiment-file.ts";
import { parseLines } from "./archive.ts";

const MODEL = new URL("../learning/shipped/sentiment.model", import.meta.url);

/** `frontdesk sentiment < TEXTS`: what the writer of each line's text feels, in order. */
export async function sentiment(argv: string[]): Promise<number> {
  parseArgs({ args: argv, options: {} });
  const texts = parseLines(await text(process.stdin), "standard input", (object) => {
    const said = object.text ?? object.body;
    if (typeof said !== "string") throw new TypeError('a line must have a "text"');
    return said;
  });
  const model = decodeSentiment(readFileSync(MODEL));
  for (const said of texts) {
    const guess = classifySentiment(model, said);
    process.stdout.write(
      `${JSON.stringify({ ...guess, confidence: Math.round(guess.confidence * 10_000) / 10_000 })}\n`,
    );
  }
  return 0;
}
