import { readFileSync } from "node:fs";
import { describe, expect, it } from "@jest/globals";
import { settingsTable, TABLE_END, TABLE_START, withSettingsTable } from "../../src/settings/table.ts";

describe("the table of the settings", () => {
  const rows = settingsTable().split("\n");

  it("stands in the README as the schema has it (npm run docs:settings writes it anew)", () => {
    const readme = readFileSync(new URL("../../README.md", import.meta.url), "utf8");
    expect(readme).toBe(withSettingsTable(readme));
  });

  it.each([
    ["a word of several", /^\| `mode` \| .* One of `observe`, `label`, `reply`\. \| `reply` \|$/],
    ["a duration, as it is written", /^\| `lifecycle\.remindAfter` \| .* \| `14d` \|$/],
    ["null", /^\| `labels\.security` \| .* \| `null` \|$/],
    [
      "a list of texts that would be numbers",
      /^\| `satisfaction\.negative` \| .* \| `\["-1", confused\]` \|$/,
    ],
    ["a key of a list's entries, which is needed", /^\| `plans\[\]\.name` \| .* \| \(needed\) \|$/],
    ["a key for private files", /^\| `plans\[\]\.members` \| .* Only in private files\. \| {2}\|$/],
  ])("shows %s", (_, row) => {
    expect(rows.filter((line) => row.test(line))).toHaveLength(1);
  });

  it("has three columns in every row", () => {
    expect(rows.filter((row) => row.replaceAll("\\|", "").split("|").length !== 5)).toEqual([]);
  });

  it("takes the place of what was between the markers, and only of that", () => {
    const filled = withSettingsTable(`before\n${TABLE_START}\nold\n${TABLE_END}\nafter\n`);
    expect(filled).toBe(`before\n${TABLE_START}\n${settingsTable()}\n${TABLE_END}\nafter\n`);
    expect(withSettingsTable("no markers")).toBeNull();
  });
});
