import type * as z from "zod";
import type { Complaint } from "./complaint.ts";
import { show } from "./complaint.ts";
import { fields, keysOf, schemaAt } from "./field.ts";
import { isMap, type Path } from "../yaml/path.ts";
import { closest } from "./suggestion.ts";

type Issue = z.core.$ZodIssue;

/** What zod expects, in words that need no programmer. */
const KINDS: Record<string, string> = {
  string: "a text",
  number: "a number",
  int: "a whole number",
  boolean: "true or false",
  array: "a list, such as [a, b]",
  object: "a map of keys",
  record: "a map of keys",
};

const TRUE = /^(yes|on|y|true|1)$/i;
const FALSE = /^(no|off|n|false|0)$/i;

/**
 * What is wrong with a value and how it is mended, from what zod found. `written`: the value as it stands in the file,
 * `value`: as it was read.
 */
export function wording(
  issue: Exclude<Issue, { code: "unrecognized_keys" }>,
  value: unknown,
  written: string,
): Complaint {
  switch (issue.code) {
    case "custom":
      return { message: issue.message, ...suggesting(issue.params?.suggestion) };
    case "invalid_type":
      if (issue.message !== "" && value !== undefined && value !== null) return { message: issue.message };
      return wrongType(issue.expected, value, written);
    case "invalid_value":
      return notAllowed(issue.values.map(String), value, written);
    case "too_small":
      return tooSmall(issue);
    case "too_big":
      return tooBig(issue, value);
    case "invalid_key":
      return { message: issue.issues[0]?.message ?? "this is not such a key" };
    case "invalid_format":
    case "not_multiple_of":
    case "invalid_union":
    case "invalid_element":
      return { message: issue.message || `${show(value)} is not possible here` };
  }
}

function notAllowed(allowed: string[], value: unknown, written: string): Complaint {
  if (typeof value !== "string" && allowed.includes(written)) {
    return { message: `${written} without quotes is not a text`, suggestion: JSON.stringify(written) };
  }
  const shown = typeof value === "object" ? "this" : show(written);
  return {
    message: `${shown} is not one of ${allowed.join(", ")}`,
    ...suggesting(closest(written, allowed)),
  };
}

function suggesting(suggestion: unknown): { suggestion?: string } {
  return typeof suggestion === "string" ? { suggestion } : {};
}

function wrongType(expected: string, value: unknown, written: string): Complaint {
  const wanted = KINDS[expected] ?? expected;
  if (value === undefined) return { message: `this key is missing; it is ${wanted}` };
  if (value === null) return { message: `there is no value; write ${wanted}, or delete the line` };
  const what = isMap(value) ? "a map of keys" : Array.isArray(value) ? "a list" : show(written);
  return {
    message: `${what} stands where ${wanted} belongs`,
    ...suggesting(meant(expected, value, written)),
  };
}

function meant(expected: string, value: unknown, written: string): string | undefined {
  if (typeof value === "object") return undefined;
  if (expected === "string") return JSON.stringify(written);
  if (expected === "array") return `[${JSON.stringify(written)}]`;
  if (expected === "boolean") return TRUE.test(written) ? "true" : FALSE.test(written) ? "false" : undefined;
  if (expected !== "number" && expected !== "int") return undefined;
  const number = numberIn(written);
  if (written.trim() === "" || !Number.isFinite(number)) return undefined;
  return String(expected === "int" ? Math.round(number) : number);
}

/** `0,85` and `85 %` as people write them. */
function numberIn(written: string): number {
  const text = written.replace(",", ".");
  return text.endsWith("%") ? Number(`${text.slice(0, -1).trimEnd()}e-2`) : Number(text);
}

function tooSmall(issue: z.core.$ZodIssueTooSmall): Complaint {
  const { minimum, origin, exact, inclusive } = issue;
  if (origin === "array") return { message: entries(exact ? "exactly" : "at least", minimum) };
  if (origin === "string") return { message: "this text is empty" };
  return { message: `the number must be ${inclusive ? "at least" : "more than"} ${minimum}` };
}

function tooBig(issue: z.core.$ZodIssueTooBig, value: unknown): Complaint {
  const { maximum, origin, exact, inclusive } = issue;
  if (origin === "array") return { message: entries(exact ? "exactly" : "at most", maximum) };
  if (origin === "string") return { message: `the text has more than ${maximum} characters` };
  // 85 where .85 is meant.
  const percent =
    maximum === 1 && typeof value === "number" && value <= 100 ? String(value / 100) : undefined;
  return {
    message: `the number must be ${inclusive ? "at most" : "less than"} ${maximum}`,
    ...suggesting(percent),
  };
}

function entries(how: string, count: number | bigint): string {
  return `the list must have ${how} ${count} ${count === 1 ? "entry" : "entries"}`;
}

/** A key that settings do not have: the one that was probably meant, here or, by its exact name, elsewhere. */
export function unknownKey(path: Path, key: string): Complaint {
  const schema = schemaAt(path);
  const known = Object.keys(schema ? keysOf(schema) : {});
  const elsewhere = () => fields().find((field) => field.path.endsWith(`.${key}`))?.path;
  const suggestion = closest(key, known) ?? elsewhere();
  const message = `there is no key ${show(key)} here`;
  return suggestion === undefined
    ? { message: `${message}; there are ${known.join(", ")}` }
    : { message, suggestion };
}
