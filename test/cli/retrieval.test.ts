import { spawnSync } from "node:child_process";
import {
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";

const CLI = fileURLToPath(new URL("../../dist/cli.js", import.meta.url));

let folder = "";
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "frontdesk-retrieval-"));
});
afterAll(() => rmSync(folder, { recursive: true }));

function frontdesk(...argv: string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [CLI, ...argv], {
    cwd: folder,
    encoding: "utf8",
  });
  return { status, stdout, stderr };
}

function write(name: string, lines: unknown[]): void {
  const text = lines.map((line) => `${JSON.stringify(line)}\n`).join("");
  writeFileSync(join(folder, name), name.endsWith(".gz") ? gzipSync(text) : text);
}

function read<T>(name: string): T[] {
  return readFileSync(join(folder, name), "utf8")
    .split("\n")
    .filter(Boolean)
    .map((line) => JSON.parse(line) as T);
}

const DOCUMENTS = [
  { id: "guide#install", title: "Installing", body: "Run the installer." },
  { id: "guide#proxy", title: "Working behind a proxy", body: "Set HTTPS_PROXY." },
  { id: "faq#themes", title: "Themes", body: "Colours are files." },
  { id: "7", title: "Backups", body: "One file." },
];

interface Answer {
  id: string;
  ranking: { id: string; score: number }[];
  suggested: string[];
}

describe("frontdesk kb evaluate", () => {
  beforeAll(() => {
    write("documents.ndjson", DOCUMENTS);
    write("questions.ndjson", [
      { id: "q1", title: "install behind a proxy", body: "", relevant: ["guide#proxy"] },
      { id: "q2", title: "colours", body: "", candidates: ["7", "faq#themes"] },
      { id: "7", title: "Backups of one file", body: "", relevant: ["guide#install"] },
    ]);
    write("pairs.ndjson", [{ query: { title: "walrus trouble", body: "" }, relevant: ["faq#themes"] }]);
    write("walrus.ndjson", [{ id: "q", title: "some walrus trouble", body: "" }]);
  });

  it("ranks for each query in order, exactly the candidates where there are some, never the query itself", () => {
    const argv = [
      "--corpus",
      "documents.ndjson",
      "--queries",
      "questions.ndjson",
      "--rankings",
      "out.ndjson",
    ];
    const { status, stdout } = frontdesk("kb", "evaluate", ...argv, "--json");
    expect(status).toBe(0);
    const answers = read<Answer>("out.ndjson");
    expect(answers.map(({ id }) => id)).toEqual(["q1", "q2", "7"]);
    expect(answers[0]?.ranking[0]?.id).toBe("guide#proxy");
    expect(answers[1]?.ranking.map(({ id }) => id)).toEqual(["faq#themes", "7"]);
    expect(answers[2]?.ranking.map(({ id }) => id)).not.toContain("7");
    for (const { ranking, suggested } of answers) {
      const scores = ranking.map(({ score }) => score);
      expect(scores).toEqual([...scores].sort((a, b) => b - a));
      expect(ranking.map(({ id }) => id)).toEqual(expect.arrayContaining(suggested));
    }
    expect(JSON.parse(stdout)).toMatchObject({
      queries: 3,
      judged: 2,
      "mrr@3": { value: expect.any(Number) },
    });
  });

  it("takes answered tickets as aliases", () => {
    const argv = ["--corpus", "documents.ndjson", "--queries", "walrus.ndjson", "--rankings", "out.ndjson"];
    expect(frontdesk("kb", "evaluate", ...argv).status).toBe(0);
    expect(read<Answer>("out.ndjson")[0]?.ranking).toEqual([]);
    expect(frontdesk("kb", "evaluate", ...argv, "--train", "pairs.ndjson").status).toBe(0);
    expect(read<Answer>("out.ndjson")[0]?.ranking[0]?.id).toBe("faq#themes");
  });

  it.each([
    ["without its files", [], 2, "Usage: frontdesk kb evaluate"],
    [
      "with a file that is not there",
      ["--corpus", "none", "--queries", "none", "--rankings", "out"],
      3,
      "none",
    ],
  ])("%s ends with a sentence", (_, argv, code, words) => {
    const { status, stderr } = frontdesk("kb", "evaluate", ...argv);
    expect([status, stderr.includes(words)]).toEqual([code, true]);
  });

  it("names the file and line that it cannot read", () => {
    write("bad.ndjson", [
      { id: "a", title: "x", body: "" },
      { id: "b", title: 5 },
    ]);
    const argv = ["--corpus", "bad.ndjson", "--queries", "questions.ndjson", "--rankings", "out.ndjson"];
    const { status, stderr } = frontdesk("kb", "evaluate", ...argv);
    expect(status).toBe(3);
    expect(stderr).toContain("bad.ndjson, line 2");
  });
});

describe("frontdesk kb search", () => {
  beforeAll(() => {
    mkdirSync(join(folder, "docs/sub"), { recursive: true });
    writeFileSync(join(folder, "docs/guide.md"), "# Guide\n## Proxy\nSet HTTPS_PROXY before the start.\n");
    writeFileSync(join(folder, "docs/sub/bad.md"), "---\na: [\n---\n# Proxy\n");
    writeFileSync(join(folder, "docs/sub/picture.md"), "\0proxy");
    symlinkSync(join(folder, "docs"), join(folder, "docs/sub/circle"));
    symlinkSync("/etc/hostname", join(folder, "docs/sub/outside.md"));
    writeFileSync(join(folder, "docs/sub/huge.md"), "");
    truncateSync(join(folder, "docs/sub/huge.md"), 50_000_000);
  });

  it("finds sections with links that land, and names what it leaves out", () => {
    const { status, stdout, stderr } = frontdesk(
      "kb",
      "search",
      "behind a proxy",
      "--sources",
      "docs",
      "--json",
    );
    expect(status).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({
      link: "guide.md#proxy",
      headings: ["Guide", "Proxy"],
      passage: "Set HTTPS_PROXY before the start.",
    });
    expect(stderr).toMatch(/sub\/bad\.md:\d+: /);
    expect(stderr).toContain("sub/picture.md");
    expect(stderr).toContain("sub/huge.md: larger than 4 MB, left out");
    expect(stderr + stdout).not.toContain("outside.md");
  });

  it.each([
    ["without a question", ["--sources", "docs"], 2],
    ["in a folder that is not there", ["x", "--sources", "nowhere"], 3],
    ["with a limit that is no number", ["x", "--sources", "docs", "--limit", "many"], 2],
  ])("%s ends with exit code", (_, argv, code) => {
    expect(frontdesk("kb", "search", ...argv).status).toBe(code);
  });
});

describe("frontdesk duplicates evaluate", () => {
  const issue = (number: number, title: string, changes = {}) => ({
    number,
    title,
    body: null,
    user: { login: `u${number}` },
    created_at: new Date(Date.UTC(2024, 0, number)).toISOString(),
    closed_at: null,
    comments: 0,
    ...changes,
  });

  it("ranks what was there before, with or without lessons, and measures", () => {
    write("issues.ndjson.gz", [
      issue(1, "Crash on an empty config file"),
      issue(2, "Dark theme ignores the scroll bar"),
      issue(3, "A change", { pull_request: {} }),
      issue(4, "Empty config file makes it crash", {
        comments: [{ user: null, created_at: "2024-01-05T00:00:00Z", body: "Duplicate of #1" }],
      }),
      issue(5, "Config file crash again: empty"),
    ]);
    write("queries.ndjson", [{ number: 5, relevant: [1, 4] }, { number: 1 }, { number: 99 }]);
    write("lessons.ndjson", [{ number: 4, relevant: [1] }]);
    const argv = ["--archive", "issues.ndjson.gz", "--queries", "queries.ndjson", "--rankings", "dup.ndjson"];
    for (const train of [[], ["--train", "lessons.ndjson"]]) {
      const { status, stdout } = frontdesk("duplicates", "evaluate", ...argv, ...train, "--json");
      expect(status).toBe(0);
      expect(JSON.parse(stdout)).toMatchObject({ queries: 3, judged: 1, "recall@1": { value: 1 } });
      const answers = read<{ number: number; ranking: { number: number }[] }>("dup.ndjson");
      expect(answers.map(({ number }) => number)).toEqual([5, 1, 99]);
      expect(answers[0]?.ranking.map(({ number }) => number).sort()).toEqual([1, 4]);
      expect(answers[1]?.ranking).toEqual([]);
    }
  });

  it.each([
    ["a time that is none", issue(1, "x", { created_at: "yesterday" }), '"created_at"'],
    ["a title that is none", issue(1, "x", { title: null }), '"title"'],
  ])("names the line with %s", (_, line, words) => {
    write("bad.ndjson", [line]);
    const argv = ["--archive", "bad.ndjson", "--queries", "queries.ndjson", "--rankings", "dup.ndjson"];
    const { status, stderr } = frontdesk("duplicates", "evaluate", ...argv);
    expect(status).toBe(3);
    expect(stderr).toContain("bad.ndjson, line 1");
    expect(stderr).toContain(words);
  });

  it("wants its files", () => {
    expect(frontdesk("duplicates").status).toBe(2);
    expect(frontdesk("duplicates", "evaluate").status).toBe(2);
  });
});

describe("frontdesk weights-build", () => {
  beforeAll(() => {
    for (const name of ["claude-docs", "stackfaq", "rust"])
      mkdirSync(join(folder, "data", name), { recursive: true });
    write("data/claude-docs/documents.ndjson", DOCUMENTS);
    write("data/claude-docs/questions.ndjson", [{ id: "q", title: "a proxy", relevant: ["guide#proxy"] }]);
    write("data/stackfaq/pairs.ndjson", [
      { id: "1", title: "Backups", body: "Copy one file.", thread: 1 },
      { id: "2", title: "Themes", body: "Colours are files.", thread: 2 },
    ]);
    write("data/stackfaq/queries.ndjson", [
      { id: "a", title: "copy a backup", body: "", relevant: ["1"] },
      { id: "b", title: "file of colours", body: "", relevant: ["2"] },
    ]);
    const issue = (number: number, title: string) => ({
      number,
      title,
      body: "It crashes.",
      user: { login: `user${number}` },
      created_at: `2013-0${number}-01T00:00:00Z`,
      closed_at: null,
      comments: [],
    });
    const issues = [
      issue(1, "Proxy is ignored"),
      issue(2, "Colours are wrong"),
      issue(6, "Proxy was ignored"),
    ];
    write("data/rust/issues-2010-2014.ndjson.gz", issues);
    write("data/rust/duplicates-2010-2014.ndjson", [{ number: 6, relevant: [1] }]);
  });

  it("writes the same bytes from the same data, with a weight for each feature", () => {
    for (const out of ["one.ts", "two.ts"])
      expect(frontdesk("weights-build", "--data", "data", "--out", out)).toMatchObject({ status: 0 });
    const text = readFileSync(join(folder, "one.ts"), "utf8");
    expect(readFileSync(join(folder, "two.ts"), "utf8")).toBe(text);
    const shipped = readFileSync(new URL("../../src/kb/weights.ts", import.meta.url), "utf8");
    const names = (file: string) => file.replace(/-?\d+(?:\.\d+)?(?:e-\d+)?,$/gm, "#,");
    expect(names(text)).toBe(names(shipped));
  });

  it("says where its data should lie", () => {
    expect(frontdesk("weights-build")).toMatchObject({
      status: 2,
      stderr: expect.stringContaining("--data DIR"),
    });
  });
});
