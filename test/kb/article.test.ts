import { describe, expect, it } from "@jest/globals";
import { Anchors } from "../../src/kb/anchor.ts";
import { parseArticle } from "../../src/kb/article.ts";
import { plainText } from "../../src/kb/sections.ts";

function sections(markdown: string) {
  return (parseArticle("a.md", markdown).article?.sections ?? []).map(({ anchor, headings, body }) => [
    anchor,
    headings.join(" > "),
    body,
  ]);
}

describe("anchors are GitHub's", () => {
  it.each([
    ["a heading", ["Getting Started"], ["getting-started"]],
    ["punctuation goes, blanks beside it stay", ["What's new? (2.0) & more"], ["whats-new-20--more"]],
    ["an emoji goes, its blank stays", ["🚀 Launch"], ["-launch"]],
    ["underscores and hyphens stay", ["foo_bar-baz"], ["foo_bar-baz"]],
    [
      "letters of all scripts stay",
      ["Über uns", "インストール", "Привет, мир"],
      ["über-uns", "インストール", "привет-мир"],
    ],
    ["repeated ones are numbered", ["A", "A", "A"], ["a", "a-1", "a-2"]],
    [
      "a number that is taken is passed over",
      ["Echo", "Echo", "Echo 1", "Echo-1", "Echo"],
      ["echo", "echo-1", "echo-1-1", "echo-1-2", "echo-2"],
    ],
    ["nothing but punctuation", ["???", "!!!"], ["", "-1"]],
  ])("%s", (_, headings, expected) => {
    const anchors = new Anchors();
    expect(headings.map((heading) => anchors.next(heading))).toEqual(expected);
  });

  it.each([
    ["[Install](x.md) `npm`", "Install npm"],
    ["**Bold** and *thin* __both__", "Bold and thin both"],
    ["snake_case_name", "snake_case_name"],
    ["![logo](x.png) Title", "Title"],
    ["1 \\* 2", "1 * 2"],
    ['<a name="x"></a>Here', "Here"],
  ])("the text of %s is %s", (markdown, text) => {
    expect(plainText(markdown)).toBe(text);
  });
});

describe("sections", () => {
  it("know their place and hold what stands under them", () => {
    expect(sections("intro\n# A\none\n## B\ntwo\n# C\nthree")).toEqual([
      ["", "", "intro"],
      ["a", "A", "one"],
      ["b", "A > B", "two"],
      ["c", "C", "three"],
    ]);
  });

  it.each([
    [
      "underlined headings",
      "Top\n===\nx\n\nSub\n---\ny",
      [
        ["top", "Top", "x"],
        ["sub", "Top > Sub", "y"],
      ],
    ],
    ["headings of HTML", '<h2 align="center">Hi there</h2>\nx', [["hi-there", "Hi there", "x"]]],
    ["closing marks", "## A ##\nx", [["a", "A", "x"]]],
    ["a comment of a shell is no heading", "```sh\n# no\n```", [["", "", "```sh\n# no\n```"]]],
    ["a line under a list is no heading", "- a\n---", [["", "", "- a\n---"]]],
    ["no blank after the mark, no heading", "#hashtag", [["", "", "#hashtag"]]],
    ["an open fence swallows the rest", "# A\n```\n# B", [["a", "A", "```\n# B"]]],
  ])("%s", (_, markdown, expected) => {
    expect(sections(markdown)).toEqual(expected);
  });

  it("of a generated page of 20,000 headings are cut off, in little time", () => {
    const begin = performance.now();
    const { article } = parseArticle("a.md", "# Same\ntext\n".repeat(20_000));
    expect(article?.sections).toHaveLength(4_999);
    expect(performance.now() - begin).toBeLessThan(3_000);
  });
});

describe("front matter", () => {
  it("says what the article is and for whom", () => {
    const { article, problems } = parseArticle(
      "docs/proxy.md",
      "---\ntitle: Proxies\naliases: [no network, behind a firewall]\nproduct: CLI\nlanguage: EN-gb\nversions: 2\nexpires: 2027-01-31\n---\n# Body\nx",
    );
    expect(problems).toEqual([]);
    expect(article).toMatchObject({
      title: "Proxies",
      aliases: ["no network", "behind a firewall"],
      product: "CLI",
      language: "en",
      versions: ["2"],
      expires: Date.UTC(2027, 0, 31),
    });
    expect(article?.sections[0]).toMatchObject({ anchor: "body", line: 9 });
  });

  it("that is not YAML is named with its line, and the article is left out", () => {
    const { article, problems } = parseArticle("docs/x.md", "---\ntitle: a\nbad: [1, 2\n---\ntext");
    expect(article).toBeNull();
    expect(problems).toHaveLength(1);
    expect(problems[0]).toMatchObject({ severity: "error", file: "docs/x.md", path: "" });
    expect(problems[0]?.line).toBeGreaterThanOrEqual(3);
    expect(problems[0]?.suggestion).toBeTruthy();
  });

  it.each([
    ["expires: soon", "expires"],
    ["title: [a, b]", "title"],
    ["aliases: { a: b }", "aliases"],
  ])("%s is ignored and named", (line, path) => {
    const { article, problems } = parseArticle("docs/x.md", `---\n${line}\n---\ntext`);
    expect(article).toMatchObject({ title: "x", aliases: [], expires: null });
    expect(problems).toEqual([
      expect.objectContaining({ severity: "ignored", file: "docs/x.md", path, line: 2 }),
    ]);
  });

  it.each([
    ["a page that begins with a rule", "---\nJust a line.\n---\ntext"],
    ["a rule that is never closed", "---\n# Title\ntext"],
    ["none at all", "# Title\n"],
  ])("%s has none, and is an article", (_, markdown) => {
    expect(parseArticle("a.md", markdown)).toMatchObject({ article: { path: "a.md" }, problems: [] });
  });

  it("with a bomb of aliases is refused", () => {
    const lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x]"];
    for (let i = 1; i < 9; i++)
      lines.push(
        `a${i}: &a${i} [${Array(9)
          .fill(`*a${i - 1}`)
          .join(", ")}]`,
      );
    const { article, problems } = parseArticle("a.md", `---\n${lines.join("\n")}\n---\nx`);
    expect(article).toBeNull();
    expect(problems[0]?.severity).toBe("error");
  });
});

describe("a page that includes itself", () => {
  it.each([
    "<!-- @include: a.md -->",
    "{% include_relative a.md %}",
    "--8<-- 'a.md'",
    "![[a.md]]",
    "```{include} a.md\n```",
  ])("by %j is read as it stands: nothing is included", (line) => {
    const { article, problems } = parseArticle("a.md", `# Title\n\n${line}\n\nText.`);
    expect(problems).toEqual([]);
    expect(article?.sections).toEqual([
      expect.objectContaining({ anchor: "title", body: `${line}\n\nText.` }),
    ]);
  });
});

describe("unusable files", () => {
  it.each([
    ["a binary file", "PNG\0\0\0"],
    ["an enormous file", "x".repeat(2_000_001)],
  ])("%s is left out with a Problem", (_, markdown) => {
    const { article, problems } = parseArticle("a.md", markdown);
    expect(article).toBeNull();
    expect(problems[0]).toMatchObject({ severity: "error", file: "a.md" });
  });
});
