import { describe, expect, it } from "@jest/globals";
import { Backlog } from "../../src/kb/backlog.ts";
import { Boilerplate, stripPrefix } from "../../src/kb/boilerplate.ts";
import { DUPLICATE_FEATURES, duplicateCandidates } from "../../src/kb/duplicate-features.ts";
import { rankDuplicates, trainDuplicates } from "../../src/kb/duplicates.ts";
import { closesCircle, type LinkFacts, linkTarget } from "../../src/kb/graph.ts";
import { openFirst, type Original, originalState } from "../../src/kb/original.ts";
import { referencesIn } from "../../src/kb/references.ts";
import { type IssueHistory, replay } from "../../src/kb/replay.ts";

const DAY = 86_400_000;
const TOPICS = [
  ["Crash when the config file is empty", "The parser panics with unexpected end of file."],
  ["Dark theme ignores the scroll bar", "The scroll bar stays white in the dark theme."],
  ["Upload stops at two gigabytes", "Large uploads are cut off without a message."],
  ["Login loops behind a proxy", "After the password the page loads again and again."],
  ["Search finds nothing in Japanese", "Words without spaces are not found."],
] as const;

function issue(number: number, changes: Partial<IssueHistory> = {}): IssueHistory {
  const [title, body] = TOPICS[number % TOPICS.length] as readonly [string, string];
  return {
    number,
    title,
    body,
    author: `user${number}`,
    createdAt: number * DAY,
    closedAt: null,
    comments: [],
    ...changes,
  };
}

function filled(issues: IssueHistory[]): Backlog {
  return replay(issues, () => {});
}

describe("references in a text", () => {
  it.each([
    ["Duplicate of #12.", [{ number: 12, duplicate: true }]],
    ["Closing in favor of #3", [{ number: 3, duplicate: true }]],
    ["This is the same bug as #4, see also the log.", [{ number: 4, duplicate: true }]],
    ["Related: #5", [{ number: 5, duplicate: false }]],
    ["This is not a duplicate of #6", [{ number: 6, duplicate: false }]],
    [
      "Fixed by #7. A dupe of #8!",
      [
        { number: 7, duplicate: false },
        { number: 8, duplicate: true },
      ],
    ],
    ["see https://github.com/o/r/issues/9", [{ number: 9, duplicate: false }]],
    ["```\ndup of #10\n```", []],
    ["> duplicate of #11", []],
    ["colour &#124; and other/repo#13", []],
  ])("%j", (text, references) => {
    expect(referencesIn(text)).toEqual(references);
  });
});

describe("the backlog", () => {
  it("gathers all that were called the same, and forgets what is removed or denied", () => {
    const backlog = filled([1, 2, 3, 4].map((number) => issue(number)));
    backlog.same(1, 2);
    backlog.comment(3, { author: "m", body: "dup of #2", createdAt: 9 * DAY });
    expect([...backlog.cluster(1)].sort()).toEqual([1, 2, 3]);
    backlog.notSame(1, 2);
    expect([...backlog.cluster(1)]).toEqual([1]);
    backlog.remove(2);
    expect([...backlog.cluster(3)]).toEqual([3]);
    expect(backlog.size).toBe(3);
  });

  it("passes over comments and states of issues that it does not know", () => {
    const backlog = new Backlog();
    backlog.comment(1, { author: null, body: "dup of #2", createdAt: 0 });
    backlog.close(1, 0);
    backlog.remove(1);
    expect(backlog.size).toBe(0);
  });
});

describe("ranking duplicates", () => {
  it("finds the earlier report of the same problem, however old", () => {
    const backlog = filled(
      Array.from({ length: 40 }, (_, i) =>
        issue(i + 1, { title: `Part ${i} of the plan`, body: `step ${i}` }),
      ).concat(issue(45, { createdAt: 1 })),
    );
    const suspect = {
      title: "Empty config file makes it crash",
      body: "unexpected end of file",
      author: "x",
    };
    expect(rankDuplicates(backlog, suspect, 5_000 * DAY).ranking[0]?.number).toBe(45);
  });

  it("prefers the open one of two equal reports to one closed long ago", () => {
    const open = issue(6);
    const closed = issue(1, { closedAt: 7 * DAY });
    const backlog = filled([closed, open, issue(2), issue(3), issue(4)]);
    const [first] = rankDuplicates(backlog, { ...issue(11), author: "x" }, 900 * DAY).ranking;
    expect(first?.number).toBe(6);
  });

  it("knows nothing in an empty backlog", () => {
    expect(rankDuplicates(new Backlog(), issue(1), DAY)).toEqual({ ranking: [], contenders: [] });
  });

  it("keeps the shipped weights without lessons, one for each feature", () => {
    expect(trainDuplicates([])).toHaveLength(DUPLICATE_FEATURES.length);
    expect(trainDuplicates([]).every(Number.isFinite)).toBe(true);
  });
});

describe("time travel", () => {
  const history = (): IssueHistory[] =>
    Array.from({ length: 30 }, (_, i) =>
      issue(i + 1, {
        closedAt: i % 3 === 0 ? (i + 20) * DAY : null,
        comments: [
          { author: "m", body: `Looks like #${i}`, createdAt: (i + 3) * DAY },
          { author: "m", body: `Duplicate of #${Math.max(1, i - 4)}`, createdAt: (i + 15) * DAY },
        ],
      }),
    );

  /** What could not be known when issue 20 was opened is cut off. */
  function untilThen(issues: IssueHistory[]): IssueHistory[] {
    const now = 20 * DAY;
    return issues
      .filter((each) => each.createdAt <= now)
      .map((each) => ({
        ...each,
        closedAt: each.closedAt !== null && each.closedAt < now ? each.closedAt : null,
        comments: each.comments.filter((comment) => comment.createdAt < now),
      }));
  }

  function seenAt20(issues: IssueHistory[]) {
    let seen: unknown;
    replay(issues, (each, backlog) => {
      if (each.number !== 20) return;
      const { numbers, rows } = duplicateCandidates(backlog, each, each.createdAt);
      seen = { numbers, rows: [...rows] };
    });
    return seen;
  }

  it("sees at an issue's opening exactly what it sees when the future is cut off", () => {
    const seen = seenAt20(history());
    expect(seen).toBeDefined();
    expect(seen).toEqual(seenAt20(untilThen(history())));
  });

  it("does not see the issue itself, nor one that is opened in the same millisecond", () => {
    const twins = [issue(1), issue(6), issue(11, { createdAt: 6 * DAY })];
    const known: number[][] = [];
    replay(twins, (each, backlog) => known.push([each.number, backlog.size]));
    expect(known).toEqual([
      [1, 0],
      [6, 1],
      [11, 1],
    ]);
  });

  it("does not see the comment that names the duplicate, written at the closing", () => {
    const told = [
      issue(1),
      issue(6, { comments: [{ author: "m", body: "dup of #1", createdAt: 6 * DAY + 1 }] }),
    ];
    let cluster = 0;
    const after = replay(told, (each, backlog) => {
      if (each.number === 6) cluster = backlog.cluster(1).size;
    });
    expect(cluster).toBe(1);
    expect(after.cluster(1).size).toBe(2);
  });
});

describe("templates", () => {
  const form = (words: string) =>
    `### What happened?\n\n${words}\n\n### Version\n\nVersion: 1.${words.length}\n\n### Logs\n\n_No response_`;

  it("are learned from what many issues have, and taken out; people's words and code stay", () => {
    const boilerplate = new Boilerplate();
    for (let i = 0; i < 20; i++) boilerplate.learn(form(`words number ${"x".repeat(i)}`));
    const bare = boilerplate.strip(`${form("it burns")}\n\n\`\`\`\n### Version\n\`\`\``);
    expect(bare).toContain("it burns");
    expect(bare).toContain("```\n### Version\n```");
    expect(bare.replace(/```[\s\S]*```/, "")).not.toMatch(/What happened|Version|No response/);
  });

  it("are not seen in a few issues", () => {
    const boilerplate = new Boilerplate();
    boilerplate.learn("same line");
    boilerplate.learn("same line");
    expect(boilerplate.strip("same line")).toBe("same line");
  });

  it("of two reports of one epic do not make them alike", () => {
    const issues = Array.from({ length: 30 }, (_, i) =>
      issue(i + 1, { title: `[Epic]: ${i} lanterns`, body: form(`item ${i}`) }),
    );
    const alike = filled(issues);
    const suspect = { title: "[Epic]: submarine", body: form("torpedo"), author: "x" };
    expect(
      rankDuplicates(alike, suspect, 99 * DAY).contenders.filter(({ probability }) => probability > 0.5),
    ).toEqual([]);
  });

  it.each([
    ["[Bug]: it burns", "it burns"],
    ["Bug report - it burns", "it burns"],
    ["[1.2][windows] Question: why", "why"],
    ["[only this]", "[only this]"],
    ["Bugs everywhere", "Bugs everywhere"],
  ])("before the title %s goes", (title, bare) => {
    expect(stripPrefix(title)).toBe(bare);
  });
});

describe("where a duplicate points", () => {
  const graph = (links: Record<number, Partial<LinkFacts>>) => (number: number) =>
    links[number] && { duplicateOf: null, private: false, security: false, ...links[number] };

  it.each([
    ["an original", { 1: {} }, 1, 1],
    ["the root of a chain", { 3: { duplicateOf: 2 }, 2: { duplicateOf: 1 }, 1: {} }, 3, 1],
    ["nowhere: back to itself", { 2: { duplicateOf: 9 } }, 2, null],
    ["nowhere: a circle of others", { 1: { duplicateOf: 2 }, 2: { duplicateOf: 1 } }, 1, null],
    ["nowhere: a security report", { 1: { security: true } }, 1, null],
    ["nowhere: a private root", { 2: { duplicateOf: 1 }, 1: { private: true } }, 2, null],
    ["nowhere: an unknown issue", {}, 1, null],
    ["nowhere: itself", { 9: {} }, 9, null],
  ])("to %s", (_, links, to, target) => {
    expect(linkTarget(graph(links), 9, to)).toBe(target);
  });

  it("knows a circle before it is closed", () => {
    expect(closesCircle(graph({ 2: { duplicateOf: 1 }, 1: {} }), 1, 2)).toBe(true);
    expect(closesCircle(graph({ 2: {}, 1: {} }), 1, 2)).toBe(false);
    expect(closesCircle(graph({ 2: { duplicateOf: 3 }, 3: { duplicateOf: 2 } }), 1, 2)).toBe(false);
  });
});

describe("how an original stands", () => {
  const original = (
    number: number,
    state: "open" | "closed",
    stateReason: string | null,
    fixedIn: string | null,
  ): Original => ({
    number,
    state,
    stateReason,
    fixedIn,
  });

  it.each([
    [original(1, "open", null, null), { type: "open" }],
    [original(1, "closed", "completed", "2.1"), { type: "fixed", version: "2.1" }],
    [original(1, "closed", "completed", null), { type: "done" }],
    [original(1, "closed", "not_planned", null), { type: "unfixed" }],
  ])("%j is %j", (each, state) => {
    expect(originalState(each)).toEqual(state);
  });

  it("is said of open ones first", () => {
    const all = [
      original(1, "closed", "not_planned", null),
      original(2, "closed", "completed", "1"),
      original(3, "open", null, null),
      original(4, "open", null, null),
    ];
    expect(openFirst(all).map(({ number }) => number)).toEqual([3, 4, 2, 1]);
  });
});
