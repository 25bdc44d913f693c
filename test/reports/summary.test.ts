import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { supportedLanguages } from "../../src/messages/language.ts";
import { barsAndLine, pie } from "../../src/reports/summary/chart.ts";
import { notable, type TicketLink } from "../../src/reports/notable.ts";
import { summary } from "../../src/reports/summary/summary.ts";
import type { SummaryFacts } from "../../src/reports/summary/summary-facts.ts";
import { shareOf } from "../../src/reports/share.ts";
import {
  close,
  DAY,
  HOUR,
  label,
  life,
  measured,
  MONDAY,
  reply,
  show,
  judge,
  reopen,
  type Step,
  unlabel,
  WEEK,
} from "../builders/lives.ts";
import { BUSY, saturated, summaryFacts, TOLD } from "../builders/summaries.ts";
import { FILTERS, hostile, html, tags, text } from "../messages/github-text.ts";

const busy = summaryFacts(BUSY, TOLD);
const written = (facts: SummaryFacts, language = "en") => {
  const report = summary({ language }, "report:2026-03-02", facts);
  if (!report) throw new Error("there is nothing to say");
  return report;
};

/** What Mermaid itself makes of diagrams: the type of each, or why it cannot be drawn. Starting it takes seconds. */
function drawn(diagrams: string[]): string[] {
  const script = fileURLToPath(new URL("mermaid.mjs", import.meta.url));
  const { stdout, stderr } = spawnSync(process.execPath, [script], {
    input: JSON.stringify(diagrams),
    encoding: "utf8",
    timeout: 28_000,
  });
  return stdout === "" ? [stderr] : (JSON.parse(stdout) as string[]);
}

const chartsOf = (body: string) =>
  Array.from(body.matchAll(/```mermaid\n([\s\S]*?)\n```/g), ([, it]) => it ?? "");

describe("a report", () => {
  it("tells what happened, and advises three things", () => {
    expect(written(busy)).toMatchSnapshot();
  });

  it.each<[string, Step[], boolean]>([
    ["a label that people took off", [[1, unlabel("area: x", "team")]], true],
    [
      "what they put back, as /undo does",
      [
        [1, unlabel("area: x", "team")],
        [2, label("area: x", "team")],
      ],
      false,
    ],
    ["what the desk took off by itself", [[1, unlabel("area: x", "desk")]], false],
    ["what people took off later", [[200, unlabel("area: x", "team")]], false],
  ])("names as wrong, or not, %s", (_, steps, expected) => {
    const { body } = written(summaryFacts([life(5, [[0.1, label("area: x", "desk")], ...steps])]));
    expect(body.includes("Label `area: x`, taken off again")).toBe(expected);
  });

  it.each(supportedLanguages)("is read in two minutes in %s, whatever there is to tell", (language) => {
    // Charts are looked at, and what stands behind a click is asked for.
    const open = written(saturated(), language).body.replace(
      /```[\s\S]*?```|<details>[\s\S]*?<\/details>/g,
      "",
    );
    const seen = text(html(open));
    // 240 words a minute (Brysbaert 2019), numbers among them; French takes more words for the same.
    expect(seen.split(/\s+/).length).toBeLessThan(language === "fr" ? 500 : 480);
    // 600 signs a minute where words are not set apart.
    if (language === "ja" || language === "zh") expect(seen.replace(/\s/g, "").length).toBeLessThan(1_250);
  });

  it("tells of everything that there is to tell, and lets nothing crowd out the rest", () => {
    const { body } = written(saturated());
    for (const part of [
      "first response is overdue since Mar 2",
      "resolution is due soon",
      "Label `late`, which people set where I had not: 12",
      "Labels: right in 1 of 14, missed in 12",
      "Answers: right in 0 of 13, missed in 1",
      "Other questions without an article",
      "`docs/page-0.md#top` helped in 0 of 1 cases",
      "`area: 0`: right in 71% (45%–88%) of 14",
      "I try again when these verdicts are 90 days old.",
      "`Validation Failed: the body is too long`",
    ])
      expect(body).toContain(part);
  });

  it("says how right it was only of what was judged, and what it missed", () => {
    const asked = life(5, [[1, reply]], { triage: { ...busy.now, kind: "question" } as never });
    const { body } = written(summaryFacts([asked]));
    expect(body).toContain("- Answers: none judged, missed in 1\n");
    expect(body).toContain("- Questions without an article: [");
    expect(body).not.toMatch(/0 of 0|Other questions/);
  });

  it.each([
    ["one time alone", [[20, reply]], "20 hours"],
    ["an answer outside of business hours, after none of them", [[0, reply]], "< 1 minute"],
    ["business hours as hours, since a business day has no 24 of them", [[84, reply]], "84 hours"],
  ] satisfies [string, Step[], string][])("tells %s", (_, steps, expected) => {
    const facts = summaryFacts([life(5, steps)]);
    const { firstResponse } = facts.now.times;
    const business = firstResponse.calendar;
    const now = {
      ...facts.now,
      times: { ...facts.now.times, firstResponse: { ...firstResponse, business } },
    };
    expect(written({ ...facts, now }).body).toContain(`| First response, business hours | ${expected} |`);
  });

  it("shows no arrow between times that are told alike", () => {
    const waited = (hours: number) => summaryFacts([life(5, [[hours, reply]])]).now.times;
    const row = (now: number, before: number) => {
      const times = { times: waited(now) };
      const { body } = written({
        ...busy,
        now: { ...busy.now, ...times },
        before: { ...busy.now, times: waited(before) },
      });
      return /\| First response, business hours \|[^|]*\| (.?) \|/.exec(body)?.[1];
    };
    expect([row(66.3, 66), row(66, 66.3), row(69, 66)]).toEqual(["", "", "▲"]);
  });

  it.each(supportedLanguages)("ends no sentence of %s with another language's stop", (language) => {
    expect(written(busy, language).body).not.toMatch(/METRICS\.md\)\./);
  });

  it("gives the reasons of parked work in private only", () => {
    const parked = TOLD.parked ?? [];
    expect(written(summaryFacts(BUSY, { parked, private: true })).body).toContain("TypeError");
    const { body } = written(summaryFacts(BUSY, { parked }));
    expect(body).toContain("Work that is parked: 2.");
    expect(body).not.toMatch(/TypeError|Validation/);
  });

  it("says of a running period that it runs, and compares nothing with a time when the desk was not here", () => {
    const stretch = { ...busy.stretch, running: true, before: null, shown: [WEEK] };
    const { body } = written({ ...busy, before: null, stretch });
    expect(body).toContain("This period is still running");
    expect(body).toContain("| Opened | 8 |  | – |  |");
    expect(body).not.toMatch(/[▲▼]/);
    // One column shows no course.
    expect(body).not.toContain("xychart");
  });

  it("marks a share with an arrow only where the difference is more than chance", () => {
    const share = (part: number, whole: number) => ({
      ...busy.now,
      satisfaction: { ...busy.now.satisfaction, csat: shareOf(part, whole) },
    });
    const row = (now: [number, number], before: [number, number]) =>
      /\| Satisfied \(CSAT\) \|[^|]*\| (.?) \|/.exec(
        written({ ...busy, now: share(...now), before: share(...before) }).body,
      )?.[1];
    expect(row([2, 3], [1, 3])).toBe("");
    // Neither share lies within the other's interval, and yet: of one person each; p = 0.15 by Fisher's exact test.
    expect(row([1, 1], [0, 1])).toBe("");
    expect(row([13, 20], [4, 11])).toBe("");
    expect(row([80, 100], [50, 100])).toBe("▲");
    expect(row([50, 100], [80, 100])).toBe("▼");
  });

  it("links tickets so that nothing is written into their histories", () => {
    const { body } = written(saturated());
    expect(body).toContain("(https://redirect.github.com/octo-org/lantern/issues/");
    expect(body).not.toContain("//github.com/octo-org/");
  });

  it("links the title of a group to the ticket that has it", () => {
    const tickets = TOLD.asked?.[0]?.tickets ?? [];
    const asked = [{ title: "A proxy?", representative: tickets[2] as TicketLink, tickets }];
    expect(written(summaryFacts(BUSY, { asked })).body).toContain(
      "- [A proxy?](https://redirect.github.com/octo-org/lantern/issues/18) (7)",
    );
  });

  it("calls an article failing that helped in fewer than half of the cases", () => {
    const helped = (number: number, helpful: boolean) =>
      life(number, [
        [0.1, show("article", "12/a.md")],
        [1, judge("article", "12/a.md", helpful)],
      ]);
    const failing = (...cases: boolean[]) =>
      written(summaryFacts(cases.map((helpful, i) => helped(i, helpful)))).body.includes("`a.md` helped in");
    expect(failing(true, false)).toBe(false);
    expect(failing(true, false, false)).toBe(true);
  });

  it("names nobody, and nothing of a suspected vulnerability", () => {
    const { title, body } = written(busy);
    for (const secret of ["mona", "lisa", "author-", "secretive", "issues/17", "security"])
      expect(`${title}\n${body}`).not.toContain(secret);
  });

  it.each<[string, SummaryFacts]>([
    ["nothing ever happened", summaryFacts([])],
    ["only an old backlog waits", summaryFacts([life(1, [], { createdAt: MONDAY - 30 * DAY })])],
    ["only the team wrote", summaryFacts([life(1, [], { openedBy: "team" })])],
    [
      "a promise is broken to a ticket of the week after",
      {
        ...summaryFacts([]),
        notable: measured(notable({ since: WEEK.until, until: WEEK.until + 7 * DAY }, WEEK.until + DAY), [
          life(
            1,
            [[2, { type: "sla", policy: "gold", clock: "resolution", cycle: 0, outcome: "breached" }]],
            {
              createdAt: WEEK.until + HOUR,
            },
          ),
        ]),
      },
    ],
  ])("is not written when %s", (_, facts) => {
    expect(summary({ language: "en" }, "report", facts)).toBeNull();
  });

  it.each<[string, SummaryFacts]>([
    ["one ticket came", summaryFacts([life(1)])],
    ...(["breached", "warned"] as const).map((outcome): [string, SummaryFacts] => [
      `a promise to an old ticket is ${outcome}`,
      summaryFacts([
        life(1, [[2, { type: "sla", policy: "gold", clock: "resolution", cycle: 0, outcome }]], {
          createdAt: MONDAY - 30 * DAY,
        }),
      ]),
    ]),
    ["work is parked", summaryFacts([], { parked: TOLD.parked ?? [] })],
    ["a label fell silent", summaryFacts([], { silent: TOLD.silent ?? [] })],
  ])("is written when %s", (_, facts) => {
    expect(written(facts).body).toContain("### What changed");
  });

  it.each(supportedLanguages)("is sound Markdown in %s", (language) => {
    const { title, body } = written(busy, language);
    const page = html(body);
    expect(tags(page)).toEqual(expect.arrayContaining(["h3", "table", "ul", "ol", "a", "sub", "!--"]));
    expect(page.match(/<table>/g)).toHaveLength(2);
    const cells = body
      .split("\n")
      .filter((line) => line.startsWith("|"))
      .map((line) => line.split("|").length);
    expect(new Set(cells)).toEqual(new Set([7]));
    expect(`${title}${body}`).not.toMatch(/\{\w+\}|undefined|NaN|\[object/);
    expect(body).toContain("<!-- frontdesk:report:2026-03-02 -->");
  });

  it("neutralises what users wrote: titles, labels, articles' names", () => {
    fc.assert(
      fc.property(hostile, (wild) => {
        const tickets = TOLD.gaps?.[0]?.tickets as [TicketLink, ...TicketLink[]];
        const { body } = written(
          summaryFacts(BUSY, {
            asked: [{ title: wild, representative: tickets[0], tickets }],
            gaps: [{ title: wild, representative: tickets[0], tickets }],
            private: true,
            silent: (["label", "article"] as const).map((what) => ({
              ...{ what, subject: wild, precision: 0.5, count: 3, target: 0.85 },
              repository: "octo-org/lantern",
            })),
            parked: [{ ticket: null, reason: wild }],
          }),
        );
        const page = html(body.replace("<!-- frontdesk:report:2026-03-02 -->", ""));
        const seen = text(
          page.replace(/<a href="https:[^>]*>#\d+<\/a>/g, "").replace(/<pre>[\s\S]*?<\/pre>/g, ""),
        );
        for (const [name, filter] of Object.entries(FILTERS))
          expect([name, filter.exec(seen)]).toEqual([name, null]);
        expect(
          tags(page).filter(
            (tag) => !/^(p|a|ul|ol|li|h3|table|thead|tbody|tr|t[hd]|sub|pre|code|details|summary)$/.test(tag),
          ),
        ).toEqual([]);
      }),
      { numRuns: 60 },
    );
  });
});

describe("suggestions", () => {
  const breached = {
    type: "sla",
    policy: "gold",
    clock: "resolution",
    cycle: 0,
    outcome: "breached",
  } as const;
  const three = (...steps: Parameters<typeof life>[1] & object) =>
    [31, 32, 33].map((number) => life(number, steps, { triage: null }));
  const article = [
    [0.1, show("article", "12/a.md#b")],
    [1, judge("article", "12/a.md#b", false)],
  ] satisfies Parameters<typeof life>[1];
  const wrongLabel = [
    [0.1, label("area: x", "desk")],
    [1, unlabel("area: x", "team"), reply],
  ] satisfies Parameters<typeof life>[1];
  const tickets = TOLD.gaps?.[0]?.tickets ?? [];
  const cases: [string, SummaryFacts, RegExp][] = [
    ["parked work", summaryFacts([], { parked: TOLD.parked ?? [] }), /^1\. Look at the parked work \(2\)/m],
    [
      "a broken promise",
      summaryFacts([life(5, [[2, breached]])]),
      /^1\. Answer \[#.5\]\([^)]*\) first: of what is overdue \(1\)/m,
    ],
    ["who waits", summaryFacts([life(5), life(6)]), /^1\. Answer \[#.5\]\([^)]*\) next: .* longest of 2/m],
    [
      "a gap",
      summaryFacts([life(5)], {
        gaps: [{ title: "Themes", representative: tickets[0] as TicketLink, tickets }],
      }),
      /^1\. Write an article about “Themes”/m,
    ],
    [
      "questions of which each asks something else",
      summaryFacts([life(5, [[1, reply]], { triage: { kind: "question" } as never })]),
      /^1\. Write down what people had to ask: no article answered \[#.5\]/m,
    ],
    [
      "what many wrote about",
      summaryFacts([life(5)], {
        asked: [{ title: "Legend", representative: tickets[0] as TicketLink, tickets }],
      }),
      /^1\. Settle “Legend” for good: \[#.13\].*\[#.24\]\([^)]*\) are about it/m,
    ],
    [
      "answers that fell silent",
      summaryFacts([], { silent: TOLD.silent ?? [] }),
      /^1\. See where I was wrong and now say nothing: Answers, right in 10 of 14 cases/m,
    ],
    [
      "what is due soon, after what is overdue",
      summaryFacts([life(5, [[2, breached]]), life(6, [[2, { ...breached, outcome: "warned" }]])]),
      /^2\. See to \[#.6\]\([^)]*\) in time: resolution is due soon/m,
    ],
    [
      "an article that fails",
      summaryFacts(three(...article)),
      /^1\. Rework `a\.md#b`: it helped in 0 of 3 cases/m,
    ],
    [
      "a label",
      summaryFacts(three(...wrongLabel)),
      /^1\. Look at how the label `area: x` is used: .* 3 of 3/m,
    ],
    [
      "a label of one repository of several, by what is asked for there",
      summaryFacts(three(...wrongLabel), {
        subject: "octo-org",
        labels: ["octo-org/lantern", "octo-org/torch"].map((repository, i) => ({
          repository,
          accuracy: summaryFacts([...three(...wrongLabel), ...right(2)]).now.accuracy.labels,
          targetPrecision: i,
        })),
      }),
      /^1\. Look at how the label `octo-org\/torch`, `area: x` is used: .* 3 of 5/m,
    ],
    [
      "what comes back",
      summaryFacts(three([1, close], [2, reopen, reply])),
      /^1\. Look at what comes back: 3 of 3 endings/m,
    ],
    [
      "promises that are often broken",
      summaryFacts(three([2, breached], [3, reply, { ...close, reason: "completed" }])),
      /^1\. Look at the promise of `gold` \(resolution\): it was kept in 0 of 3/m,
    ],
  ];
  it.each(cases)("are made of %s, with the evidence", (_, facts, expected) => {
    expect(written(facts).body).toMatch(expected);
  });

  const silent: [string, SummaryFacts, RegExp][] = [
    [
      "a ticket that waits for its reporter",
      summaryFacts([life(5, [], { status: "pending" })]),
      /next: it has waited/,
    ],
    [
      "what is to be written down and was asked most, twice",
      summaryFacts([], {
        parked: TOLD.parked ?? [],
        gaps: TOLD.gaps ?? [],
        asked: [{ title: "Legend", representative: tickets[0] as TicketLink, tickets }],
      }),
      /Settle/,
    ],
    ["an article that failed twice", summaryFacts(three(...article).slice(1)), /Rework/],
    [
      "a label that is right often enough",
      summaryFacts([...three(...wrongLabel), ...right(30)]),
      /Look at how/,
    ],
    [
      "two endings that were taken back",
      summaryFacts(three([1, close], [2, reopen, reply]).slice(1)),
      /comes back/,
    ],
    [
      "three endings of many",
      summaryFacts([
        ...three([1, close], [2, reopen, reply]),
        ...Array.from({ length: 19 }, (_, i) => life(100 + i, [[1, close]])),
      ]),
      /comes back/,
    ],
  ];
  it.each(silent)("are not made of %s", (_, facts, unexpected) => {
    expect(written(facts).body).not.toMatch(unexpected);
  });

  function right(count: number) {
    return Array.from({ length: count }, (_, i) =>
      life(100 + i, [
        [0.1, label("area: x", "desk")],
        [1, reply],
      ]),
    );
  }
});

describe("charts", () => {
  it("are drawn by Mermaid: in every language, of next to nothing, and whatever a name holds", () => {
    const bodies = [
      ...supportedLanguages.map((language) => written(busy, language).body),
      written(summaryFacts([life(1)])).body,
      written(summaryFacts([], { parked: TOLD.parked ?? [] })).body,
    ];
    const names = ['a "quoted" one', "two\nlines", "`code`", "a: b", "%%{init}%%", "日本語", ";#<>|"];
    const charts = [
      ...bodies,
      ...names.map((name) => pie(name, [{ name, count: 3 }])),
      ...names.map((name) => barsAndLine(name, name, [name], [1], [0])),
    ].flatMap(chartsOf);
    // What came alone has no parts to show.
    expect(charts).toHaveLength(2 * supportedLanguages.length + 2 + 2 * names.length);
    const broken = 'pie showData\n    "a" : x';
    expect(drawn([...charts, broken])).toEqual([
      ...charts.map((chart) => (chart.startsWith("pie") ? "pie" : "xychart")),
      expect.stringMatching(/^broken: /),
    ]);
  });

  it("leave out slices of nothing, and put the largest first", () => {
    const slices = pie("x", [
      { name: "none", count: 0 },
      { name: "few", count: 1 },
      { name: "many", count: 9 },
    ]);
    expect(slices).toBe('```mermaid\npie showData title x\n    "many" : 9\n    "few" : 1\n```');
  });
});
