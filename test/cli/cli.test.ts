import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { UnreadableInput, WrongUse } from "../../src/cli/archive.ts";
import { excerpt } from "../../src/cli/excerpt.ts";
import { failureOf } from "../../src/cli/failure.ts";

const CLI = fileURLToPath(new URL("../../dist/cli.js", import.meta.url));

let folder = "";
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "frontdesk-cli-"));
});
afterAll(() => rmSync(folder, { recursive: true }));

function frontdesk(argv: string[], input = "") {
  const { status, stdout, stderr } = spawnSync(process.execPath, [CLI, ...argv], {
    cwd: folder,
    input,
    encoding: "utf8",
  });
  return { status, stdout, stderr };
}

describe("frontdesk", () => {
  it.each([["help"], ["--help"], ["-h"]])("%s lists the commands in 80 columns", (flag) => {
    const { status, stdout, stderr } = frontdesk([flag]);
    expect([status, stderr]).toEqual([0, ""]);
    expect(stdout).toMatch(/^ {2}settings +\S/m);
    expect(stdout.split("\n").filter((line) => line.length > 80)).toEqual([]);
  });

  it.each([
    ["without a command", [], "Usage: frontdesk COMMAND"],
    ["with a slip in the command", ["setings"], "Did you mean settings?"],
    ["with the name of a method that every object has", ["toString"], "There is no command"],
    ["with an unknown option", ["schema", "--jsn"], "--jsn"],
    ["settings without a file", ["settings", "check"], "Say which file"],
    ["settings with two files", ["settings", "check", "a", "b"], "One file at a time"],
  ])("%s is used wrongly", (_, argv, message) => {
    const { status, stdout, stderr } = frontdesk(argv);
    expect([status, stdout]).toEqual([2, ""]);
    expect(stderr).toContain(message);
  });

  it("COMMAND --help says which arguments it takes", () => {
    expect(frontdesk(["settings", "--help"]).stdout).toContain(
      "frontdesk settings check FILE [--private] [--json]",
    );
  });

  it("ends quietly when nobody reads on", () => {
    const shell = spawnSync("sh", ["-c", `"${process.execPath}" "${CLI}" schema | head -n 1`], {
      encoding: "utf8",
    });
    expect([shell.stdout, shell.stderr]).toEqual(["{\n", ""]);
  });

  it("schema prints a JSON Schema", () => {
    const { status, stdout } = frontdesk(["schema"]);
    expect(status).toBe(0);
    expect(Object.keys((JSON.parse(stdout) as { properties: object }).properties)).toContain("businessHours");
  });
});

describe("frontdesk settings check", () => {
  it.each([
    ["a sound file", "mode: label\n", [], 0, "frontdesk.yml is fine.\n"],
    [
      "a mistake, shown where it is",
      "mode: label\nlanguage: pt-BR\n",
      [],
      1,
      `frontdesk.yml:2:11: error: language: "pt-BR" is not an ISO 639-1 code (two letters, such as en or ja)
  2 | language: pt-BR
                ^
  did you mean: pt

1 to mend. The file would not be used.
`,
    ],
    [
      "a private key in a public file",
      "costs: { people: 1 }\n",
      [],
      1,
      `frontdesk.yml:1:1: ignored: costs: this key is ignored, since everybody can read this file; it belongs in .github/frontdesk.yml of a private repository, or of the private repository .github-private
  1 | costs: { people: 1 }
      ^

1 ignored. The rest of the file would be used.
`,
    ],
    ["the same in a private file", "costs: { people: 1 }\n", ["--private"], 0, "frontdesk.yml is fine.\n"],
  ])("tells %s", (_, text, flags, status, stdout) => {
    writeFileSync(join(folder, "frontdesk.yml"), text);
    expect(frontdesk(["settings", "check", "frontdesk.yml", ...flags])).toEqual({
      status,
      stdout,
      stderr: "",
    });
  });

  it("reads standard input, and answers machines in JSON", () => {
    const { status, stdout } = frontdesk(["settings", "check", "-", "--json"], "mode: lable\n");
    expect(status).toBe(1);
    expect(JSON.parse(stdout)).toMatchObject({
      file: "-",
      usable: false,
      problems: [{ path: "mode", line: 1, column: 7, suggestion: "label" }],
    });
  });

  it.each([
    ["a file that there is not", "nowhere.yml", null, "no such file"],
    ["a folder", ".", null, "directory"],
    ["a file that is not UTF-8", "latin1.yml", Buffer.from([0x6d, 0xe4, 0x3a]), "it is not UTF-8 text"],
  ])("cannot read %s", (_, file, bytes, message) => {
    if (bytes) writeFileSync(join(folder, file), bytes);
    const { status, stderr } = frontdesk(["settings", "check", file]);
    expect(status).toBe(3);
    expect(stderr).toContain(`Cannot read ${file}`);
    expect(stderr).toContain(message);
  });
});

describe("what is thrown", () => {
  it.each([
    [new WrongUse("say it so"), 2, "say it so"],
    [new UnreadableInput("line 3"), 3, "line 3"],
    [new TypeError("x is undefined"), 70, "Please report it"],
    ["a text", 70, "a text"],
  ])("as %s ends with %i", (error, code, text) => {
    expect(failureOf(error).code).toBe(code);
    expect(failureOf(error).text).toContain(text);
  });
});

describe("an excerpt", () => {
  it.each([
    ["of a line", "a\nbcd\n", 2, 2, ["  2 | bcd", "       ^"]],
    ["of a line that steers terminals", "a\u001b[31mb", 1, 1, ["  1 | a [31mb", "      ^"]],
    ["of a line with a tab", "\tab", 1, 2, ["  1 |  ab", "       ^"]],
    ["beyond the text", "a", 9, 1, []],
  ])("%s", (_, text, line, column, expected) => {
    expect(excerpt(text, line, column)).toEqual(expected);
  });

  it("of a long line has what matters in its middle", () => {
    const [line = "", caret = ""] = excerpt(`${"x".repeat(500)}!${"y".repeat(500)}`, 1, 501);
    expect(line[caret.indexOf("^")]).toBe("!");
    expect(line.length).toBeLessThanOrEqual(80);
  });
});
