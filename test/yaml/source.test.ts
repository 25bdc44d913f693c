import { describe, expect, it } from "@jest/globals";
import { readYaml } from "../../src/yaml/source.ts";

const told = (text: string) =>
  readYaml(text).problems.map(
    ({ line, column, message, suggestion }) =>
      `${line}:${column} ${message}${suggestion === undefined ? "" : ` -> ${suggestion}`}`,
  );

describe("a YAML text", () => {
  it("becomes plain data, whose places and spellings are known", () => {
    const source = readYaml("labels:\n  bug: +1\nteam: [a, b]\n");
    expect(source.value).toEqual({ labels: { bug: 1 }, team: ["a", "b"] });
    expect(source.keyAt(["labels", "bug"])).toEqual({ line: 2, column: 3 });
    expect(source.valueAt(["labels", "bug"])).toEqual({ line: 2, column: 8 });
    expect(source.writtenAt(["labels", "bug"])).toBe("+1");
    expect(source.valueAt(["team", 1])).toEqual({ line: 3, column: 11 });
    expect(source.valueAt(["team", 2])).toBeUndefined();
  });

  it("has its aliases written out, each at its own place", () => {
    const source = readYaml("a: &list [x]\nb: *list\n");
    expect(source.value).toEqual({ a: ["x"], b: ["x"] });
    expect(source.valueAt(["b", 0])).toEqual({ line: 2, column: 4 });
  });

  it.each([
    ["indented by a tab", "a:\n\tb: 1", "2:1 not YAML: this line is indented by a tab; YAML wants spaces"],
    ["with a key twice", "a: 1\nb: 2\na: 3", '3:1 "a" is written twice, first on line 1; keep one of them'],
    [
      "with a colon in a value",
      "a: b: c",
      "1:4 not YAML: a value with a colon followed by a space belongs in quotes",
    ],
    [
      "with a mention without quotes",
      "a: @octo-org/x",
      '1:4 text that begins with @ belongs in quotes -> "@octo-org/x"',
    ],
    ["with a glob without quotes", "a: [*.md]", '1:5 text that begins with * belongs in quotes -> "*.md"'],
    ["with a bracket left open", "a: [1, 2", "1:9 not YAML: a bracket is not closed, ] is missing"],
    ["with a quote left open", 'a: "x', "1:6 not YAML: a quote, bracket, comma or colon is missing here"],
    [
      "with a quote inside of quotes",
      "a: 'it's'",
      "1:8 not YAML: something follows a value that has ended; a text with quotes or commas belongs in quotes",
    ],
    [
      "with uneven indentation",
      "a:\n  b: 1\n c: 2",
      "3:1 not YAML: this line's indentation does not fit the lines above it",
    ],
    [
      "without a colon",
      "a\nb: 1",
      "1:1 not YAML: a colon is missing after a key, or a quote at the end of a text",
    ],
    [
      "with a tag",
      "a: !env X",
      "1:4 not YAML: tags (!word) are not understood; text that begins with ! belongs in quotes",
    ],
    ["with a list as a key", "? [a]\n: 1", "1:3 not YAML: only text can be a key"],
    [
      "of two documents",
      "a: 1\n---\nb: 2",
      "2:1 not YAML: the file has several documents; only one is read, so no line may be ---",
    ],
    [
      "with a key that reaches for prototypes",
      "a: { __proto__: 1 }",
      '1:6 "__proto__" cannot be a key; give it another name',
    ],
    ["with an alias inside of what it repeats", "a: &a [*a]", "1:8 *a stands inside of what it repeats"],
  ])("%s is told how to mend it", (_, text, expected) => {
    expect(told(text)).toEqual([expected]);
  });

  it("tells the first error of each line only", () => {
    expect(told("a: b: c: d: e\n")).toHaveLength(1);
  });
});

describe("a hostile YAML text", () => {
  const levels = "abcdefghij".split("");
  const bomb = levels
    .map((name, i) => `${name}: &${name} [${Array(9).fill(i === 0 ? "x" : `*${levels[i - 1]}`)}]`)
    .join("\n");

  it.each([
    ["of brackets", "[".repeat(30_000), "the file is nested too deeply to be read"],
    ["of braces", "{a: ".repeat(15_000), "the file is nested too deeply to be read"],
    ["of dashes", "- ".repeat(30_000), "the file is nested too deeply to be read"],
    ["of question marks", "? ".repeat(30_000), "the file is nested too deeply to be read"],
    [
      "of stairs",
      Array.from({ length: 300 }, (_, i) => `${" ".repeat(i)}a:`).join("\n"),
      "the file is nested too deeply to be read",
    ],
    ["of aliases that stand for billions", bomb, "with its aliases, the file has over 50000 values"],
    ["of 200 KiB", `# ${"x".repeat(200 * 1024)}`, "the file has 201 KiB; settings have at most 64 KiB"],
  ])("%s is refused", (_, text, message) => {
    expect(readYaml(text).problems.map((problem) => problem.message)).toEqual([message]);
  });

  it.each([
    ["of keys", Array.from({ length: 6_000 }, (_, i) => `key${i}: 1`).join("\n")],
    ["of aliases", `a: &a 1\n${Array.from({ length: 5_000 }, (_, i) => `key${i}: *a`).join("\n")}`],
    ["of quotes", '"'.repeat(10_000)],
    ["of anchors", "&a ".repeat(4_000)],
  ])("%s is read in linear time", (_, text) => {
    const half = text.slice(0, text.length / 2);
    const time = (part: string) => {
      const begin = process.hrtime.bigint();
      readYaml(part);
      return Number(process.hrtime.bigint() - begin) / 1e6;
    };
    time(half);
    // Four times for twice the text would be quadratic; 64 s were seen for the aliases.
    expect(time(text)).toBeLessThan(8 * Math.max(time(half), 50));
  });
});
