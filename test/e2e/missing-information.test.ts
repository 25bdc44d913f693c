import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import type { World } from "./world.ts";
import { KINDS_OF_THREADS, open, openWorld, ownComments } from "./world.ts";

/** Discussions have no issue form: what they must tell is a setting. */
const SETTINGS = "missingInformation:\n  required: [Version, Steps to reproduce]\n";

const VAGUE = {
  de: {
    title: "[Bug] Absturz beim Start nach dem Update",
    body: "Das Programm stürzt beim Start ab. Es erscheint eine Fehlermeldung (Exception). Vorher hat es funktioniert. Das ist ein Bug.",
  },
  en: {
    title: "Bug: charts are broken after the update",
    body: "Since the last update the charts do not draw any more and there is an error in the corner. It worked before. Please fix this bug.",
  },
};

const THE_REST = "### Version\n\n3.2.1\n\n### Steps to reproduce\n\n1. Open a board\n2. Press x\n";

let world: World;
beforeAll(async () => {
  world = await openWorld({ settings: SETTINGS });
});
afterAll(() => world.close());

describe.each(KINDS_OF_THREADS)("%s that reports too little", (_, kind) => {
  it("is asked for it once, and labelled", async () => {
    const place = open(world.sandbox, kind, "mona", VAGUE.en);
    await world.rest();
    const [comment = "", ...others] = ownComments(world.sandbox, place);
    expect(others).toEqual([]);
    expect(comment).toContain("Hi mona,");
    expect(comment).toContain("- Version\n- Steps to reproduce\n");
    expect(comment.match(/<!-- frontdesk:triage/g)).toHaveLength(1);
    expect(comment).toContain("<details>");
    expect(world.sandbox.labels(place)).toEqual(["bug", "needs-info"]);
    expect(await world.ticket(place)).toMatchObject({ status: "pending", language: "en" });
  });

  it("is asked in its own language", async () => {
    const place = open(world.sandbox, kind, "mona", VAGUE.de);
    await world.rest();
    const [comment = ""] = ownComments(world.sandbox, place);
    expect(comment).toContain("Damit wir dem nachgehen können");
    expect(await world.ticket(place)).toMatchObject({ language: "de" });
  });

  it("is asked in the language of the settings", async () => {
    const repository = world.repository(`french-${kind}`, `${SETTINGS}language: fr\n`);
    const place = open(world.sandbox, kind, "mona", VAGUE.en, repository);
    await world.rest();
    expect(ownComments(world.sandbox, place)[0]).toContain("Bonjour");
  });

  it("is cleared when the reporter adds it to the text: the comment is edited, our label goes", async () => {
    const { sandbox } = world;
    const place = open(sandbox, kind, "mona", VAGUE.en);
    await world.rest();
    sandbox.as("mona").edit(place, { body: `${VAGUE.en.body}\n\n${THE_REST}` });
    await world.rest();
    const comments = ownComments(sandbox, place);
    expect(comments).toHaveLength(1);
    expect(comments[0]).toContain("that is all we asked for");
    expect(sandbox.labels(place)).toEqual(["bug"]);
  });

  it("is cleared bit by bit when the reporter tells it in comments", async () => {
    const { sandbox } = world;
    const place = open(sandbox, kind, "mona", VAGUE.en);
    await world.rest();
    sandbox.as("mona").comment(place, "It is version 3.2.1.");
    await world.rest();
    expect(ownComments(sandbox, place)[0]).toContain("- Steps to reproduce");
    expect(ownComments(sandbox, place)[0]).not.toContain("- Version");
    expect(sandbox.labels(place)).toEqual(["bug", "needs-info"]);
    sandbox.as("mona").comment(place, "Steps:\n1. Open a board\n2. Press x");
    await world.rest();
    expect(ownComments(sandbox, place)).toHaveLength(1);
    expect(ownComments(sandbox, place)[0]).toContain("that is all we asked for");
    expect(sandbox.labels(place)).toEqual(["bug"]);
  });

  it("stays cleared when the text is edited after the comments told it", async () => {
    const { sandbox } = world;
    const place = open(sandbox, kind, "mona", VAGUE.en);
    await world.rest();
    sandbox.as("mona").comment(place, THE_REST);
    await world.rest();
    sandbox.as("mona").edit(place, { title: "Bug: all charts are broken after the update" });
    await world.rest();
    expect(ownComments(sandbox, place)[0]).toContain("that is all we asked for");
    expect(sandbox.labels(place)).toEqual(["bug"]);
  });

  it("is not cleared by what somebody else says", async () => {
    const { sandbox } = world;
    const place = open(sandbox, kind, "mona", VAGUE.en);
    await world.rest();
    sandbox.as("maria").comment(place, THE_REST);
    await world.rest();
    expect(ownComments(sandbox, place)[0]).toContain("- Version");
    expect(sandbox.labels(place)).toEqual(["bug", "needs-info"]);
  });

  it("is asked without a label when a person took our label off", async () => {
    const { sandbox } = world;
    const place = open(sandbox, kind, "mona", VAGUE.en);
    await world.rest();
    sandbox.as("maria").unlabel(place, "needs-info");
    await world.rest();
    sandbox.as("mona").edit(place, { title: "Bug: all charts are broken after the update" });
    await world.rest();
    expect(sandbox.labels(place)).toEqual(["bug"]);
  });

  it("has one comment after thirty edits", async () => {
    const { sandbox } = world;
    const place = open(sandbox, kind, "mona", VAGUE.en);
    for (let edit = 1; edit <= 30; edit++) {
      const told = edit % 2 === 0 ? THE_REST : "";
      sandbox.as("mona").edit(place, { body: `${VAGUE.en.body}\n\nEdit ${edit}.\n\n${told}` });
      if (edit % 5 === 0) await world.rest();
    }
    await world.rest();
    expect(ownComments(sandbox, place)).toHaveLength(1);
    expect(ownComments(sandbox, place)[0]).toContain("that is all we asked for");
  });
});
