import { text } from "node:stream/consumers";
import { parseArgs } from "node:util";
import { parseDocument } from "../learning/document.ts";
import { languageOf } from "../learning/language.ts";
import { parseLines } from "./archive.ts";

/** `frontdesk language < TITLES`: the language of each line's ticket, or text, in order. */
export async function language(argv: string[]): Promise<number> {
  parseArgs({ args: argv, options: {} });
  const languages = parseLines(await text(process.stdin), "standard input", (object) => {
    const { title = object.text, body = "" } = object;
    if (typeof title !== "string") throw new TypeError('a line must have a "title" or a "text"');
    return languageOf(parseDocument(title, typeof body === "string" ? body : ""));
  });
  process.stdout.write(languages.map((language) => `${JSON.stringify({ language })}\n`).join(""));
  return 0;
}
