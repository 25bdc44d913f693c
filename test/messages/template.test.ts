import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { paragraph, say, templateFaults } from "../../src/messages/template.ts";
import { FILTERS, hostile, html, tags, text as textOf } from "./github-text.ts";

const greeting = (language: string | null, templates: Record<string, string>) =>
  say({ language, overrides: { greeting: templates } }, "greeting", { login: "octocat" });

describe("say", () => {
  it.each([
    ["en", "Hi octocat, thank you for writing."],
    ["de-AT", "Hallo octocat, danke für deine Nachricht."],
    ["it", "Hi octocat, thank you for writing."],
    [null, "Hi octocat, thank you for writing."],
  ])("speaks %s", (language, sentence) => {
    expect(say({ language }, "greeting", { login: "octocat" })).toBe(sentence);
  });

  it.each([
    ["the language's own template", "de", { de: "Servus {login}", en: "Hey {login}" }, "Servus octocat"],
    [
      "a regional one before the general one",
      "pt-BR",
      { "pt-BR": "Oi {login}", pt: "Olá {login}" },
      "Oi octocat",
    ],
    ["the general one for a region", "pt-BR", { pt: "Olá {login}" }, "Olá octocat"],
    ["one for a language that we do not speak", "it", { it: "Ciao {login}" }, "Ciao octocat"],
    ["the English one for such a language", "it", { en: "Hey {login}" }, "Hey octocat"],
    [
      "our own, rather than the maintainers' English",
      "fr",
      { en: "Hey" },
      "Bonjour octocat, merci pour votre message.",
    ],
    ["our own instead of a faulty one", "en", { en: "Hey {user}" }, "Hi octocat, thank you for writing."],
    ["a template that needs no value", "en", { en: "Hey there" }, "Hey there"],
    ["Markdown of the maintainers", "en", { en: "**Hey** [x](https://x.y)" }, "**Hey** [x](https://x.y)"],
  ])("takes %s", (_, language, templates, sentence) => {
    expect(greeting(language, templates as Record<string, string>)).toBe(sentence);
  });

  it("says in every case that it is a bot", () => {
    const overrides = { botDisclosure: { en: "I am Anna." } };
    expect(say({ language: "en", overrides }, "botDisclosure")).toBe("I am Frontdesk, a bot.");
  });

  it.each([
    ["our marker", "Hey <!-- frontdesk:triage -->", "Hey "],
    ["a marker in the open", "Hey frontdesk:triage", "Hey frontdesk\u200b:triage"],
    ["a comment that would hide the rest", "Hey <!-- all of you", "Hey &lt;!-- all of you"],
    ["a comment made of two", "Hey <!<!-- -->-- frontdesk:x", "Hey &lt;!-- frontdesk\u200b:x"],
  ])("lets no template carry %s", (_, template, sentence) => {
    expect(greeting("en", { en: template })).toBe(sentence);
  });

  it("neutralises values, keeps our own Markdown, and makes URLs safe", () => {
    const overrides = { duplicateFixed: { en: "{issue} in {version}" }, securityForm: { en: "[x]({url})" } };
    const voice = { language: "en", overrides };
    expect(say(voice, "duplicateFixed", { issue: { markdown: "**a**" }, version: "<b>@x" })).toBe(
      "**a** in &lt;b>@\u200bx",
    );
    expect(say(voice, "securityForm", { url: { url: "javascript:alert(1)" } })).toBe("[x](#)");
    expect(say(voice, "securityForm", { url: { url: "https://x.y/a) b" } })).toBe(
      "[x](https://x.y/a%29%20b)",
    );
  });

  it("does not fill placeholders that a value brings", () => {
    const filled = say({ language: "en" }, "duplicateFixed", { issue: "{version}", version: "2" });
    expect(filled).toContain("looks like {version}, fixed in 2");
  });

  it("lets nothing of a value through", () => {
    fc.assert(
      fc.property(hostile, (login) => {
        const rendered = html(say({ language: "en" }, "greeting", { login }));
        expect(["p", "code"]).toEqual(expect.arrayContaining(tags(rendered)));
        for (const [name, filter] of Object.entries(FILTERS)) {
          expect([name, textOf(rendered).match(filter)]).toEqual([name, null]);
        }
      }),
      { numRuns: 200 },
    );
  });
});

describe("paragraph", () => {
  it.each([
    ["en", "A. B."],
    ["ko", "A. B."],
    ["zh-TW", "A.B."],
    ["ja", "A.B."],
  ])("joins sentences in %s", (language, joined) => {
    expect(paragraph({ language }, ["A.", "B."])).toBe(joined);
  });
});

describe("templateFaults", () => {
  it.each([
    [
      "an unknown placeholder",
      { greeting: { de: "Hallo {user}" } },
      {
        path: "messages.greeting.de",
        message: "Unknown placeholder {user}.",
        suggestion: "greeting knows {login}",
      },
    ],
    [
      "a placeholder where there is none",
      { survey: { en: "{login}?" } },
      {
        path: "messages.survey.en",
        message: "Unknown placeholder {login}.",
        suggestion: "survey knows no placeholder",
      },
    ],
    [
      "an unknown message",
      { greting: { en: "Hi" } },
      { path: "messages.greting", message: "There is no message greting.", suggestion: "greeting" },
    ],
    [
      "an inherited name",
      { constructor: { en: "Hi" } },
      { path: "messages.constructor", message: "There is no message constructor." },
    ],
    [
      "nothing in it",
      { greeting: { en: " " } },
      { path: "messages.greeting.en", message: "The template is empty." },
    ],
    [
      "too much in it",
      { greeting: { en: "a".repeat(2001) } },
      { path: "messages.greeting.en", message: "The template has 2001 characters, more than 2000." },
    ],
    [
      "no language",
      { greeting: { "*": "Hi" } },
      {
        path: "messages.greeting.*",
        message: "* is no language code.",
        suggestion: "en, zh, ja, es, pt, de, fr, ru, ko",
      },
    ],
    [
      "no say in whether we are a bot",
      { botDisclosure: { en: "I am Anna." } },
      {
        path: "messages.botDisclosure",
        message: "The bot always says that it is a bot; this sentence cannot be changed.",
      },
    ],
  ])("finds %s", (_, overrides, fault) => {
    expect(templateFaults(overrides as Record<string, Record<string, string>>)).toEqual([
      expect.objectContaining(fault),
    ]);
  });

  it("finds nothing in good templates", () => {
    expect(templateFaults({ greeting: { en: "Hi {login}", "pt-BR": "Oi", it: "Ciao" }, survey: {} })).toEqual(
      [],
    );
  });
});
