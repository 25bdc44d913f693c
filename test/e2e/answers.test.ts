import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { LANTERN_DOCS } from "../builders/articles.ts";
import type { Report, World } from "./world.ts";
import { KINDS_OF_THREADS, open, openWorld, ownComments, REPOSITORY } from "./world.ts";

const QUESTION: Report = {
  title: "How do I configure a proxy for the updater?",
  body: "I am behind a company proxy. How can I configure the proxy that the updater uses?",
};

let world: World;
beforeAll(async () => {
  world = await openWorld();
  world.sandbox.as("octocat").commitFiles(REPOSITORY, LANTERN_DOCS);
  await world.rest();
});
afterAll(() => world.close());

describe.each(KINDS_OF_THREADS)("%s", (_, kind) => {
  it("that the documentation answers gets the passage, and a link that lands on its section", async () => {
    const place = open(world.sandbox, kind, "mona", QUESTION);
    await world.rest();
    const [comment = "", ...others] = ownComments(world.sandbox, place);
    expect(others).toEqual([]);
    expect(comment).toContain("This may answer your question:");
    expect(comment).toContain(
      "/octo-org/lantern/blob/HEAD/docs/network.md#configure-a-proxy-for-the-updater)",
    );
    expect(comment).toContain("> Set");
  });

  it("about something else gets no answer", async () => {
    const place = open(world.sandbox, kind, "mona", {
      title: "Is there a way to invite guests to a meeting?",
      body: "Our office would like to know about calendars and meetings.",
    });
    await world.rest();
    expect(ownComments(world.sandbox, place)).toEqual([]);
  });
});
