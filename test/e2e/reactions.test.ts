import { afterAll, afterEach, beforeAll, describe, expect, it } from "@jest/globals";
import { tick } from "../../src/desk/rounds.ts";
import { TEXTS } from "../builders/facts.ts";
import type { World } from "./world.ts";
import { KINDS_OF_THREADS, open, openWorld, ownComments } from "./world.ts";

const HOUR = 3_600_000;

describe.each(KINDS_OF_THREADS)("our comment on %s", (_name, kind) => {
  let world: World;
  let offset = 0;
  const now = () => Date.now() + offset;
  afterEach(async () => {
    await world.close();
  });

  const begin = async () => {
    offset = 0;
    world = await openWorld({ settings: "acknowledge: always\n", sandbox: { now } });
    const place = open(world.sandbox, kind, "mona", TEXTS.bug);
    await world.rest();
    const [comment] = world.sandbox.comments(place).filter(({ author }) => author === "frontdesk[bot]");
    if (!comment) throw new Error("there is no comment of ours");
    const said = { id: comment.id, nodeId: comment.nodeId };
    return { sandbox: world.sandbox, place, said };
  };

  const hoursPass = async (hours: number) => {
    offset += hours * HOUR;
    await tick(world.frontdesk.desk);
    await world.rest();
  };

  it("is taken back when the reporter gives it a thumbs-down", async () => {
    const { sandbox, place, said } = await begin();
    sandbox.as("mona").react(said, "-1");
    await hoursPass(0.5);
    expect(sandbox.labels(place)).toEqual(["bug"]);
    await hoursPass(1);
    expect(sandbox.labels(place)).toEqual(["bug", "needs-human"]);
    expect(ownComments(sandbox, place)).toHaveLength(1);
    expect(ownComments(sandbox, place)[0]).not.toContain("<details>");
  });

  it("stays when somebody else does, or the reporter likes it", async () => {
    const { sandbox, place, said } = await begin();
    sandbox.as("octocat").react(said, "-1");
    sandbox.as("mona").react(said, "+1");
    for (const hours of [2, 24, 24 * 7, 24 * 30, 24 * 90]) await hoursPass(hours);
    expect(sandbox.labels(place)).toEqual(["bug"]);
  });

  it("is looked at after an hour, a day, a week and a month, one request each, and then no more", async () => {
    const { sandbox } = await begin();
    const looks = () => sandbox.requests.filter(({ path }) => path.includes("graphql")).length;
    const before = looks();
    for (const hours of [0.5, 1, 2, 24, 1, 24 * 7, 24 * 30, 24 * 90]) await hoursPass(hours);
    expect(looks() - before).toBe(4);
  });

  it("tells how satisfied people are, each by the last sign, and without the team", async () => {
    const { sandbox, place, said } = await begin();
    sandbox.createUser(`otto-${kind}`);
    sandbox.as(`otto-${kind}`).react(said, "heart");
    sandbox.as("maria").react(said, "-1");
    await hoursPass(2);
    const ratings = async () =>
      (await world.ticket(place))?.timeline?.flatMap((fact) =>
        fact.type === "rated" ? [[fact.by, fact.rating]] : [],
      );
    expect(await ratings()).toEqual([[`otto-${kind}`, 1]]);
    sandbox.as(`otto-${kind}`).unreact(said, "heart");
    await hoursPass(24);
    expect(await ratings()).toEqual([
      [`otto-${kind}`, 1],
      [`otto-${kind}`, null],
    ]);
  });
});

describe.each(KINDS_OF_THREADS)("a survey after %s is closed", (_name, kind) => {
  let world: World;
  let offset = 0;
  const now = () => Date.now() + offset;
  beforeAll(async () => {
    world = await openWorld({
      settings: "satisfaction:\n  survey: { onClose: true, everyDays: 90 }\n",
      sandbox: { now },
    });
  });
  afterAll(() => world.close());

  const closed = async (as: string) => {
    const place = open(world.sandbox, kind, as, TEXTS.feature);
    await world.rest();
    world.sandbox.as("octocat").close(place);
    await world.rest();
    return place;
  };

  it("asks a person once in so many days, and counts the sign under the question", async () => {
    const { sandbox } = world;
    const first = await closed("mona");
    const [question = "", ...others] = ownComments(sandbox, first);
    expect(others).toEqual([]);
    expect(question).toContain("<!-- frontdesk:survey:1 -->");
    expect(ownComments(sandbox, await closed("mona"))).toEqual([]);
    const [said] = sandbox.comments(first).filter(({ author }) => author === "frontdesk[bot]");
    if (!said) throw new Error("nobody asked");
    sandbox.as("mona").react({ id: said.id, nodeId: said.nodeId }, "-1");
    offset += 2 * HOUR;
    await tick(world.frontdesk.desk);
    await world.rest();
    const ticket = await world.ticket(first);
    expect(ticket?.timeline).toContainEqual(
      expect.objectContaining({ type: "rated", by: "mona", rating: -1 }),
    );
    // It is no word on our help: nothing is taken back.
    expect(ticket?.withdrawn).toBe(false);
    offset += 91 * 24 * HOUR;
    expect(ownComments(sandbox, await closed("mona"))).toHaveLength(1);
  });

  it("does not ask the team", async () => {
    expect(ownComments(world.sandbox, await closed("maria"))).toEqual([]);
  });
});
