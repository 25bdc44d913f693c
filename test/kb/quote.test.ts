import { describe, expect, it } from "@jest/globals";
import { Library } from "../../src/kb/library.ts";
import { quote } from "../../src/kb/quote.ts";

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

  it("keeps addresses: what is to be typed is often one", () => {
    const section =
      "Set `PROXIES` to yours, such as `http://proxy:3128`, and see https://example.com/proxies.";
    expect(quote(library.index, ask("proxies"), section)).toBe(section);
  });

  it.each([
    ["an empty section", ""],
    ["a section of code alone", "```\nproxies\n```"],
  ])("takes nothing of %s", (_, section) => {
    expect(quote(library.index, ask("proxies"), section)).toBe("");
  });
});
