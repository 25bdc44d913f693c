import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { TEXTS } from "../builders/facts.ts";

const CLI = fileURLToPath(new URL("../../dist/cli.js", import.meta.url));

describe("an archive whose keys and labels are members of every object", () => {
  let folder: string;
  let archive: string;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), "frontdesk-archive-"));
    archive = join(folder, "issues.ndjson");
    const lines = Array.from({ length: 120 }, (_, i) => {
      const { title, body } = i % 2 === 0 ? TEXTS.bug : TEXTS.feature;
      const labels = i % 2 === 0 ? ["constructor", "bug"] : ["__proto__", "toString"];
      const created_at = new Date(Date.UTC(2024, 0, 1 + i)).toISOString();
      const issue = {
        number: i,
        title: `${title} ${i}`,
        body,
        labels,
        created_at,
        repository: "constructor/__proto__",
      };
      // Written by hand: an object literal would set the prototype instead.
      return JSON.stringify(issue).replace(
        "{",
        '{"__proto__":{"labels":["polluted"]},"constructor":{"prototype":{}},',
      );
    });
    writeFileSync(archive, `${lines.join("\n")}\n`);
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  it("is learned from like any other", () => {
    const out = join(folder, "predictions.ndjson");
    const { status, stderr, stdout } = spawnSync(
      process.execPath,
      [CLI, "backtest", archive, "--predictions", out, "--json"],
      { encoding: "utf8", timeout: 60_000 },
    );
    expect([status, stderr.includes("bug of Frontdesk")]).toEqual([0, false]);
    expect(() => JSON.parse(stdout)).not.toThrow();
    const predictions = readFileSync(out, "utf8")
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line));
    expect(predictions).toHaveLength(24);
    const names = new Set(
      predictions.flatMap(({ labels }) => labels.map(({ name }: { name: string }) => name)),
    );
    expect([...names].filter((name) => name === "polluted")).toEqual([]);
    expect([...names]).toContain("constructor");
    expect([...names]).toContain("__proto__");
  });
});
