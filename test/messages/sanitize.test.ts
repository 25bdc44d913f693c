import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { inlineCode, neutralize } from "../../src/messages/sanitize.ts";
import { FILTERS, hostile, html, tags, text as textOf } from "./github-text.ts";

const show = (text: string) => text.replaceAll("\u200b", "¦");

const form = fc.constantFrom("inline" as const, "block" as const);

describe("neutralize", () => {
  it.each([
    ["a mention", "ask @octocat", "ask @¦octocat"],
    ["a team", "@octo-org/support", "@¦octo-org/support"],
    ["a mention by entity", "&#64;octocat &commat;x &#x40;y", "&¦#¦64;octocat &¦commat;x &¦#x40;y"],
    ["a full-width mention", "＠octocat", "＠¦octocat"],
    ["an e-mail address", "me@example.com", "me@¦example.com"],
    ["a reference", "see #12", "see #¦12"],
    ["a reference elsewhere", "see o/r#12", "see o/r#¦12"],
    ["a GH reference", "see gh-12", "see gh-¦12"],
    ["an issue's address", "https://github.com/o/r/issues/5", "https¦://github.com/o/r/issues/¦5"],
    ["a commit", "since 0123456789ab", "since 012345¦6789ab"],
    ["a bare domain", "www.example.com", "www¦.example.com"],
    ["a link", "[here](https://x.y)", "\\[here\\](https¦://x.y)"],
    ["an image", "![x](http://x.y/z.png)", "!\\[x\\](http¦://x.y/z.png)"],
    ["a tag", "<img src=x>", "&lt;img src=x>"],
    ["a comment with our marker", "<!-- frontdesk:triage -->", "&lt;!-- frontdesk¦:triage -->"],
    ["our marker with other letters", "FrontDesk:triage", "FrontDesk¦:triage"],
    ["our marker behind a digest", "abcdef1frontdesk:x", "abcdef¦1frontdesk¦:x"],
    ["our marker as a scheme", "frontdesk://x", "frontdesk¦://x"],
    ["our marker with a hidden joint", "front\u200bdesk\u2060:x", "frontdesk¦:x"],
    ["emphasis", "**b** _i_ ~~s~~", "\\*\\*b\\*\\* \\_i\\_ \\~\\~s\\~\\~"],
    ["backticks", "```sh", "\\`\\`\\`sh"],
    ["control characters", "a\u0000b\u001bc\u0085d", "abc d"],
    ["reversed text", "a\u202eb\u2066c", "abc"],
    ["half a surrogate pair", "a\ud83db", "a\ufffdb"],
    ["a family", "👨‍👩‍👧 x", "👨‍👩‍👧 x"],
    ["joiners beside ASCII", "@\u200doctocat", "@¦octocat"],
    ["marks piled up", `e${"\u0301".repeat(50)}`, `e${"\u0301".repeat(4)}`],
    ["code", "run `npm i @types/node` now", "run `npm i @¦types/node` now"],
    ["code that holds HTML", "`<b>`", "`<¦b>`"],
    ["a version", "2.1.0 crashes", "2.1.0 crashes"],
    ["plain words", "It crashes: why? (v2.1, 50 %)", "It crashes: why? (v2.1, 50 %)"],
    ["other scripts", "アプリが起動しない", "アプリが起動しない"],
  ])("disarms %s", (_, text, expected) => {
    expect(show(neutralize(text))).toBe(show(expected));
  });

  it.each([
    ["a heading", "# Big", "\\# Big"],
    ["a list", "- a\n+ b\n12. c\n3) d", "\\- a\n\\+ b\n12\\. c\n3\\) d"],
    ["an underline", "Title\n=====\nOther\n-----", "Title\n\\=====\nOther\n\\-----"],
    ["a quote", "> said", "\\> said"],
    ["a table", "|a|b|\n|-|-|", "\\|a\\|b\\|\n\\|-\\|-\\|"],
    ["a table of one column", "a\n:-:", "a\n\\:-:"],
    ["indented code", "a\n\n    b", "a\n\nb"],
    ["a heap of empty lines", "a\n\n \n\n\nb", "a\n\nb"],
  ])("keeps the lines of a block, but not %s", (_, text, expected) => {
    expect(neutralize(text, { allow: "block" })).toBe(expected);
    expect(neutralize(text)).not.toContain("\n");
  });

  it.each([
    ["short enough", "abc", 3, "abc"],
    ["too long", "abcdef", 4, "abc…"],
    ["cut before a gap, not inside", "abc @octocat", 6, "abc…"],
    ["cut before a family, not inside", "ab👨‍👩‍👧cd", 6, "ab…"],
    ["cut before an accent's letter", "abe\u0301cd", 4, "ab…"],
    ["no room", "abc", 0, ""],
  ])("is %s", (_, text, maxLength, expected) => {
    expect(neutralize(text, { maxLength })).toBe(expected);
  });

  it.each([
    [
      "commands",
      "Run:\n\n```sh\nnpm ci\n  npm start\n```\n\nDone.",
      "Run:\n\n`npm ci`\n`npm start`\n\nDone.",
    ],
    ["what is left open", "~~~\nnpm ci", "`npm ci`"],
    ["a fence in a fence", "````md\n```\na\n```\n````", "\\`\\`\\`\n`a`\n\\`\\`\\`"],
  ])("makes lines of code of fenced %s", (_, text, expected) => {
    expect(neutralize(text, { allow: "block" })).toBe(expected);
  });

  it("leaves nothing for GitHub's filters and no element but lines and code, once or twice applied", () => {
    fc.assert(
      fc.property(hostile, form, (text, allow) => {
        const once = neutralize(text, { allow });
        for (const safe of [once, neutralize(once, { allow })]) {
          const rendered = html(safe);
          expect(["p", "code", "br"]).toEqual(expect.arrayContaining(tags(rendered)));
          for (const [name, filter] of Object.entries(FILTERS)) {
            expect([name, textOf(rendered).match(filter)]).toEqual([name, null]);
          }
        }
      }),
      { numRuns: 400 },
    );
  });

  it("leaves no commit outside of code, and nothing invisible", () => {
    fc.assert(
      fc.property(hostile, form, (text, allow) => {
        const safe = neutralize(text, { allow });
        const prose = textOf(html(safe).replace(/<code>.*?<\/code>/gs, " "));
        expect(prose).not.toMatch(/(?<![0-9a-z])[0-9a-f]{7,40}(?![0-9a-z])/i);
        expect(safe).not.toMatch(/(?!\n)[\p{Cc}\u202a-\u202e\u2066-\u2069\u00ad\ufeff]/u);
      }),
      { numRuns: 400 },
    );
  });

  it("adds no element to the list, the quote or the link that it stands in", () => {
    fc.assert(
      fc.property(hostile, (text) => {
        expect(tags(html(`- ${neutralize(text)}`)).filter((tag) => tag !== "code")).toEqual(["ul", "li"]);
        expect(tags(html(`[a ${neutralize(text)}](https://x.y)`)).filter((tag) => tag !== "code")).toEqual([
          "p",
          "a",
        ]);
      }),
      { numRuns: 200 },
    );
  });

  it("stays within its length and is well-formed", () => {
    fc.assert(
      fc.property(hostile, form, fc.nat(80), (text, allow, maxLength) => {
        const safe = neutralize(text, { allow, maxLength });
        expect(safe.length).toBeLessThanOrEqual(maxLength);
        expect(safe).not.toMatch(/\p{Cs}/u);
      }),
      { numRuns: 400 },
    );
  });

  it("says the same to a reader", () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[a-z0-9 #@<>*_~.:!?()&;|$\\[\]-]{1,40}$/), (text) => {
        const seen = textOf(html(neutralize(text))).replaceAll("\u200b", "");
        expect(seen).toBe(text.replace(/\s+/g, " ").trim());
      }),
    );
  });

  it.each([
    ["everything", "@a #1 `b` <c> "],
    ["spaces", " "],
    ["backticks", "`"],
    ["tildes", "~"],
    ["fences", "```\n"],
    ["growing fences", "~~~~ `\n~~~\n"],
    ["half-open code", "`a\n"],
    ["hexadecimal digits", "a1"],
    ["marks", "\u0301"],
    ["joiners", "\u200d"],
    ["line breaks", "\n"],
    ["quotes", "> > "],
  ])("takes the longest body in a moment, full of %s", (_, piece) => {
    const bodies = [piece.repeat(65_536 / piece.length), `~~~\n${piece.repeat(60_000 / piece.length)}x\``];
    const start = performance.now();
    for (const body of bodies) {
      expect(neutralize(body, { maxLength: 1000 }).length).toBeLessThanOrEqual(1000);
      expect(neutralize(body, { maxLength: 1000, allow: "block" }).length).toBeLessThanOrEqual(1000);
    }
    // Milliseconds; a quadratic search takes tens of seconds.
    expect(performance.now() - start).toBeLessThan(2000);
  });
});

describe("inlineCode", () => {
  it.each([
    ["a name", "OS version", "`OS version`"],
    ["a backtick", "a`b", "``a`b``"],
    ["backticks at the ends", "`a`", "`` `a` ``"],
    ["a fence", "```", "```` ``` ````"],
    ["nothing", "", "`  `"],
    ["lines", "a\nb", "`a b`"],
    ["a mention and a reference", "@a #1", "`@¦a #¦1`"],
    ["our marker", "<!-- frontdesk:triage -->", "`<¦!-- frontdesk¦:triage -->`"],
  ])("wraps %s", (_, text, expected) => {
    expect(show(inlineCode(text))).toBe(expected);
  });

  it("cannot be left from inside", () => {
    fc.assert(
      fc.property(hostile, (text) => {
        const code = inlineCode(text);
        const [fence = ""] = code.match(/^`+/) ?? [];
        const inner = code.slice(fence.length, -fence.length);
        expect(code.endsWith(fence)).toBe(true);
        expect((inner.match(/`+/g) ?? []).filter((run) => run.length >= fence.length)).toEqual([]);
        expect(inner).not.toMatch(/[@＠﹫][a-z0-9]|#\d|frontdesk:|[a-z]:\/\/|<[a-z!/]|\n/i);
      }),
      { numRuns: 400 },
    );
  });
});
