import { text } from "node:stream/consumers";
import { parseArgs } from "node:util";
import { detectLanguage } from "../learning/language.ts";
import { parseLines } from "./archive.ts";

/** `frontdesk language < TITLES`: the language of each line's title, or text, in order. */
export async function language(argv: string[]): Promise<number> {
  parseArgs({ args: argv, options: {} });
  const texts = parseLines(await text(process.stdin), "standard input", (object) => {
    const said = object.title ?? object.text;
    if (typeof said !== "string") throw new TypeError('a line must have a "title" or a "text"');
    return said;
  });
  process.stdout.write(
    texts.map((said) => `${JSON.stringify({ language: detectLanguage(said) })}\n`).join(""),
  );
  return 0;
}
