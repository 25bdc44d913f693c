import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import picomatch from "picomatch";
import { globMatcher } from "../../src/settings/glob-pattern.ts";
import { growth } from "../growth.ts";

describe("a pattern of paths", () => {
  it.each<[string, string[], string[]]>([
    ["README.md", ["README.md"], ["readme.md", "docs/README.md", "READMExmd"]],
    ["docs/**/*.md", ["docs/a.md", "docs/b/c/a.md", "docs/.b/a.md"], ["docs/a.txt", "xdocs/a.md", "docs.md"]],
    ["**/*.md", ["a.md", "b/a.md", ".github/a.md"], ["a.mdx"]],
    ["docs/**", ["docs/a.md", "docs/b/a.md"], ["docsa.md"]],
    ["docs/*", ["docs/a.md", "docs/.a.md"], ["docs/b/a.md"]],
    ["docs/a**b.md", ["docs/ab.md", "docs/axb.md"], ["docs/a/b.md"]],
    ["docs/?.md", ["docs/a.md", "docs/文.md"], ["docs/.md", "docs/ab.md", "docs//.md"]],
    ["docs/[ab].md", ["docs/a.md"], ["docs/c.md", "docs/[ab].md"]],
    ["docs/[a-c]*.md", ["docs/b1.md"], ["docs/d1.md"]],
    ["docs/[!a].md", ["docs/b.md"], ["docs/a.md", "docs//.md"]],
    ["{docs,guides/**}/*.md", ["docs/a.md", "guides/x/a.md"], ["other/a.md", "docs/x/a.md"]],
    ["a,b.md", ["a,b.md"], ["a", "b.md"]],
    ["a+(b).md|$^", ["a+(b).md|$^"], ["a+(b).md"]],
  ])("%s", (glob, meant, others) => {
    const matches = globMatcher(glob);
    expect(meant.filter((path) => !matches(path))).toEqual([]);
    expect(others.filter(matches)).toEqual([]);
  });

  it("means what a widely used library takes it for", () => {
    const step = fc.constantFrom("a", "b", "*", "**", "a*", "*.md", "?", "[ab]", "{a,b*}");
    const name = fc.constantFrom("a", "b", "ab", "x.md", "ab.md", ".a");
    fc.assert(
      fc.property(
        fc.array(step, { minLength: 1, maxLength: 4 }),
        fc.array(name, { minLength: 1, maxLength: 4 }),
        (steps, names) => {
          const [glob, path] = [steps.join("/"), names.join("/")];
          // They differ in one place on purpose: `a/**` is not the folder itself, since only files are asked about.
          fc.pre(!glob.endsWith("**"));
          expect(`${globMatcher(glob)(path)}`).toBe(`${picomatch(glob, { dot: true })(path)}`);
        },
      ),
      { numRuns: 500 },
    );
  });

  it.each([
    ["many stars", "*a*a*a*a*a*a*a*a*a*a*b.md", (length: number) => `${"a".repeat(length)}.md`],
    ["many crossings", `${"**/".repeat(6)}x.md`, (length: number) => `${"a/".repeat(length / 2)}a.md`],
    ["many choices", "{a,aa}{a,aa}{a,aa}{a,aa}{a,aa}{a,aa}*b.md", (length: number) => "a".repeat(length)],
  ])("with %s takes time in line with the path", (_, glob, path) => {
    const matches = globMatcher(glob);
    expect(growth((length) => matches(path(length)))).toBeLessThan(6);
  });
});
