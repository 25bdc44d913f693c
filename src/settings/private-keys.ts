import * as z from "zod";
import { schemaAt } from "./field.ts";
import { isMap, type Path } from "../yaml/path.ts";

/**
 * Keys that say who pays, who is away or measured, and what things cost: honoured only in a file that the public cannot read.
 * `*` stands for every entry of a list.
 */
export const PRIVATE_KEYS = [
  ["plans", "*", "members"],
  ["team", "*", "away"],
  ["team", "*", "measured"],
  ["costs"],
  ["revenue"],
  ["notifications"],
  ["support"],
];

/** Takes the private keys out of `root`; returns the paths of those that said something. */
export function dropPrivate(root: Record<string, unknown>): Path[] {
  return PRIVATE_KEYS.flatMap((key) => drop(root, key, []));
}

function drop(value: unknown, [step, ...rest]: readonly string[], path: Path): Path[] {
  if (step === undefined) return [];
  if (step === "*")
    return Array.isArray(value) ? value.flatMap((entry, i) => drop(entry, rest, [...path, i])) : [];
  if (!isMap(value) || !Object.hasOwn(value, step)) return [];
  const here = [...path, step];
  if (rest.length > 0) return drop(value[step], rest, here);
  const telling = !isDefault(here, value[step]);
  delete value[step];
  return telling ? [here] : [];
}

/** The default says nothing about anybody: files that list every key stay without a Problem. */
function isDefault(path: Path, value: unknown): boolean {
  const schema = schemaAt(path);
  if (value === null || schema === undefined) return true;
  const given = z.safeParse(schema, value);
  return given.success && JSON.stringify(given.data) === JSON.stringify(z.parse(schema, undefined));
}
