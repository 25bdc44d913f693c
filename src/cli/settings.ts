import { readFileSync, writeFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { parseSettings } from "../settings/parse.ts";
import { settingsTable, TABLE_END, TABLE_START, withSettingsTable } from "../settings/table.ts";
import type { Problem } from "../ticket/problem.ts";
import { UnreadableInput, WrongUse } from "./archive.ts";
import { excerpt } from "./excerpt.ts";

/** `frontdesk settings check FILE` and, for whoever writes the documentation, `frontdesk settings table [FILE]`. */
export async function settings(argv: string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args: argv,
    allowPositionals: true,
    options: { private: { type: "boolean", default: false }, json: { type: "boolean", default: false } },
  });
  const [what, file, ...more] = positionals;
  if (more.length > 0) throw new WrongUse(`One file at a time; ${more.join(" ")} is too much.`);
  if (what === "table") return table(file);
  if (what !== "check" || file === undefined) {
    throw new WrongUse("Say which file: frontdesk settings check .github/frontdesk.yml");
  }
  const text = readUtf8(file);
  const { settings, problems } = parseSettings(text, { private: values.private });
  const report = values.json
    ? JSON.stringify({ file, usable: settings !== null, problems })
    : problems.map((problem) => shown(problem, file, text)).join("\n") + verdict(file, problems);
  process.stdout.write(`${report}\n`);
  return problems.length > 0 ? 1 : 0;
}

/** Standard input when the file is `-`. */
function readUtf8(file: string): string {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(readFileSync(file === "-" ? 0 : file));
  } catch (cause) {
    const reason = cause instanceof TypeError ? "it is not UTF-8 text" : (cause as Error).message;
    throw new UnreadableInput(`Cannot read ${file}: ${reason}`, { cause });
  }
}

function shown(
  { severity, path, message, suggestion, line, column }: Problem,
  file: string,
  text: string,
): string {
  const place = [file, ...(line === undefined ? [] : [line, column ?? 1])].join(":");
  const what = `${place}: ${severity}: ${path === "" ? "" : `${path}: `}${message}`;
  const lines = [what, ...(line === undefined ? [] : excerpt(text, line, column ?? 1))];
  if (suggestion !== undefined) lines.push(`  did you mean: ${suggestion}`);
  return `${lines.join("\n")}\n`;
}

function verdict(file: string, problems: Problem[]): string {
  if (problems.length === 0) return `${file} is fine.`;
  const errors = problems.filter(({ severity }) => severity === "error").length;
  const ignored = problems.length - errors;
  const counts = [
    ...(errors > 0 ? [`${errors} to mend`] : []),
    ...(ignored > 0 ? [`${ignored} ignored`] : []),
  ];
  const effect = errors > 0 ? "The file would not be used" : "The rest of the file would be used";
  return `\n${counts.join(", ")}. ${effect}.`;
}

function table(file: string | undefined): number {
  if (file === undefined) {
    process.stdout.write(`${settingsTable()}\n`);
    return 0;
  }
  const filled = withSettingsTable(readUtf8(file));
  if (filled === null) throw new UnreadableInput(`${file} has no lines ${TABLE_START} and ${TABLE_END}.`);
  writeFileSync(file, filled);
  return 0;
}
