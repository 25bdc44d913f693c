import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { link, safeUrl } from "../../src/messages/link.ts";
import { hostile, html, tags } from "./github-text.ts";

describe("safeUrl", () => {
  it.each([
    ["https://github.com/o/my_repo/issues/1#a", "https://github.com/o/my_repo/issues/1#a"],
    ["http://x.y/a b(c)<d>", "http://x.y/a%20b%28c%29%3cd%3e"],
    ["https://x.y/ä?q=1&r=2", "https://x.y/ä?q=1&r=2"],
    ["https://x.y/a\u202eb", "https://x.y/a%e2%80%aeb"],
    ["javascript:alert(1)", "#"],
    ["//x.y", "#"],
    ["https://", "#"],
    ["", "#"],
    [`https://x.y/${"a".repeat(2000)}`, "#"],
    [`https://x.y/${"(".repeat(1000)}`, "#"],
  ])("of %s is %s", (url, safe) => {
    expect(safeUrl(url)).toBe(safe);
  });
});

describe("link", () => {
  it("is one link and nothing else, whatever its parts", () => {
    fc.assert(
      fc.property(hostile, hostile, (text, path) => {
        const rendered = html(link(`a ${text}`, `https://x.y/${path}`));
        expect(rendered.match(/<a href/g)).toHaveLength(1);
        expect(["p", "a", "code"]).toEqual(expect.arrayContaining(tags(rendered)));
      }),
      { numRuns: 300 },
    );
  });
});
