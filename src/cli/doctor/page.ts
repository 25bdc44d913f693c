import type { Finding } from "./finding.ts";

/** A terminal's usual width, and how far the texts stand in. */
const COLUMNS = 80;
const INDENT = 9;

const MARKS = { ok: "ok", warning: "warning", failure: "FAILURE" } as const;

/** Findings for people: each with its mark, what was found, and below it what to do. */
export function pageOf(findings: readonly Finding[]): string {
  return findings.map(entryOf).join("");
}

function entryOf({ check, state, says, mend }: Finding): string {
  const found = wrap(`${check}: ${says}`, INDENT);
  const todo = mend === undefined ? "" : `${" ".repeat(INDENT)}-> ${wrap(mend, INDENT + 3)}\n`;
  return `${MARKS[state].padEnd(INDENT)}${found}\n${todo}`;
}

/** A text in lines, all but the first of them indented. A word longer than a line stays whole: it may be an address. */
function wrap(text: string, indent: number): string {
  const lines = [""];
  for (const word of text.split(/\s+/)) {
    const line = lines.at(-1) ?? "";
    if (line !== "" && indent + line.length + 1 + word.length > COLUMNS) lines.push(word);
    else lines[lines.length - 1] = line === "" ? word : `${line} ${word}`;
  }
  return lines.join(`\n${" ".repeat(indent)}`);
}
