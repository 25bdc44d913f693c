import { describe, expect, it } from "@jest/globals";
import type { Article } from "../../src/kb/article.ts";
import {
  isForVersion,
  isValid,
  languageOfArticle,
  type Situation,
  situationOf,
} from "../../src/kb/situation.ts";

const DAY = 86_400_000;

const article = (changes: Partial<Article> = {}): Article => ({
  path: "a.md",
  title: "a",
  aliases: [],
  product: null,
  language: null,
  versions: [],
  expires: null,
  sections: [],
  ...changes,
});

const situation = (changes: Partial<Situation> = {}): Situation => ({
  language: "en",
  versions: [],
  products: [],
  ...changes,
});

describe("a ticket", () => {
  const articles = [article({ versions: ["2.x", "3"], product: "Lantern CLI" })];

  it.each([
    ["a word for version", "It fails in version 4.1", ["4.1"]],
    ["a form's answer", "### Version\n\n3.2.1\n\n### What happened?\n\nNothing.", ["3.2.1"]],
    ["a v", "Since v3 the export fails", ["3"]],
    ["a number of a known major", "Lantern 2.7.1 on Ubuntu 22.04", ["2.7.1"]],
    ["two of them", "Worked in version 2.9, fails in version 3.0", ["2.9", "3.0"]],
    ["Chinese words", "版本：3.2", ["3.2"]],
    ["nothing but an address and a share", "At 10.0.0.1 it takes 99.5% of the time", []],
  ])("names its version by %s", (_, body, versions) => {
    expect(situationOf({ title: "", body }, "en", articles).versions).toEqual(versions);
  });

  it.each([
    ["The lantern CLI crashes", ["lantern cli"]],
    ["The server crashes", []],
    ["Lantern-cli crashes", ["lantern cli"]],
  ])("names its product: %s", (title, products) => {
    expect(situationOf({ title, body: "" }, "en", articles).products).toEqual(products);
  });
});

describe("an article", () => {
  it.each([
    ["without limits, always", {}, {}, true],
    ["that expired is not", { expires: 10 * DAY }, {}, false],
    ["that will expire is", { expires: 10 * DAY + 1 }, {}, true],
    ["for another product is not", { product: "CLI" }, { products: ["server"] }, false],
    ["for the product in another case is", { product: "CLI" }, { products: ["cli"] }, true],
    ["for a product that the ticket does not name is", { product: "CLI" }, {}, true],
    ["for the version is", { versions: ["1", "2.x"] }, { versions: ["2.3.1"] }, true],
    ["for a version that merely begins alike is not", { versions: ["2.3"] }, { versions: ["2.30"] }, false],
    ["for another version is not", { versions: ["1"] }, { versions: ["2.0"] }, false],
    ["for one of two versions is", { versions: ["1"] }, { versions: ["2.0", "1.9"] }, true],
    ["for a part of what the ticket names is", { versions: ["2.3"] }, { versions: ["2"] }, true],
    ["for all versions is", {}, { versions: ["2.0"] }, true],
  ])("%s valid", (_, changes, said, valid) => {
    expect(isValid(article(changes), situation(said), 10 * DAY)).toBe(valid);
  });

  it("is about a version only if it says so", () => {
    expect(isForVersion(article({ versions: ["v2"] }), { versions: ["2.1"] })).toBe(true);
    expect(isForVersion(article(), { versions: ["2.1"] })).toBe(false);
    expect(isForVersion(article({ versions: ["v2"] }), { versions: [] })).toBe(false);
  });

  const GERMAN =
    "Wenn der Rechner hinter einem Proxy steht, muss dessen Adresse vor dem Start eingetragen werden. ".repeat(
      3,
    );
  it.each([
    ["as it says itself", article({ language: "fr" }), "fr"],
    [
      "by its text",
      article({ sections: [{ anchor: "a", headings: ["Netz"], body: GERMAN, line: 1 }] }),
      "de",
    ],
    ["by its script", article({ title: "プロキシの設定のしかた" }), "ja"],
    ["not, when it is short", article({ title: "Proxy" }), null],
    [
      "not by its code",
      article({
        sections: [{ anchor: "a", headings: ["x"], body: `\`\`\`\n${GERMAN}\n\`\`\``, line: 1 }],
      }),
      null,
    ],
  ])("tells its language %s", (_, page, language) => {
    expect(languageOfArticle(page)).toBe(language);
  });
});
