import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { openLowdbStore } from "../../src/store/lowdb/open.ts";
import { sampleRepository } from "../store/samples.ts";

const CLI = fileURLToPath(new URL("../../dist/cli.js", import.meta.url));
const LANTERN = ["--repository", "octo-org/lantern"];
const MARCH = Date.UTC(2026, 2, 1);
const SILENT = {
  ...{ what: "label" as const, subject: "area: ui", precision: 0.4, count: 10 },
  ...{ target: 0.85, since: MARCH },
};
const examination = {
  held: 80,
  candidate: { kinds: 0.7, labels: 0.5 },
  incumbent: { kinds: 0.75, labels: 0.5 },
  shipped: 0.69,
  promoted: false,
};

let data: string;
beforeAll(async () => {
  data = mkdtempSync(join(tmpdir(), "frontdesk-rollback-"));
  const store = await openLowdbStore({ dir: data, now: Date.now });
  const learning = { until: null, aside: { at: MARCH, since: MARCH, examination } };
  const document = { ...sampleRepository(12, { fullName: "octo-org/lantern" }), learning };
  await store.commit({ scope: "repository", id: "12", document });
  const torch = { ...sampleRepository(13, { fullName: "octo-org/torch" }), silent: [SILENT] };
  await store.commit({ scope: "repository", id: "13", document: torch });
  await store.close();
});
afterAll(() => rmSync(data, { recursive: true }));

function learning(...argv: string[]) {
  const env = { PATH: process.env.PATH, DATA_DIR: data };
  return spawnSync(process.execPath, [CLI, "learning", ...argv], { env, encoding: "utf8" });
}

describe("frontdesk learning", () => {
  it("shows what was kept aside, rolls back to a day, and learns everything again", () => {
    const shown = learning(...LANTERN).stdout;
    expect(shown).toContain("Kept aside on 2026-03-01");
    expect(shown).toMatch(/in force +kinds right 0\.750/);
    expect(learning(...LANTERN, "--until", "2026-02-01").stdout).toBe(
      "Only labels set or taken off before 2026-02-01 teach.\n",
    );
    const rolledBack = { repository: "octo-org/lantern", until: Date.UTC(2026, 1, 1), aside: null };
    expect(JSON.parse(learning(...LANTERN, "--json").stdout)).toEqual(rolledBack);
    expect(learning(...LANTERN, "--all").stdout).toBe("All labels teach.\n");
    expect(JSON.parse(learning(...LANTERN, "--json").stdout)).toEqual({
      ...rolledBack,
      until: null,
      promotedAt: expect.any(Number),
    });
  });

  it("shows what fell silent by itself, with its numbers, and when it is tried again", () => {
    const repository = ["--repository", "octo-org/torch"];
    expect(learning(...repository).stdout).toBe(
      "All labels teach.\nSilent since 2026-03-01: label area: ui, right in 40% of 10, below 85%. Tried again when these verdicts are 90 days old.\n",
    );
    expect(JSON.parse(learning(...repository, "--json").stdout).silent).toEqual([SILENT]);
  });

  it("undoes what one person taught, and redoes it", () => {
    expect(learning(...LANTERN, "--without", "@Eve").stdout).toContain("Without what eve taught");
    expect(learning(...LANTERN, "--without", "eve", "--json").stdout).toContain(
      '"without":[{"login":"eve"}]',
    );
    expect(learning(...LANTERN).stdout).toContain("--with eve learns it again");
    expect(learning(...LANTERN, "--with", "eve").stdout).toBe("All labels teach.\n");
  });

  const refused: [string, string[], string][] = [
    ["no repository", [], "Say which repository"],
    ["a repository that the store does not know", ["--repository", "octo-org/lamp"], "octo-org/lantern"],
    ["a day that is none", [...LANTERN, "--until", "2026-02-30"], "a day such as"],
    ["a login that is none", [...LANTERN, "--without", "../eve"], "takes a login"],
    ["both ways at once", [...LANTERN, "--all", "--until", "2026-02-01"], "not both"],
  ];
  it.each(refused)("refuses %s", (_, argv, message) => {
    const { status, stderr } = learning(...argv);
    expect(stderr).toContain(message);
    expect(status).toBe(2);
  });
});
