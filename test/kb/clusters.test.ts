import { describe, expect, it } from "@jest/globals";
import { averageLink } from "../../src/kb/average-link.ts";
import { Backlog } from "../../src/kb/backlog.ts";
import { type Cluster, clustersOf } from "../../src/kb/clusters.ts";
import { type ReadTicket, type TicketText, ticketReader } from "../../src/kb/likeness.ts";

const ask = (number: number, title: string, body = ""): TicketText => ({ number, title, body });
const askAll = (first: number, titles: readonly string[], body = "") =>
  titles.map((title, i) => ask(first + i, title, body));

/** Some tickets, read by what a backlog of all tells. */
function readAll(tickets: readonly TicketText[], all: readonly TicketText[]): ReadTicket[] {
  const backlog = new Backlog();
  for (const text of all) backlog.open({ ...text, author: null, createdAt: text.number });
  const read = ticketReader(
    backlog,
    tickets.map(({ number }) => number),
  );
  return tickets.map(read).filter((ticket) => ticket !== null);
}

/** The clusters of some tickets, and what else is in their repository's backlog. */
const clusters = (tickets: readonly TicketText[], others: readonly TicketText[] = []): Cluster[] =>
  clustersOf(readAll(tickets, [...others, ...tickets]));

const groups = (tickets: readonly TicketText[], others: readonly TicketText[] = []) =>
  clusters(tickets, others).map((cluster) => cluster.tickets);

const PROXY = askAll(3, [
  "How to use a proxy server?",
  "Use it with a proxy server",
  "proxy server: how to use one",
]);
const OTHERS = askAll(20, [
  "Where are themes stored",
  "Export to spreadsheets",
  "Rename a workspace",
  "Keyboard layout resets",
]);

describe("clusters of tickets", () => {
  it("gather those that ask the same, with the one that is most like the others", () => {
    expect(clusters([...OTHERS, ...PROXY])).toEqual([{ representative: 3, tickets: [3, 4, 5] }]);
    const variants = askAll(1, [
      "Sessions expire while the laptop sleeps and the editor loses my unsaved drafts",
      "Editor loses unsaved drafts",
      "Editor loses unsaved drafts after sleep",
    ]);
    expect(clusters(variants)).toEqual([{ representative: 3, tickets: [1, 2, 3] }]);
  });

  it("put the largest first and each ticket into one, in whatever order they come", () => {
    const themes = askAll(
      30,
      ["one", "two", "three", "four"].map((word) => `Dark theme colours of the editor, ${word}`),
    );
    const expected = [
      [30, 31, 32, 33],
      [3, 4, 5],
    ];
    expect(groups([...PROXY, ...OTHERS, ...themes])).toEqual(expected);
    expect(groups([...themes, ...OTHERS, ...PROXY].reverse())).toEqual(expected);
  });

  it("are one for a topic of a hundred, whether it is all that there is or not", () => {
    const hundred = Array.from({ length: 100 }, (_, i) =>
      ask(100 + i, `Sign-in fails behind the company proxy (${i})`, `It says error ${i} and stops.`),
    );
    expect(groups(hundred).map(({ length }) => length)).toEqual([100]);
    expect(groups([...hundred, ...OTHERS, ...PROXY]).map(({ length }) => length)).toEqual([100, 3]);
  });

  it("have two tickets only where these have the same words", () => {
    const two = (title: string) =>
      groups([...OTHERS, ask(1, "Charts are empty after an import"), ask(2, title)]);
    expect(two("After an import charts are empty")).toEqual([[1, 2]]);
    expect(two("Charts are slow")).toEqual([]);
  });

  it.each([
    ["nothing at all", []],
    ["tickets about different things", OTHERS],
    ["titles of a word that say nothing", askAll(1, ["Error", "error", "#F", "#F", "Help", "help"])],
    [
      "empty titles and bodies",
      [ask(1, "", ""), ask(2, "", ""), ask(3, "?", "!"), ask(4, "\u{1f600}", "\u{1f600}")],
    ],
    [
      "a form filled in alike",
      OTHERS.map((text) => ({
        ...text,
        body: "### Is there an existing issue?\n\nYes\n\n### Platform\n\nLinux, Ubuntu, binary\n\n### Custom code\n\nNo",
      })),
    ],
    [
      "what a form puts before titles",
      askAll(1, ["[Bug]: zoom", "[Bug]: print", "Feature request: undo", "Feature request: tabs"]),
    ],
  ])("are none of %s", (_, tickets) => {
    expect(groups(tickets)).toEqual([]);
  });

  it("do not come of how titles begin by habit, but of this week's many reports of one fault", () => {
    const begun = ["undo", "tabs", "zoom", "fonts", "search", "folding", "macros", "printing", "themes"].map(
      (what, i) => `Tracking issue for ${i % 2 ? `RFC ${i}: ` : ""}${what}`,
    );
    const now = askAll(50, ["Tracking issue for bookmarks", "Tracking issue for snippets"]);
    const fault = askAll(60, ["Lantern cannot start after Tuesday", "Lantern cannot start on Windows"]);
    expect(groups([...now, ...fault], askAll(1, begun)).flat()).not.toEqual(expect.arrayContaining([50, 51]));
    expect(groups([...now, ...fault], askAll(1, begun))).toEqual([[60, 61]]);
  });

  it("are made of 1,000 tickets without blocking for long, whatever they say", () => {
    const words = Array.from({ length: 400 }, (_, i) => `w${(i * 7919) % 1_000}q`);
    const some = (i: number, count: number) =>
      Array.from({ length: count }, (_, k) => words[(i * 31 + k * k * 17) % 400]).join(" ");
    const tickets = Array.from({ length: 1_000 }, (_, i) => ask(i + 1, some(i, 6), some(i + 3, 80)));
    const same = tickets.map(({ number }) => ask(number, "The same fault each time", "It does not start."));
    for (const some of [tickets, same]) {
      const read = readAll(some, some);
      const from = performance.now();
      clustersOf(read);
      expect(performance.now() - from).toBeLessThan(2_000);
    }
  });
});

describe("average link", () => {
  it("makes no group of a chain of neighbours", () => {
    // Each is like the next one only.
    const chain = Float32Array.from({ length: 25 }, (_, cell) =>
      Math.abs(Math.floor(cell / 5) - (cell % 5)) === 1 ? 0.5 : 0,
    );
    expect(averageLink(chain, 5, 0.3)).toEqual([[0, 1], [2, 3], [4]]);
  });

  it("puts together all that is alike, and nothing without anything", () => {
    expect(averageLink(new Float32Array(9).fill(1), 3, 1)).toEqual([[0, 1, 2]]);
    expect(averageLink(new Float32Array(9), 3, 0.3)).toEqual([[0], [1], [2]]);
    expect(averageLink(new Float32Array(0), 0, 0.3)).toEqual([]);
  });
});
