import { describe, expect, it } from "@jest/globals";
import { supportedLanguages } from "../../src/messages/language.ts";
import { securityNotice, slaNotice } from "../../src/messages/notice.ts";

const HOUR = 3_600_000;
const ticket = { name: "o/my_r#12", url: "https://github.com/o/my_r/issues/12" };
const link = "[o/my\\_r#\u200b12](https://github.com/o/my_r/issues/12)";

describe("slaNotice", () => {
  it.each([
    ["en", "firstResponse" as const, 2 * HOUR, `${link}: first response is due in 2 hours.`],
    ["en", "nextResponse" as const, 0, `${link}: next response is due in 0 seconds.`],
    ["en", "resolution" as const, -HOUR / 2, `${link}: resolution is overdue. It was due 30 minutes ago.`],
    ["de", "firstResponse" as const, 2 * HOUR, `${link}: erste Antwort in 2 Stunden fällig.`],
    ["ru", "resolution" as const, -HOUR, `${link}: решение, срок пропущен. Он истёк 1 час назад.`],
  ])("in %s, for %s due in %d ms", (language, clock, dueIn, words) => {
    expect(slaNotice({ language }, ticket, clock, dueIn)).toBe(words);
  });
});

describe("securityNotice", () => {
  it.each(supportedLanguages)("names and links the ticket in %s, and repeats nothing of it", (language) => {
    const { title, body } = securityNotice({ language }, ticket);
    expect(title).toContain("o/my_r#12");
    expect(body).toContain(link);
  });

  it("has no escapes in its title, which is plain text", () => {
    expect(securityNotice({ language: "en" }, ticket).title).toBe("Possible security report: o/my_r#12");
  });
});
