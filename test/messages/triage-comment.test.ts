import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { supportedLanguages } from "../../src/messages/language.ts";
import { hasMarker, marker } from "../../src/messages/marker.ts";
import { type TriageComment, triageComment } from "../../src/messages/triage-comment.ts";
import { FILTERS, hostile, html, tags, text as textOf } from "./github-text.ts";

const QUIET: TriageComment = { language: "en", acknowledgement: false, because: [] };

const article = {
  title: "Install",
  url: "https://x.y/install",
  headings: ["Proxy"],
  passage: "Set `HTTP_PROXY`.",
};

const earlier = { name: "#12", title: "Crash at start", url: "https://github.com/o/r/issues/12" };

/** Everything at once. */
const FULL: TriageComment = {
  language: "en",
  acknowledgement: true,
  greeting: "octocat",
  kind: { kind: "bug", confidence: 0.873 },
  missing: ["OS version", "Steps to reproduce"],
  answers: [article, { title: "FAQ", url: "https://x.y/faq", headings: [], passage: null }],
  duplicates: [{ ...earlier, state: { type: "open" } }],
  related: [{ title: "Logs", url: "https://x.y/logs", headings: [], passage: null }],
  because: ["the word “crash” weighs most"],
};

const say = (triage: Partial<TriageComment>) => triageComment({ ...QUIET, ...triage }) ?? "";

/** What people read before they open the collapsed part or reach the small print. */
const visible = (body: string) => body.split(/<details>|<sub>/)[0]?.trim();

describe("triageComment", () => {
  it("reads well as a whole", () => {
    expect(triageComment(FULL)).toBe(`Hi octocat, thank you for writing.

Your message has reached the team. I have filed it as: bug.

This looks like [Crash at start (#\u200b12)](https://github.com/o/r/issues/12), which is still open. If it is the same, please follow it there.

This may answer your question:

- [Install › Proxy](https://x.y/install)
  > Set \`HTTP_PROXY\`.
- [FAQ](https://x.y/faq)

To look into this, we still need:

- OS version
- Steps to reproduce

Please add it to your text above or in a comment. I will update this comment then.

<details>
<summary>Why?</summary>

Kind: bug (87% sure)

What I went by:

- the word “crash” weighs most

Related: [Logs](https://x.y/logs)

</details>

<sub>🤖 I am Frontdesk, a bot. Wrong label? Team members can simply change it, and it stays that way. Not helpful? Leave a 👎 or comment \`/not-helpful\`, and I will step aside.</sub>

<!-- frontdesk:triage -->`);
  });

  it.each([
    ["nothing at all", {}],
    ["only a kind and reasons", { kind: { kind: "bug" as const, confidence: 0.9 }, because: ["a"] }],
    ["only related articles", { related: [article] }],
    ["only a greeting", { greeting: "octocat" }],
    ["empty lists", { answers: [], duplicates: [], missing: [] }],
  ])("is not posted for %s", (_, triage) => {
    expect(triageComment({ ...QUIET, ...triage })).toBeNull();
  });

  it.each([
    ["an open original", { type: "open" as const }, "looks like LINK, which is still open"],
    ["a fixed one", { type: "fixed" as const, version: "2.1.0" }, "looks like LINK, fixed in 2.1.0."],
    [
      "one completed in an unknown version",
      { type: "done" as const },
      "looks like LINK, which has been fixed.",
    ],
    ["one closed unfixed", { type: "unfixed" as const }, "it may be a regression"],
  ])("calls %s what it is, and always links it", (_, state, words) => {
    const body = say({ duplicates: [{ ...earlier, state }] });
    const link = "[Crash at start (#\u200b12)](https://github.com/o/r/issues/12)";
    expect(body).toContain(link);
    expect(body.replace(link, "LINK")).toContain(words);
  });

  it.each([
    ["policy and form", "https://x.y/policy", "https://x.y/form", ["https://x.y/policy", "https://x.y/form"]],
    ["policy", "https://x.y/policy", null, ["https://x.y/policy"]],
    ["form", null, "https://x.y/form", ["https://x.y/form"]],
    ["neither", null, null, []],
  ])(
    "points to private reporting by %s, and says nothing else",
    (_, policyUrl, privateReportingUrl, urls) => {
      const body = say({ ...FULL, securityPointer: { policyUrl, privateReportingUrl } });
      expect(Array.from(body.matchAll(/\]\((.*?)\)/g), (match) => match[1])).toEqual(urls);
      expect(body).toContain("keep the details out of this thread");
      expect(body.includes("ask the team for a private way")).toBe(urls.length === 0);
      expect(body).not.toMatch(/crash|OS version|details>|label|87%|bug/i);
    },
  );

  it("takes suggestions back when they did not help, and leaves the label's correction to the team", () => {
    const body = say({ ...FULL, withdrawn: true });
    expect(visible(body)).toBe(
      "You told me that this did not help, so I have taken it back and leave this to the team.",
    );
    expect(body).not.toContain("/not-helpful");
  });

  it("greets nobody by name when the account is gone", () => {
    expect(visible(say({ acknowledgement: true, greeting: null }))).toMatch(/^Hello, and thank you/);
  });

  it("links the privacy notice in the small print, if there is one", () => {
    const body = say({ missing: ["OS"], privacyUrl: "https://x.y/privacy" });
    expect(body).toMatch(
      /<sub>.*What I store is told in the \[privacy notice\]\(https:\/\/x\.y\/privacy\)\.<\/sub>/,
    );
    expect(say({ missing: ["OS"], privacyUrl: null })).not.toContain("privacy");
  });

  it("says how to correct a label only when there is one", () => {
    expect(say({ missing: ["OS"] })).not.toContain("Wrong label?");
    expect(say({ missing: ["OS"], kind: { kind: "bug", confidence: 0.9 } })).toContain("Wrong label?");
  });

  it("stays short, however much there is to say", () => {
    const many = Array.from({ length: 100 }, (_, index) => `reason ${index}`);
    const body = say({
      missing: many,
      because: many,
      answers: many.map((title) => ({ ...article, title })),
      related: many.map((title) => ({ ...article, title })),
      duplicates: many.map((title) => ({ ...earlier, title, state: { type: "open" } })),
    });
    expect(html(body).match(/<li>/g)).toHaveLength(20 + 12 + 3);
    expect(body.match(/looks like/g)).toHaveLength(3);
    expect(body.match(/\]\(/g)).toHaveLength(3 + 3 + 5);
  });

  it.each(supportedLanguages)("is one whole in %s", (language) => {
    const body = say({ ...FULL, language });
    const rendered = html(body);
    const elements = "p a ul li blockquote code details summary sub !--".split(" ");
    expect(tags(rendered).sort()).toEqual(elements.sort());
    expect(rendered.match(/<details>[\s\S]*<\/details>\n<p><sub>/)).not.toBeNull();
    expect(body.match(/frontdesk:/g)).toHaveLength(1);
    expect(body).not.toMatch(/\{\w+\}|undefined|null|\[object/);
    if (language !== "en") expect(body).not.toMatch(/\b(?:the team|please|this looks|kind:|I am)\b/i);
  });
});

describe("whatever users and maintainers write", () => {
  const words = fc.record({
    login: hostile,
    title: hostile,
    passage: hostile,
    template: hostile,
    fields: fc.array(hostile, { maxLength: 5 }),
  });

  it("mentions nobody, refers to nothing, and breaks no structure", () => {
    fc.assert(
      fc.property(words, ({ login, title, passage, fields }) => {
        const body = say({
          ...FULL,
          greeting: login,
          missing: fields.length > 0 ? fields : ["OS"],
          because: [title, ...fields],
          answers: [{ title, url: `https://x.y/${title}`, headings: fields, passage: `a ${passage}` }],
          duplicates: [{ ...earlier, title, name: "#12", state: { type: "fixed", version: title } }],
        });
        const rendered = html(body);
        const elements = "p a ul li blockquote code br details summary sub !--".split(" ");
        expect(elements).toEqual(expect.arrayContaining(tags(rendered)));
        expect(rendered.match(/<details>/g)).toHaveLength(1);
        expect(rendered.match(/<!--/g)).toHaveLength(1);
        const own = textOf(rendered);
        for (const [name, filter] of Object.entries(FILTERS)) {
          expect([name, own.match(filter)]).toEqual([name, null]);
        }
      }),
      { numRuns: 100 },
    );
  });

  it("has the marker once, a disclosure, and at most 65,536 characters", () => {
    fc.assert(
      fc.property(words, fc.nat(3000), ({ template, title }, times) => {
        const text = template.repeat(times).slice(0, 2000);
        const overrides = { answer: { en: text }, related: { en: `${text}{links}`.slice(-2000) } };
        const body = say({
          ...FULL,
          overrides,
          because: Array.from({ length: 50 }, () => title.repeat(100)),
          missing: Array.from({ length: 50 }, () => "🙂".repeat(500)),
        });
        expect(body.length).toBeLessThanOrEqual(65_536);
        expect(body.match(/frontdesk:/gi)).toEqual(["frontdesk:"]);
        expect(body.endsWith(marker("triage"))).toBe(true);
        expect(body).toContain("I am Frontdesk, a bot.");
      }),
      { numRuns: 100 },
    );
  });

  it("leaves out the last parts rather than the end when a template is greedy", () => {
    const overrides = { related: { en: "{links}".repeat(280) }, missingHow: { en: "Edit." } };
    const long = { ...article, url: `https://x.y/${"a".repeat(1900)}` };
    const body = say({ ...FULL, overrides, related: [long, long, long, long, long] });
    expect(body.length).toBeLessThanOrEqual(65_536);
    expect(body).not.toContain("<details>");
    expect(body).toContain("Edit.");
    expect(hasMarker(body, "triage")).toBe(true);
  });
});
