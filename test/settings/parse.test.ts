import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { parseSettings } from "../../src/settings/parse.ts";
import { Settings } from "../../src/settings/schema.ts";
import type { Problem } from "../../src/ticket/problem.ts";
import { SAMPLE } from "./sample.ts";

const read = (text: string, open = false) => parseSettings(text, { private: !open });

/** A Problem in one line: `line:column path: message -> suggestion`. */
function told({ line, column, path, message, suggestion }: Problem): string {
  return `${line}:${column} ${path}: ${message}${suggestion === undefined ? "" : ` -> ${suggestion}`}`;
}

const problems = (text: string) => read(text).problems.map(told);

describe("a settings file", () => {
  it.each([
    ["that is empty", ""],
    ["of comments only", "# mode: observe\n"],
    ["whose section is all commented out", "labels:\n  # bug: defect\n"],
    ["with Windows line ends and a byte order mark", "\uFEFFmode: reply\r\nlabels:\r\n  bug: defect\r\n"],
    ["with an anchor and an alias", "knowledge: { sources: &all [a.md] }\nteam: []\nlabels: { bug: x }\n"],
    ["with a YAML 1.1 line, read as YAML 1.2 all the same", "%YAML 1.1\n---\nlabels: { bug: yes }\n"],
    ["that leaves out what a plan does not need", "plans:\n  - name: gold\n"],
  ])("%s is fine", (_, text) => {
    const { settings, problems } = read(text);
    expect(problems).toEqual([]);
    expect(Settings.safeParse(settings).success).toBe(true);
  });

  it("that uses every section is fine for the team, and for the public but for its private keys", () => {
    expect(problems(SAMPLE)).toEqual([]);
    expect(read(SAMPLE, true).problems.map(({ severity, path }) => `${severity} ${path}`)).toEqual([
      "ignored plans[0].members",
      "ignored team[0].away",
      "ignored notifications",
      "ignored support",
      "ignored costs",
    ]);
  });

  it("says what is written and nothing else", () => {
    expect(read("mode: observe\nlabels: { bug: defect, security: null }\nteam:\n").settings).toEqual({
      mode: "observe",
      labels: { bug: "defect", security: null },
    });
  });

  it.each([
    ["a slip in a key", "lables: {}", '1:1 lables: there is no key "lables" here -> labels'],
    [
      "a key of another case",
      "labels: { needs_info: x }",
      '1:11 labels.needs_info: there is no key "needs_info" here -> needsInfo',
    ],
    [
      "a key at the wrong level",
      "timezone: UTC",
      '1:1 timezone: there is no key "timezone" here -> businessHours.timezone',
    ],
    [
      "a key that nothing is like",
      "duplicates: { xyzzy: 1 }",
      '1:15 duplicates.xyzzy: there is no key "xyzzy" here; there are enabled, targetPrecision, repositories, close',
    ],
    [
      "a word that is not allowed",
      "mode: labels",
      '1:7 mode: "labels" is not one of observe, label, reply -> label',
    ],
    [
      "yes for true",
      "classification: { learn: yes }",
      '1:26 classification.learn: "yes" stands where true or false belongs -> true',
    ],
    [
      "a percentage for a share",
      "classification:\n  targetPrecision: 85",
      "2:20 classification.targetPrecision: the number must be at most 1 -> 0.85",
    ],
    [
      "a share with a sign",
      "duplicates: { targetPrecision: 85% }",
      '1:32 duplicates.targetPrecision: "85%" stands where a number belongs -> 0.85',
    ],
    [
      "a number in quotes",
      'knowledge: { reply: { links: "2" } }',
      '1:30 knowledge.reply.links: "2" stands where a number belongs -> 2',
    ],
    [
      "half a link",
      "knowledge: { reply: { links: 2.5 } }",
      '1:30 knowledge.reply.links: "2.5" stands where a whole number belongs -> 3',
    ],
    [
      "one value where a list belongs",
      "team: octocat",
      '1:7 team: "octocat" stands where a list, such as [a, b] belongs -> ["octocat"]',
    ],
    ["a list where a map belongs", "labels: [bug]", "1:9 labels: a list stands where a map of keys belongs"],
    [
      "no value",
      "knowledge:\n  reply:",
      "2:9 knowledge.reply: there is no value; write a map of keys, or delete the line",
    ],
    [
      "a reaction without its quotes",
      "satisfaction: { positive: [+1] }",
      '1:28 satisfaction.positive[0]: +1 without quotes is not a text -> "+1"',
    ],
    [
      "a login that is a number",
      "team: [{ login: 007 }]",
      '1:17 team[0].login: "007" stands where a text belongs -> "007"',
    ],
    [
      "a login with its @",
      'team: [{ login: "@octocat" }]',
      '1:17 team[0].login: "@octocat" is not a GitHub login (letters, digits and hyphens, without @) -> octocat',
    ],
    [
      "a plan without a name",
      "plans:\n  - weight: 1",
      "2:5 plans[0].name: this key is missing; it is a text",
    ],
    [
      "a negative price",
      "plans: [{ name: a, price: { amount: -5 } }]",
      "1:37 plans[0].price.amount: the number must be at least 0",
    ],
    [
      "money by its sign",
      "costs: { currency: € }",
      '1:20 costs.currency: "€" is not a currency code of three capital letters, such as USD -> EUR',
    ],
    [
      "a duration without a unit",
      "lifecycle: { remindAfter: 14 }",
      "1:27 lifecycle.remindAfter: a duration is a number and s, m, h or d, such as 30m",
    ],
    [
      "a duration in two parts",
      "lifecycle: { remindAfter: 1h30m }",
      '1:27 lifecycle.remindAfter: "1h30m" is not a duration: a number and s, m, h or d, such as 30m -> 90m',
    ],
    [
      "weeks",
      "lifecycle: { remindAfter: 2 weeks }",
      '1:27 lifecycle.remindAfter: "2 weeks" is not a duration: a number and s, m, h or d, such as 30m -> 14d',
    ],
    [
      "a duration beyond all dates",
      "lifecycle: { remindAfter: 99999d }",
      '1:27 lifecycle.remindAfter: "99999d" is longer than ten years',
    ],
    [
      "a time zone with a slip",
      "businessHours: { timezone: Europe/Berln }",
      '1:28 businessHours.timezone: "Europe/Berln" is not a time zone of the IANA list, such as Europe/Berlin -> Europe/Berlin',
    ],
    [
      "an offset for a time zone",
      'businessHours: { timezone: "+01:00" }',
      '1:28 businessHours.timezone: "+01:00" is not a time zone of the IANA list, such as Europe/Berlin',
    ],
    [
      "an hour without its zero",
      "businessHours: { from: 9:00 }",
      '1:24 businessHours.from: "9:00" is not a time of the day, written as "09:00" -> 09:00',
    ],
    [
      "hours over midnight",
      'businessHours: { from: "22:00", to: "06:00" }',
      "1:37 businessHours.to: the desk closes at 06:00, which is not after it opens at 22:00; hours over midnight are not possible",
    ],
    [
      "a day that no calendar has",
      "businessHours: { holidays: [2026-02-30] }",
      '1:29 businessHours.holidays[0]: "2026-02-30" is not a day of the calendar, written as 2026-12-24',
    ],
    [
      "an absence that ends before it begins",
      "team: [{ login: a, away: [{ from: 2026-08-14, to: 2026-08-03 }] }]",
      "1:51 team[0].away[0].to: the last day away, 2026-08-03, is before the first, 2026-08-14",
    ],
    [
      "weights that are not 1 together",
      "priority: { weights: { urgency: 0.9 } }",
      "1:22 priority.weights: the three weights add up to 1.5 (the ones that you leave out have their defaults); make it 1",
    ],
    [
      "thresholds that rise",
      "priority: { thresholds: [2, 3, 4] }",
      "1:29 priority.thresholds[1]: each threshold must be lower than the one before: they are those of P0, P1 and P2",
    ],
    [
      "three labels for four priorities",
      "labels: { priorities: [a, b, c] }",
      "1:23 labels.priorities: the list must have exactly 4 entries",
    ],
    [
      "a label's name with a comma",
      'labels: { bug: "a,b" }',
      '1:16 labels.bug: "a,b" is not a label\'s name (1 to 50 characters, no comma, no space at its ends)',
    ],
    [
      "a reaction on both sides",
      "satisfaction: { negative: [heart] }",
      '1:28 satisfaction.negative[0]: "heart" is among the positive reactions too',
    ],
    [
      "a language by its name",
      "language: english",
      '1:11 language: "english" is not an ISO 639-1 code (two letters, such as en or ja)',
    ],
    [
      "a language with its country",
      "language: pt-BR",
      '1:11 language: "pt-BR" is not an ISO 639-1 code (two letters, such as en or ja) -> pt',
    ],
    [
      "an action that lacks its object",
      "escalation: [{ at: 1, actions: [mention] }]",
      "1:33 escalation[0].actions[0]: mention is to be done, but the key mention beside it does not say with what",
    ],
    [
      "a notice without https",
      'privacy: { notice: "javascript:alert(1)" }',
      '1:20 privacy.notice: "javascript:alert(1)" is not a web address that begins with https://',
    ],
    [
      "a file outside",
      "plans: [{ name: a, members: { file: ../x.csv } }]",
      '1:37 plans[0].members.file: "../x.csv" is not a path inside the repository, such as customers.csv',
    ],
  ])("with %s is told how to mend it", (_, text, expected) => {
    expect(problems(text)).toEqual([expected]);
    expect(read(text).settings).toBeNull();
  });

  it.each([
    ["/docs/*.md", "docs/*.md"],
    ["./docs/*.md", "docs/*.md"],
    ["a/../../b.md", undefined],
    ["!secret.md", undefined],
    ["docs\\*.md", undefined],
    ["+(a|b)*.md", undefined],
    ["{1..100000}.md", undefined],
    ["docs/[a.md", undefined],
    ["docs/{a,b.md", undefined],
    ["docs/[z-a].md", undefined],
    [`${"*a".repeat(13)}.md`, undefined],
    ["a".repeat(201), undefined],
    ["", "docs/**/*.md"],
  ])("refuses the pattern %j", (glob, suggestion) => {
    const found = read(`knowledge: { sources: [${JSON.stringify(glob)}] }`).problems;
    expect(found).toHaveLength(1);
    expect(found[0]?.suggestion).toBe(suggestion);
  });

  it("tells everything at once, in the file's order", () => {
    const text = "mode: x\nlabels:\n  bug: 5\n  wrong: y\ntypo: 1\nteam: [{ login: a }, { login: A }]\n";
    expect(read(text).problems.map(({ line, path }) => `${line} ${path}`)).toEqual([
      "1 mode",
      "3 labels.bug",
      "4 labels.wrong",
      "5 typo",
      "6 team[1].login",
    ]);
  });

  it("tells no more than a hundred Problems, and how many there are besides", () => {
    const text = Array.from({ length: 150 }, (_, i) => `key${i}x: 1`).join("\n");
    const found = read(text).problems;
    expect(found).toHaveLength(101);
    expect(found[100]?.message).toBe("50 more Problems show when these are mended");
  });

  it("never repeats a secret that was written where its name belongs", () => {
    const secret = "https://hooks.example.com/services/T0/B0/abcdef";
    const found = read(`notifications: { slack: ["${secret}"] }`).problems;
    expect(found).toHaveLength(1);
    expect(JSON.stringify(found)).not.toContain("hooks.example.com");
  });
});

describe("values that do not fit together", () => {
  it.each([
    [
      "a kind with another kind's label",
      "labels: { performance: Bug }",
      "error",
      'labels.performance: the label "Bug" is that of labels.bug too; one of both needs another name, or null',
    ],
    [
      "a kind with the default label of another",
      "labels: { bug: question }",
      "error",
      'labels.bug: the label "question" is that of labels.question too; one of both needs another name, or null',
    ],
    [
      "a state with a priority's label",
      "labels: { needsInfo: p0 }",
      "error",
      'labels.needsInfo: the label "P0" is that of labels.priorities[0] too; one of both needs another name, or null',
    ],
    [
      "two plans of one name",
      "plans: [{ name: gold }, { name: Gold }]",
      "error",
      'plans[1].name: "gold" is in the list twice, first as plans[0]',
    ],
    [
      "a teammate twice",
      "team: [{ login: a }, { login: a }]",
      "error",
      'team[1].login: "a" is in the list twice, first as team[0]',
    ],
    [
      "a customer with two plans",
      "plans: [{ name: a, members: { logins: [x] } }, { name: b, members: { logins: [X] } }]",
      "ignored",
      'plans[1].members.logins[0]: "X" has the plan "a" already: the first plan that names somebody wins',
    ],
    [
      "the same money with two sums",
      "costs: { technical: 100, people: 700, administration: 200, fixed: 300, variable: 600, extra: 94 }",
      "ignored",
      "costs: fixed + variable + extra is 994, and technical + people + administration 1000: it is the same money; results are counted with 1000",
    ],
    [
      "a plan that no sponsor reaches",
      "plans: [{ name: a, sponsors: { minimumMonthlyDollars: 5 } }, { name: b, sponsors: { minimumMonthlyDollars: 50 } }]",
      "ignored",
      'plans[1].sponsors.minimumMonthlyDollars: no sponsor gets this plan: "a" above it asks for 5 dollars only; put the dearer plan above',
    ],
    [
      "a template of a message that there is not",
      "messages: { greetin: { en: hi } }",
      "ignored",
      "messages.greetin: There is no message greetin -> greeting",
    ],
    [
      "a template with an unknown placeholder",
      'messages: { greeting: { en: "hi {logim}" } }',
      "ignored",
      "messages.greeting.en: Unknown placeholder {logim} -> greeting knows {login}",
    ],
    [
      "a step for a plan that there is not",
      "plans: [{ name: gold }]\nescalation: [{ at: 1, actions: [slack], plans: [golden] }]",
      "error",
      'escalation[0].plans[0]: there is no plan called "golden" -> gold',
    ],
    [
      "an escalation that goes in a circle",
      "escalation:\n  - { at: 2, actions: [assign], assign: ann }\n  - { at: 0.5, actions: [assign], assign: ann }\n  - { at: 1, actions: [assign], assign: bob }",
      "error",
      'escalation[0].assign: the ticket goes in a circle: "ann" had it at 0.5 already',
    ],
  ])("%s", (_, text, severity, expected) => {
    const { settings, problems } = read(text);
    expect(problems.map((problem) => told(problem).replace(/^\S+ /, ""))).toEqual([expected]);
    expect(problems[0]?.severity).toBe(severity);
    expect(settings === null).toBe(severity === "error");
  });

  it.each([
    ["labels that swap their names", "labels: { bug: question, question: bug }"],
    [
      "a dearer plan above a cheaper one",
      "plans: [{ name: a, sponsors: { minimumMonthlyDollars: 50 } }, { name: b, sponsors: { minimumMonthlyDollars: 5 } }]",
    ],
    [
      "plans that share a customer's tickets out among them",
      "plans: [{ name: a, covers: [bug], members: { logins: [x] } }, { name: b, members: { logins: [x] } }]",
    ],
    [
      "a plan for when the credits of another run out",
      "plans: [{ name: a, mode: incidents, credits: 5, members: { logins: [x] } }, { name: b, members: { logins: [x] } }]",
    ],
    [
      "sponsors of different accounts",
      "plans: [{ name: a, sponsors: { minimumMonthlyDollars: 5, accounts: [x] } }, { name: b, sponsors: { minimumMonthlyDollars: 50, accounts: [y] } }]",
    ],
    [
      "steps of different plans that hand to the same people",
      "plans: [{ name: a }, { name: b }]\nescalation: [{ at: 1, plans: [a], actions: [assign], assign: x }, { at: 2, plans: [a], actions: [assign], assign: y }, { at: 3, plans: [b], actions: [assign], assign: x }]",
    ],
    [
      "steps for plans of the organisation's file",
      "escalation: [{ at: 1, plans: [gold], actions: [slack] }]",
    ],
    [
      "a step that keeps the ticket where it is",
      "escalation: [{ at: 1, actions: [assign], assign: x }, { at: 2, actions: [assign], assign: x }]",
    ],
  ])("%s are fine", (_, text) => {
    expect(problems(text)).toEqual([]);
  });
});

describe("a file that everybody can read", () => {
  const text = `plans:
  - name: gold
    members: { logins: [octocat] }
    sla: { firstResponse: 4h }
team:
  - login: ann
    away: [{ from: 2026-08-03, to: 2026-08-14 }]
    measured: true
costs: { people: 5000 }
revenue: { partnerships: 300 }
notifications: { slack: [SLACK_URL] }
support: { repository: octo-org/support }
mode: label
`;

  it("has its private keys ignored, each with a Problem, and the rest used", () => {
    const { settings, problems } = read(text, true);
    expect(problems.map(({ severity, path, line }) => `${line} ${severity} ${path}`)).toEqual([
      "3 ignored plans[0].members",
      "7 ignored team[0].away",
      "8 ignored team[0].measured",
      "9 ignored costs",
      "10 ignored revenue",
      "11 ignored notifications",
      "12 ignored support",
    ]);
    expect(settings).toEqual({
      plans: [{ name: "gold", sla: { firstResponse: "4h" } }],
      team: [{ login: "ann" }],
      mode: "label",
    });
  });

  it("has them honoured when only the team can read it", () => {
    const { settings, problems } = read(text);
    expect(problems).toEqual([]);
    expect(settings?.plans?.[0]?.members).toEqual({ logins: ["octocat"] });
    expect(settings?.costs).toEqual({ people: 5000 });
  });

  it("may list private keys with their defaults, which say nothing", () => {
    const empty = `plans: [{ name: gold, members: { logins: [], organizations: [], teams: [], file: null } }]
team: [{ login: ann, away: [], measured: false }]
costs: { technical: 0, people: 0, administration: 0, currency: USD }
revenue: { partnerships: 0 }
notifications: { slack: [], email: [], webhooks: [] }
support: { repository: null }
`;
    expect(read(empty, true).problems).toEqual([]);
  });

  it("does not have what is wrong inside a private key judged, nor repeated", () => {
    const { problems } = read("costs: { people: secret }\n", true);
    expect(problems.map(({ path, severity }) => [path, severity])).toEqual([["costs", "ignored"]]);
    expect(JSON.stringify(problems)).not.toContain("secret");
  });
});

describe("any text at all", () => {
  const scrap = fc.constantFrom(
    ...["mode", "plans", ": ", "- ", "\n", "  ", "\t", "[", "]", "{", "}", ",", "&a ", "*a ", "!!map "],
    ...[
      "'",
      '"',
      "|",
      "#",
      "? ",
      "null",
      "1",
      "__proto__",
      "constructor: ",
      "\u0000",
      "\ud800",
      "9e99",
      ".nan",
    ],
  );
  /** The sample with a piece of it overwritten: near enough to be understood, and wrong somewhere. */
  const damaged = fc
    .tuple(fc.nat(SAMPLE.length), fc.nat(12), fc.array(scrap, { maxLength: 4 }))
    .map(([at, length, scraps]) => SAMPLE.slice(0, at) + scraps.join("") + SAMPLE.slice(at + length));
  const anyText = fc.oneof(
    fc.string({ unit: "binary", maxLength: 400 }),
    fc.array(scrap, { maxLength: 60 }).map((scraps) => scraps.join("")),
    fc.json().map((json) => `labels: ${json}`),
    damaged,
  );

  it("is read without an exception, with Problems in order and inside the text", () => {
    fc.assert(
      fc.property(anyText, fc.boolean(), (text, open) => {
        const { settings, problems } = read(text, open);
        expect(settings === null).toBe(problems.some(({ severity }) => severity === "error"));
        const lines = problems.map(({ line }) => line ?? 0);
        expect(lines).toEqual([...lines].sort((a, b) => a - b));
        for (const line of lines) expect(line).toBeLessThanOrEqual(text.split(/\r\n|\r|\n/).length + 1);
        if (settings) expect(Settings.safeParse(settings).success).toBe(true);
      }),
      { numRuns: 500 },
    );
  });

  it("never reaches an object's prototype", () => {
    read(
      "__proto__: { mode: observe }\nmessages: { constructor: { en: x } }\nlabels: { __proto__: { bug: x } }\n",
    );
    expect(({} as { mode?: string }).mode).toBeUndefined();
  });
});
