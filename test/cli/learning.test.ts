import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import type { BacktestFigures } from "../../src/cli/backtest-figures.ts";
import type { Prediction } from "../../src/cli/prediction.ts";
import { makeTickets } from "../learning/corpus.ts";

const CLI = fileURLToPath(new URL("../../dist/cli.js", import.meta.url));

let folder = "";
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "frontdesk-learning-"));
  writeFileSync(join(folder, "archive.ndjson"), archive(250));
  writeFileSync(join(folder, "archive.ndjson.gz"), gzipSync(archive(250)));
  writeFileSync(join(folder, "test.ndjson"), archive(40, 2));
  writeFileSync(join(folder, "broken.ndjson"), '{"title": "a"}\n{"title": 7}\n');
  writeFileSync(join(folder, "settings.yml"), "classification:\n  ignoreLabels: [editor]\n");
  writeFileSync(join(folder, "broken.yml"), "clasification: 1\n");
});
afterAll(() => rmSync(folder, { recursive: true }));

/** Tickets as GitHub's REST gives them, and a pull request at the end. */
function archive(count: number, seed = 1): string {
  const issues = makeTickets(count, seed).map(({ labels, ...ticket }, i) => ({
    ...ticket,
    number: i + 1,
    labels: labels.map((name) => ({ name })),
    created_at: new Date(Date.UTC(2024, 0, 1) + i * 3_600_000).toISOString(),
  }));
  const lines = [
    ...issues,
    { number: count + 1, title: "A change", body: null, labels: [], pull_request: {} },
  ];
  return lines.map((line) => `${JSON.stringify(line)}\n`).join("");
}

function frontdesk(argv: string[], input = "") {
  const { status, stdout, stderr } = spawnSync(process.execPath, [CLI, ...argv], {
    cwd: folder,
    input,
    encoding: "utf8",
  });
  return { status, stdout, stderr };
}

function lines<T>(text: string): T[] {
  return text
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line) as T);
}

describe("frontdesk backtest", () => {
  it("tests on the newest fifth, with a prediction for each ticket and none for the pull request", () => {
    const { status, stdout } = frontdesk(["backtest", "archive.ndjson", "--predictions", "out.ndjson"]);
    expect(status).toBe(0);
    expect(stdout).toContain("Learned from 200 tickets, tested on 50");
    const predictions = lines<Prediction>(readFileSync(join(folder, "out.ndjson"), "utf8"));
    expect(predictions.map(({ number }) => number)).toEqual(Array.from({ length: 50 }, (_, i) => i + 201));
    for (const { kind, confidence, labels } of predictions) {
      expect(["bug", "feature", "question"]).toContain(kind);
      expect(confidence).toBeGreaterThan(1 / 3 - 1e-4);
      expect(labels.every((label) => label.confidence >= 0.05)).toBe(true);
    }
  });

  it("finds kinds and labels that have their own words, and gives figures for machines", () => {
    const { stdout } = frontdesk(["backtest", "archive.ndjson.gz", "--test", "test.ndjson", "--json"]);
    const { kinds, labels, tested } = JSON.parse(stdout) as BacktestFigures;
    expect(tested).toBe(40);
    expect(kinds?.accuracy).toBeGreaterThan(0.9);
    expect(labels?.applied.precision).toBeGreaterThan(0.85);
    expect(labels?.applied.found).toBeGreaterThan(0.8);
    expect(labels?.perLabel.map(({ name }) => name).sort()).toEqual(["editor", "network"]);
  });

  it("leaves ignored labels alone", () => {
    const argv = ["backtest", "archive.ndjson", "--settings", "settings.yml", "--json"];
    const { labels } = JSON.parse(frontdesk(argv).stdout) as BacktestFigures;
    expect(labels?.perLabel.map(({ name }) => name)).toEqual(["network"]);
  });

  it("gives a maintainer figures, mistakes and what the last tickets would have got", () => {
    const { stdout } = frontdesk(["backtest", "archive.ndjson"]);
    expect(stdout).toMatch(/^ +network +\d+ +\d+ +[\d.]+% +[\d.]+%/m);
    expect(stdout).toContain("What would have been applied to the last 30 tickets:");
    expect(stdout).toContain("expected calibration error");
  });
});

describe("frontdesk train and classify", () => {
  const ticket = JSON.stringify({ number: 9, title: "The proxy fails after updating", body: "Every time." });

  it("classify as backtest does, a line for each line, in order", () => {
    expect(frontdesk(["train", "archive.ndjson", "--out", "model.gz"])).toMatchObject({
      status: 0,
      stdout: "",
    });
    const input = `${ticket}\n${JSON.stringify({ title: "How do I use the cursor?" })}\n`;
    const { status, stdout } = frontdesk(["classify", "--model", "model.gz"], input);
    const [first, second] = lines<Prediction>(stdout);
    expect(status).toBe(0);
    expect(first).toMatchObject({ number: 9, kind: "bug" });
    expect(first?.labels.filter(({ applied }) => applied).map(({ name }) => name)).toEqual(["network"]);
    expect(second).toMatchObject({ kind: "question" });
    expect(Object.keys(first ?? {})).toEqual([
      "number",
      "kind",
      "confidence",
      "applied",
      "labels",
      "because",
    ]);
  });

  it("without a model know all six kinds and no label", () => {
    const { stdout } = frontdesk(["classify"], JSON.stringify({ title: "Typo in the docs", body: null }));
    expect(lines<Prediction>(stdout)).toMatchObject([{ kind: "documentation", labels: [] }]);
  });

  it("give nothing for nothing", () => {
    expect(frontdesk(["classify"])).toMatchObject({ status: 0, stdout: "" });
  });
});

describe("frontdesk language", () => {
  it("gives a language for each line, in order", () => {
    const input =
      '{"title": "打开设置时应用程序崩溃"}\n\n{"text": "The application crashes when I open it"}\n';
    const { stdout } = frontdesk(["language"], input);
    expect(lines(stdout)).toEqual([{ language: "zh" }, { language: "en" }]);
  });
});

describe("the learning commands", () => {
  it.each([
    ["backtest without an archive", ["backtest"], 2, "frontdesk backtest ARCHIVE"],
    ["train without a place for the model", ["train", "archive.ndjson"], 2, "--out MODEL"],
    ["classify with a file", ["classify", "archive.ndjson"], 2, "standard input"],
    ["an archive that is not there", ["backtest", "none.ndjson"], 3, "Cannot read none.ndjson"],
    ["a broken line", ["backtest", "broken.ndjson"], 3, 'broken.ndjson, line 2: "title" must be a text'],
    ["broken settings", ["backtest", "archive.ndjson", "--settings", "broken.yml"], 3, "broken.yml, line 1"],
    ["a model that is none", ["classify", "--model", "archive.ndjson"], 3, "Cannot read archive.ndjson"],
    ["a model to build without data", ["model-build"], 2, "--data DIR"],
  ])("end with their exit code: %s", (_, argv, code, message) => {
    const { status, stdout, stderr } = frontdesk(argv);
    expect([status, stdout]).toEqual([code, ""]);
    expect(stderr).toContain(message);
  });

  it("name the line of a broken ticket on standard input", () => {
    const { status, stderr } = frontdesk(["classify"], '{"title": "a"}\nnot JSON\n');
    expect(status).toBe(3);
    expect(stderr).toContain("standard input, line 2");
  });

  it("take an archive of three tickets, and one of none", () => {
    writeFileSync(join(folder, "three.ndjson"), archive(3));
    writeFileSync(join(folder, "empty.ndjson"), "");
    expect(frontdesk(["backtest", "three.ndjson", "--test", "test.ndjson"]).status).toBe(0);
    expect(frontdesk(["backtest", "empty.ndjson", "--test", "test.ndjson"]).status).toBe(0);
    expect(frontdesk(["backtest", "empty.ndjson"]).status).toBe(0);
  });
});
