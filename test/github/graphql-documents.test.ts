import { readdirSync } from "node:fs";
import { describe, expect, it } from "@jest/globals";
import { parse, validate } from "graphql";
import { schemaOfGithub } from "./official-github.ts";

const FOLDER = new URL("../../src/github/", import.meta.url);

/** Everything that a module of src/github exports and that is a GraphQL document, or makes one for a number. */
async function documents(): Promise<[string, string][]> {
  const found: [string, string][] = [];
  for (const file of readdirSync(FOLDER)) {
    const exports = (await import(new URL(file, FOLDER).href)) as Record<string, unknown>;
    for (const [name, value] of Object.entries(exports)) {
      if (typeof value === "string" && /^(query|mutation)\b/.test(value))
        found.push([`${file} ${name}`, value]);
      if (name.endsWith("Query") && typeof value === "function") {
        for (const count of [1, 2, 30]) found.push([`${file} ${name}(${count})`, String(value(count))]);
      }
    }
  }
  return found;
}

const found = await documents();

describe("every GraphQL document", () => {
  it("is found", () => {
    expect(found.length).toBeGreaterThanOrEqual(15);
  });

  it.each(found)("%s fits the official schema", (_, document) => {
    expect(validate(schemaOfGithub(), parse(document)).map(({ message }) => message)).toEqual([]);
  });

  it("with a field that GitHub does not have would be refused", () => {
    const faults = validate(schemaOfGithub(), parse("query { viewer { shoeSize } }"));
    expect(faults.map(({ message }) => message)).toEqual(['Cannot query field "shoeSize" on type "User".']);
  });
});
