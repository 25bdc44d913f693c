import { describe, expect, it } from "@jest/globals";
import { parseDocument } from "../../src/learning/document.ts";
import { defaultSettings } from "../../src/settings/schema.ts";
import type { PriorityFacts } from "../../src/triage/priority.ts";
import { prioritySum, ratePriority } from "../../src/triage/priority.ts";
import { DAY } from "../../src/triage/time-zone.ts";
import { shouting, urgencySignals } from "../../src/triage/urgency.ts";

const RULE = defaultSettings.priority;
const NOW = 1000 * DAY;

function rate(title: string, body = "", more: Partial<PriorityFacts> = {}) {
  return ratePriority(
    {
      document: parseDocument(title, body),
      language: "en",
      kind: "bug",
      teamLabels: [],
      others: 0,
      history: { reopened: 0, repeated: 0, waitingSince: null },
      weight: 0,
      now: NOW,
      ...more,
    },
    RULE,
  );
}

describe("the formula", () => {
  it("adds 0.4*3 + 0.3*5 + 0.3*2 up to 3.3", () => {
    expect(prioritySum({ urgency: 0.4, severity: 0.3, history: 0.3 }, 3, 5, 2)).toBe(3.3);
  });

  it("misses no threshold by the error of decimal fractions", () => {
    expect(prioritySum({ urgency: 0.1, severity: 0.2, history: 0.7 }, 3, 3, 3)).toBe(3);
  });

  it.each([
    [5, "P0"],
    [4, "P0"],
    [3.99, "P1"],
    [3, "P1"],
    [2, "P2"],
    [1.99, "P3"],
    [0, "P3"],
  ])("calls %d %s", (value, level) => {
    // A rule of the plan's weight alone: the text is worth nothing.
    const rule = { ...RULE, weights: { urgency: 0, severity: 0, history: 0 } };
    const facts = {
      document: parseDocument("x", ""),
      language: null,
      kind: null,
      teamLabels: [],
      others: 0,
      now: NOW,
    };
    const history = { reopened: 0, repeated: 0, waitingSince: null };
    expect(ratePriority({ ...facts, history, weight: value }, rule).level).toBe(level);
  });

  it("shows every term with its weight, the heaviest first", () => {
    const { because, value } = rate("Production is down since the update", "All our users are affected", {
      history: { reopened: 1, repeated: 0, waitingSince: NOW - 2 * DAY },
      weight: 1,
    });
    expect(because).toEqual([
      "P0: 4.4",
      'urgency 4 x 0.4: outage ("production is down"), many affected ("all our users"), regression ("since the update")',
      "severity 3 x 0.3: bug",
      "history 3 x 0.3: reopened once, waiting for 2 days",
      "plan + 1",
    ]);
    expect(value).toBe(4.4);
  });
});

describe("urgency", () => {
  it.each([
    ["outage", "Our production server is down", "en"],
    ["outage", "Since noon the whole site is unreachable: complete outage", "en"],
    ["data loss", "The migration deleted all user data", "en"],
    ["data loss", "I lost my work twice", "en"],
    ["blocked", "This is blocking our release", "en"],
    ["deadline", "We go live on Monday", "en"],
    ["deadline", "Needed by end of the week", "en"],
    ["regression", "It worked fine in 2.3", "en"],
    ["regression", "Stopped working after upgrading", "en"],
    ["many affected", "This affects everyone", "en"],
    ["crash", "It segfaults", "en"],
    ["outage", "Der Server ist komplett ausgefallen", "de"],
    ["data loss", "Wir hatten Datenverlust", "de"],
    ["regression", "Die Suche funktioniert nicht mehr", "de"],
    ["regression", "Ne marche plus depuis la mise à jour", "fr"],
    ["many affected", "Tous les utilisateurs sont touchés", "fr"],
    ["data loss", "Pérdida de datos al guardar", "es"],
    ["regression", "Dejó de funcionar", "es"],
    ["outage", "O site está fora do ar", "pt"],
    ["deadline", "Preciso até amanhã", "pt"],
    ["data loss", "升级后数据丢失", "zh"],
    ["many affected", "所有用户都无法登录", "zh"],
    ["outage", "本番環境がダウンしました", "ja"],
    ["crash", "起動するとクラッシュします", "ja"],
    ["crash", "クラッシュ: it crashes", "ja"],
  ])("hears %s in: %s", (name, text, language) => {
    expect(urgencySignals(text, language).map((signal) => signal.name)).toContain(name);
  });

  it.each([
    ["There is no data loss"],
    ["This isn't a regression"],
    ["It does not crash"],
    ["Can we avoid an outage?"],
    ["What happens if the server is down?"],
    ["It works without crashes"],
    ["Kein Datenverlust"],
    ["没有数据丢失"],
    ["Please add a button to delete data"],
    ["Download counts of the updated page"],
    ["scrash test, a breakdown of systems"],
  ])("hears nothing in: %s", (text) => {
    expect(urgencySignals(text, /^[\x20-\x7e]*$/.test(text) ? "de" : "zh")).toEqual([]);
  });

  it("hears what is said after a denial of something else", () => {
    expect(urgencySignals("There is no error message. It crashes.", "en")).toMatchObject([{ name: "crash" }]);
    expect(urgencySignals("No crash yesterday; today it crashes", "en")).toMatchObject([
      { words: "crashes" },
    ]);
  });

  it("names the words without which it would not have heard", () => {
    const text = "Production is down and all our users lost their work by Friday";
    for (const { name, words } of urgencySignals(text, "en")) {
      const without = text.toLowerCase().replace(words, "");
      expect(urgencySignals(without, "en").map((signal) => signal.name)).not.toContain(name);
    }
  });

  it("does not hear code and quotes, where the words are somebody else's", () => {
    expect(rate("Question", "```\nERROR: server is down, data loss\n```").urgency.score).toBe(0);
  });

  it.each([
    [0, 0],
    [1, 0],
    [2, 1],
    [4, 2],
    [10, 3],
    [30, 4],
    [100, 5],
  ])("counts %i other people as %i", (others, score) => {
    expect(rate("A small matter", "", { others }).urgency.score).toBe(score);
  });

  it("takes other people's word on top of the reporter's", () => {
    expect(rate("It crashes", "", { others: 10 }).urgency).toEqual({
      score: 3.5,
      because: ['crash ("crashes")', "10 other people"],
    });
  });
});

describe("a reporter who knows the rules", () => {
  const loud = "URGENT!!! EVERYTHING IS BROKEN ASAP!!!";

  it("gets at most half a point for shouting, and it shows", () => {
    const term = rate(loud, "urgent urgent emergency asap!!!!").urgency;
    expect(term.score).toBe(0.5);
    expect(term.because).toEqual([
      'says "urgent" (shouting, counts little)',
      "a title in capitals (shouting, counts little)",
      "exclamation marks (shouting, counts little)",
    ]);
  });

  it("gets nothing for saying the same again", () => {
    const once = rate("The server is down", "").urgency.score;
    expect(rate("The server is down", "The server is down. ".repeat(50)).urgency.score).toBe(once);
  });

  it("reaches no more than 4 with all the words there are", () => {
    const all = "Outage! Data loss! Blocks our release, deadline, regression, all users, crash. URGENT!!!";
    expect(rate(loud, all).urgency.score).toBe(4);
    expect(rate(loud, all, { others: 2 }).urgency.score).toBe(4.5);
  });

  it("makes no P0 by words and form alone", () => {
    const all =
      "### Severity\n\nCritical\n\n### What\n\nOutage, data loss, blocks our release, all users, crash";
    expect(rate(loud, all).level).not.toBe("P0");
    expect(rate(loud, all, { kind: "question" }).level).toBe("P2");
  });

  it.each(["HTTP/2 & TLS 1.3 GREASE", "CORS", "Crash!", "NullPointerException in HTML"])(
    "does not shout with %s",
    (title) => {
      expect(shouting(title, "It crashes immediately!")).toEqual([]);
    },
  );
});

describe("hostile texts", () => {
  it.each([
    ["spaces", " ".repeat(60_000)],
    ["half a signal", "losing all my our the user ".repeat(2_000)],
    ["denials", "not no never without ".repeat(3_000)],
    ["exclamation marks", "!".repeat(60_000)],
    ["headings", "### Severity\n".repeat(4_000)],
    ["signals", "no crash ".repeat(6_000)],
  ])("of %s are rated within a tenth of a second", (_, body) => {
    const began = performance.now();
    rate(body.slice(0, 1000), body);
    expect(performance.now() - began).toBeLessThan(100);
  });
});

describe("severity", () => {
  it.each<[string, string, Partial<PriorityFacts>, number, string]>([
    ["is that of the kind", "", { kind: "security" }, 5, "security"],
    ["is small for wishes", "", { kind: "feature" }, 1, "feature"],
    ["is middling while the kind is not known", "", { kind: null }, 2, "kind not known"],
    ["is raised by the form", "### Severity\n\nHigh", {}, 4, "Severity: High"],
    ["is lowered by the form", "### Impact\n\nminor", {}, 1.5, "Impact: minor"],
    ["is not raised without end", "### Priority\n\nCritical", { kind: "feature" }, 2.5, "Priority: Critical"],
    ["leaves an empty field alone", "### Severity\n\n_No response_", {}, 3, "bug"],
    [
      "goes by the field that has an answer",
      "### Severity\n\n_No response_\n\n### Impact\n\nlow",
      {},
      1.5,
      "Impact: low",
    ],
    ["leaves an unknown answer alone", "### Severity\n\nbanana", {}, 3, "bug"],
    [
      "is what the team's label says",
      "### Severity\n\nlow",
      { teamLabels: ["severity: critical"] },
      5,
      "label severity: critical",
    ],
    ["knows short labels", "", { teamLabels: ["S2"] }, 4, "label S2"],
    ["leaves other labels alone", "", { teamLabels: ["high-dpi", "good first issue"] }, 3, "bug"],
  ])("%s", (_, body, more, score, because) => {
    const { severity } = rate("Title", body, more);
    expect(severity.score).toBe(score);
    expect(severity.because[0]).toBe(because);
  });
});

describe("history", () => {
  it.each<[string, Partial<PriorityFacts["history"]>, number, string[]]>([
    ["is nothing at first", {}, 0, []],
    ["weighs a reopening", { reopened: 1 }, 2, ["reopened once"]],
    ["weighs the next ones less", { reopened: 3 }, 4, ["reopened 3 times"]],
    ["counts repetitions up to three", { repeated: 9 }, 3, ["reported before 9 times"]],
    ["counts whole days of waiting", { waitingSince: NOW - 1.9 * DAY }, 0.5, ["waiting for 1 day"]],
    ["counts them up to five", { waitingSince: NOW - 99 * DAY }, 2.5, ["waiting for 99 days"]],
    ["counts no waiting that is to come", { waitingSince: NOW + DAY }, 0, []],
    ["ends at five", { reopened: 9, repeated: 9 }, 5, ["reopened 9 times", "reported before 9 times"]],
  ])("%s", (_, history, score, because) => {
    const term = rate("Title", "", {
      history: { reopened: 0, repeated: 0, waitingSince: null, ...history },
    }).history;
    expect(term).toEqual({ score, because });
  });
});
