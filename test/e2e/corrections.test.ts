import { afterAll, beforeAll, beforeEach, describe, expect, it } from "@jest/globals";
import { courseOf } from "../../src/reports/course.ts";
import { type Accuracy, accuracy } from "../../src/reports/metrics/accuracy.ts";
import { tally } from "../../src/reports/tally.ts";
import type { Place } from "../../src/sandbox/sandbox.ts";
import { TEXTS } from "../builders/facts.ts";
import { LANTERN_DOCS } from "../builders/articles.ts";
import {
  KINDS_OF_THREADS,
  type KindOfThread,
  open,
  openWorld,
  ownComments,
  REPOSITORY,
  type World,
} from "./world.ts";

let world: World;
beforeAll(async () => {
  world = await openWorld({ settings: "acknowledge: always\nduplicates: { enabled: false }\n" });
});
// GitHub takes 80 comments and issues a minute.
beforeEach(() => world.pass(60));
afterAll(() => world.close());

/** A bug that the desk has labelled, and what the team then says, one word after the other. */
async function corrected(kind: KindOfThread, ...words: string[]): Promise<Place> {
  const place = open(world.sandbox, kind, "mona", TEXTS.bug);
  await world.rest();
  expect(world.sandbox.labels(place)).toContain("bug");
  for (const body of words) {
    world.pass(60);
    world.sandbox.as("maria").comment(place, body);
    await world.rest();
  }
  return place;
}

/** What is counted of each label on one ticket. */
async function counted(place: Place): Promise<Record<string, string>> {
  const ticket = await world.ticket(place);
  if (!ticket) throw new Error("it is no ticket");
  const { labels } = tally(accuracy({ since: 0, until: Number.MAX_SAFE_INTEGER }), [courseOf(ticket)]);
  const told = ({ precision, recall }: Accuracy) =>
    `right ${precision.part}, wrong ${precision.whole - precision.part}, missed ${recall.whole - recall.part}`;
  return Object.fromEntries(labels.map((label) => [label.subject, told(label)]));
}

const QUESTION = {
  title: "How do I configure a proxy for the updater?",
  body: "I am behind a company proxy. How can I configure the proxy that the updater uses?",
};
const PAGE = "docs/network.md";

describe.each(KINDS_OF_THREADS)("an article that did not help on %s", (_, kind) => {
  /** What was put right, as the ticket remembers it. */
  const improvements = async (place: Place) =>
    ((await world.ticket(place))?.timeline ?? []).flatMap((fact) =>
      fact.type === "improved" ? [fact.ref] : [],
    );

  /** A question that got the article for an answer. */
  async function answered(): Promise<Place> {
    world.sandbox.as("octocat").commitFiles(REPOSITORY, LANTERN_DOCS);
    await world.rest();
    const place = open(world.sandbox, kind, "mona", QUESTION);
    await world.rest();
    expect(ownComments(world.sandbox, place).join()).toContain(PAGE);
    return place;
  }

  it("is put right when a push changes it, and by nothing else", async () => {
    const [place, content] = [await answered(), await answered()];
    world.sandbox.as("mona").comment(place, "/not-helpful");
    await world.rest();
    const push = async (path: string) => {
      world.sandbox.as("octocat").commitFiles(REPOSITORY, { [path]: `${LANTERN_DOCS[PAGE]}\nMore.\n` });
      await world.rest();
    };
    await push("docs/other.md");
    expect(await improvements(place)).toEqual([]);
    await push(PAGE);
    expect(await improvements(place)).toEqual([expect.stringMatching(/^docs\/network\.md@[0-9a-f]{40}$/)]);
    expect(await improvements(content)).toEqual([]);
  });

  it("is put right when the team says so", async () => {
    const place = await answered();
    world.sandbox.as("mona").comment(place, "/not-helpful");
    world.sandbox.as("maria").comment(place, `/improved ${PAGE}#proxy`);
    await world.rest();
    expect(await improvements(place)).toEqual([`${PAGE}#proxy`]);
  });
});

describe.each(KINDS_OF_THREADS)("a label of ours on %s", (_, kind) => {
  it("was wrong, and the other one missed, where the team says so by a command", async () => {
    const place = await corrected(kind, "/kind feature", "We plan it for June.");
    expect(world.sandbox.labels(place)).toEqual(["enhancement"]);
    expect(await counted(place)).toEqual({
      bug: "right 0, wrong 1, missed 0",
      enhancement: "right 0, wrong 0, missed 1",
    });
  });

  it("was right after all where the team takes that back", async () => {
    const place = await corrected(kind, "/kind feature", "/undo");
    expect(world.sandbox.labels(place)).toEqual(["bug"]);
    expect(await counted(place)).toEqual({ bug: "right 1, wrong 0, missed 0" });
  });

  it("was missed where the team sets it by a command", async () => {
    const place = await corrected(kind, "/label documentation");
    expect(await counted(place)).toMatchObject({ documentation: "right 0, wrong 0, missed 1" });
  });
});
