import { stringify } from "yaml";
import * as z from "zod";
import { bare, type Field, fields } from "./field.ts";
import { formatPath } from "../yaml/path.ts";
import { PRIVATE_KEYS } from "./private-keys.ts";

export const TABLE_START = "<!-- settings:start -->";
export const TABLE_END = "<!-- settings:end -->";

/** Every key with its meaning and default, as a Markdown table. */
export function settingsTable(): string {
  const rows = fields().map((field) => [`\`${field.path}\``, meaning(field), standard(field)]);
  const lines = [["key", "meaning", "default"], ["---", "---", "---"], ...rows];
  return lines
    .map((cells) => `| ${cells.map((cell) => cell.replaceAll("|", "\\|")).join(" | ")} |`)
    .join("\n");
}

/** A Markdown text with the table of today between its markers; null when it lacks the markers. */
export function withSettingsTable(markdown: string): string | null {
  const start = markdown.indexOf(TABLE_START);
  const end = markdown.indexOf(TABLE_END, start);
  if (start < 0 || end < 0) return null;
  const before = markdown.slice(0, start + TABLE_START.length);
  return `${before}\n${settingsTable()}\n${markdown.slice(end)}`;
}

function meaning({ path, schema }: Field): string {
  const words = [z.globalRegistry.get(schema)?.description ?? ""];
  const inner = bare(schema);
  if (inner instanceof z.ZodEnum) words.push(`One of ${codes(inner.options)}.`);
  const entry = inner instanceof z.ZodArray ? bare(inner.element) : undefined;
  if (entry instanceof z.ZodEnum) words.push(`Of ${codes(entry.options)}.`);
  if (PRIVATE_PATHS.has(path)) words.push("Only in private files.");
  return words.join(" ");
}

const PRIVATE_PATHS = new Set(PRIVATE_KEYS.map((key) => formatPath(key).replaceAll('["*"]', "[]")));

function codes(options: readonly (string | number)[]): string {
  return options.map((option) => `\`${flow(option)}\``).join(", ");
}

/** The default as it would be written; empty for maps, whose keys have their own, and for what may be left out. */
function standard({ schema }: Field): string {
  if (schema instanceof z.ZodDefault) return `\`${flow(schema.def.defaultValue)}\``;
  if (schema instanceof z.ZodOptional) return "";
  if (!(schema instanceof z.ZodPrefault)) return "(needed)";
  const inner = bare(schema);
  return inner instanceof z.ZodObject
    ? nothing(schema.def.defaultValue)
    : `\`${flow(schema.def.defaultValue)}\``;
}

function nothing(value: unknown): string {
  return value === null ? "`null`" : "";
}

function flow(value: unknown): string {
  return stringify(value, { collectionStyle: "flow", flowCollectionPadding: false, lineWidth: 0 }).trim();
}
