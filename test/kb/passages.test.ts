import { describe, expect, it } from "@jest/globals";
import { splitPassages } from "../../src/kb/passages.ts";

describe("splitting Markdown into prose and code", () => {
  it.each([
    ["a fence is code", "It fails:\n```rust\nfn main() {}\n```\nWhy?", "It fails:\nWhy?", "fn main() {}"],
    ["a fence of tildes is code", "a\n~~~\nb\n~~~", "a", "b"],
    ["a longer fence holds a shorter one", "````\n```\nx\n```\n````\nafter", "after", "```\nx\n```"],
    ["an open fence runs to the end", "a\n```\nb\nc", "a", "b\nc"],
    [
      "indented lines after a blank one are code",
      "a\n\n    let x = 1;\n    let y = 2;\n\nb",
      "a\nb",
      "    let x = 1;\n    let y = 2;",
    ],
    ["an indented continuation of a paragraph is prose", "a\n    b", "a\n    b", ""],
    ["an indented list item is prose", "a\n\n    - b", "a\n    - b", ""],
    ["comments of templates go", "a <!-- fill in\nthis --> b", "a   b", ""],
    ["an unclosed comment goes to the end", "a <!-- b\nc", "a", ""],
    ["tags go, types stay", "<b>see</b> Vec<T>", " see  Vec<T>", ""],
    ["of a link its text stays", 'see [the guide](https://example.org/g "t")', "see the guide", ""],
    ["of an address its path stays", "see https://example.org/docs/install", "see  /docs/install", ""],
    ["old line ends work", "a\r\n```\r\nb\r\n```\r\nc", "a\nc", "b"],
  ])("%s", (_, markdown, prose, code) => {
    const split = splitPassages(markdown);
    expect(split.prose.trim()).toBe(prose.trim());
    expect(split.code).toBe(code);
  });
});
