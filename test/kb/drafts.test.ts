import { describe, expect, it } from "@jest/globals";
import { draftArticles, type Unanswered } from "../../src/kb/drafts.ts";
import { Library } from "../../src/kb/library.ts";
import { quote } from "../../src/kb/quote.ts";

function question(number: number, title: string, answer: Unanswered["answer"] = null): Unanswered {
  return { number, title, body: "", answer };
}

const PROXY = [
  question(3, "How to use a proxy server?"),
  question(8, "Use it with a proxy server", {
    body: "Set HTTPS_PROXY.",
    url: "https://example.org/8",
    accepted: false,
  }),
  question(9, "proxy server: how to use one", {
    body: "Set the variable.",
    url: "https://example.org/9",
    accepted: true,
  }),
];
const OTHERS = [
  "Where are themes stored",
  "Export to spreadsheets",
  "Rename a workspace",
  "Keyboard layout resets",
].map((title, i) => question(20 + i, title));

describe("drafting articles", () => {
  it("gathers the tickets that ask the same, with the accepted answer", () => {
    expect(draftArticles([...OTHERS, ...PROXY])).toEqual([
      {
        title: expect.stringMatching(/proxy/i),
        tickets: [3, 8, 9],
        answer: { body: "Set the variable.", url: "https://example.org/9", number: 9 },
      },
    ]);
  });

  it("drafts nothing for two tickets, nor for none", () => {
    expect(draftArticles([...OTHERS, ...PROXY.slice(0, 2)])).toEqual([]);
    expect(draftArticles([])).toEqual([]);
  });

  it("puts the largest group first, and each ticket into one group", () => {
    const themes = [30, 31, 32, 33].map((number) =>
      question(number, `Dark theme colours of the editor ${number}`),
    );
    const drafts = draftArticles([...PROXY, ...themes]);
    expect(drafts.map(({ tickets }) => tickets)).toEqual([
      [30, 31, 32, 33],
      [3, 8, 9],
    ]);
    expect(drafts[0]?.answer).toBeNull();
  });
});

describe("quoting", () => {
  const library = new Library();
  library.add({ id: "a", title: "Proxies", body: "Some words. Others." });
  library.add({ id: "b", title: "Themes", body: "Colours and the like." });
  const ask = (title: string) => ({ title, body: "" });

  it("takes the sentences about the question, and no code", () => {
    const filler = `${"Colours are nice and many people like them very much indeed. ".repeat(6)}`;
    const section = `${filler}\n\nProxies are set by a variable.\n\n\`\`\`\nexport PROXIES=1\n\`\`\`\n\n${filler}`;
    const passage = quote(library.index, ask("proxies"), section);
    expect(passage).toContain("Proxies are set by a variable.");
    expect(passage).not.toContain("export");
    expect(passage.length).toBeLessThanOrEqual(400);
  });

  it("begins at the beginning where only the heading speaks of the question", () => {
    expect(quote(library.index, ask("proxies"), "Set the variable. Start.")).toBe("Set the variable. Start.");
  });

  it.each([
    ["an empty section", ""],
    ["a section of code alone", "```\nproxies\n```"],
  ])("takes nothing of %s", (_, section) => {
    expect(quote(library.index, ask("proxies"), section)).toBe("");
  });
});
