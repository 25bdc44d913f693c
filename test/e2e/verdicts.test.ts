import { afterAll, beforeAll, beforeEach, describe, expect, it } from "@jest/globals";
import { LANTERN_DOCS } from "../builders/articles.ts";
import type { KindOfThread, World } from "./world.ts";
import { KINDS_OF_THREADS, open, openWorld, ownComments } from "./world.ts";

const QUESTION = {
  title: "How do I configure a proxy for the updater?",
  body: "I am behind a company proxy. How can I configure the proxy that the updater uses?",
};

let world: World;
beforeAll(async () => {
  world = await openWorld();
});
// GitHub takes 80 comments and issues a minute.
beforeEach(() => world.pass(60));
afterAll(() => world.close());

/** A ticket that we answered, in a repository of its own: its figures are the ticket's. */
async function answered(kind: KindOfThread, name: string) {
  const repository = world.repository(`${name}-${kind}`, "duplicates: { enabled: false }\n");
  world.sandbox.as("octocat").commitFiles(repository, LANTERN_DOCS);
  await world.rest();
  const place = open(world.sandbox, kind, "mona", QUESTION, repository);
  await world.rest();
  expect(ownComments(world.sandbox, place).join()).toContain("This may answer your question");
  const figures = async () => {
    await world.rest();
    // What comes next is another second's.
    world.pass(5);
    const query = `repository=${repository}&until=2100-01-01`;
    const response = await fetch(`${world.frontdesk.url}/api/satisfaction?${query}`);
    const { rated, satisfied } = (await response.json()) as { rated: number; satisfied: number };
    return `${satisfied} of ${rated}`;
  };
  return { place, figures, mona: world.sandbox.as("mona"), octocat: world.sandbox.as("octocat") };
}

describe.each(KINDS_OF_THREADS)("%s that we answered", (_, kind) => {
  it("satisfies its reporter who closes it, until they reopen it", async () => {
    const { place, figures, mona } = await answered(kind, "by-hand");
    mona.close(place);
    expect(await figures()).toBe("1 of 1");
    mona.reopen(place);
    expect(await figures()).toBe("0 of 1");
  });

  it("satisfies its reporter who has it closed, until they have it reopened", async () => {
    const { place, figures, mona } = await answered(kind, "by-command");
    mona.comment(place, "/close");
    expect(await figures()).toBe("1 of 1");
    mona.comment(place, "/reopen");
    expect(await figures()).toBe("0 of 1");
  });

  it("satisfied nobody when the team undoes that it was closed", async () => {
    const { place, figures, mona, octocat } = await answered(kind, "undone");
    mona.comment(place, "/close");
    expect(await figures()).toBe("1 of 1");
    octocat.comment(place, "/undo");
    expect(await figures()).toBe("0 of 0");
  });

  it("did not satisfy its reporter who reopens what the team closed", async () => {
    const { place, figures, mona, octocat } = await answered(kind, "by-team");
    octocat.close(place);
    expect(await figures()).toBe("0 of 0");
    mona.reopen(place);
    expect(await figures()).toBe("0 of 1");
  });
});

describe("an issue that we answered", () => {
  it.each([
    ["that-solved-it", "Thank you, that solved it!", "1 of 1"],
    ["a-good-mood", "Wonderful, thank you so much, this is great!", "1 of 1"],
    ["a-bad-mood", "This is terrible, I hate it. Awful.", "0 of 1"],
    ["no-mood", "I use version 3.2.1.", "0 of 0"],
    ["worked-before", "It worked before the update, now the proxy is ignored.", "0 of 0"],
    ["did-not-solve", "I don't think that solved it.", "0 of 0"],
  ])("and of which the reporter says %s", async (name, words, expected) => {
    const { place, figures, mona } = await answered("issue", name);
    mona.comment(place, words);
    expect(await figures()).toBe(expected);
  });
});
