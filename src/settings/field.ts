import * as z from "zod";
import type { Path } from "../yaml/path.ts";
import { Settings } from "./schema.ts";

type Schema = z.core.$ZodType;

/** The schema inside of defaults, `null` or a text's transformation. */
export function bare(schema: Schema): Schema {
  if (schema instanceof z.ZodDefault || schema instanceof z.ZodPrefault) return bare(schema.def.innerType);
  if (schema instanceof z.ZodNullable || schema instanceof z.ZodOptional) return bare(schema.def.innerType);
  if (schema instanceof z.ZodPipe) return bare(schema.def.in);
  return schema;
}

/** The keys that a map may have; none for what is no map, or one of free keys. */
export function keysOf(schema: Schema): Record<string, Schema> {
  const inner = bare(schema);
  return inner instanceof z.ZodObject ? inner.shape : {};
}

/** The schema of what stands at a path, undefined where there is none. */
export function schemaAt(path: Path): Schema | undefined {
  let schema: Schema | undefined = Settings;
  for (const step of path) {
    const inner: Schema | undefined = schema && bare(schema);
    if (inner instanceof z.ZodArray) schema = inner.element;
    else if (inner instanceof z.ZodRecord) schema = inner.valueType;
    else schema = inner && keysOf(inner)[String(step)];
  }
  return schema;
}

/** A key of the settings, `plans[].name` standing for the names of all plans. */
export interface Field {
  path: string;
  schema: Schema;
}

/** All keys in the schema's order, each before those inside of it. */
export function fields(schema: Schema = Settings, prefix = ""): Field[] {
  const inner = bare(schema);
  if (inner instanceof z.ZodArray) return fields(inner.element, `${prefix}[]`);
  return Object.entries(keysOf(inner)).flatMap(([key, value]) => {
    const path = prefix === "" ? key : `${prefix}.${key}`;
    return [{ path, schema: value }, ...fields(value, path)];
  });
}
