import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "@jest/globals";
import { lookAtReactions } from "../../src/desk/reactions.ts";
import { reconcile } from "../../src/desk/reconcile.ts";
import { tick } from "../../src/desk/rounds.ts";
import type { Faults, Place } from "../../src/sandbox/sandbox.ts";
import { lastRatings } from "../../src/triage/voices.ts";
import { TEXTS } from "../builders/facts.ts";
import { ALL_PERMISSIONS, installationClient } from "../sandbox/clients.ts";
import type { World } from "./world.ts";
import { KINDS_OF_THREADS, open, openWorld, ownComments, ownSaid, REPOSITORY } from "./world.ts";

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

describe("reactions", () => {
  let world: World;
  let offset = 0;
  let deaf = false;
  /** Requests to such a path fail. */
  let broken: RegExp | null = null;
  const now = () => Date.now() + offset;
  beforeEach(async () => {
    [offset, deaf, broken] = [0, false, null];
    const faults: Faults = {
      onDelivery: () => (deaf ? { do: "drop" } : undefined),
      onRequest: ({ path }) => (broken?.test(path) ? { do: "answer", status: 502 } : undefined),
    };
    const settings = "acknowledge: always\nsatisfaction: { teamReplies: true }\n";
    world = await openWorld({ settings, sandbox: { now, faults } });
    for (const login of ["otto", "ana"]) world.sandbox.createUser(login);
  });
  afterEach(() => world.close());

  const asked = async () => {
    const place = open(world.sandbox, "issue", "mona", TEXTS.bug);
    await world.rest();
    const [said] = ownSaid(world.sandbox, place);
    if (!said) throw new Error("there is no comment of ours");
    return { place, said: { id: said.id, nodeId: said.nodeId } };
  };
  const hoursPass = async (hours: number) => {
    offset += hours * HOUR;
    await tick(world.frontdesk.desk);
    await world.rest();
  };
  /** Who thinks what of a ticket. */
  const lastWords = async (place: Place) => {
    const ticket = await world.ticket(place);
    return Object.fromEntries([...lastRatings(ticket ?? {})].map(([by, { rating }]) => [by, rating]));
  };

  it.each([true, false])(
    "are heard beside a comment that was deleted, be its delivery lost: %s",
    async (lost) => {
      const { sandbox } = world;
      const first = await asked();
      const second = await asked();
      const reply = sandbox.as("maria").comment(first.place, "Please try the newest version.");
      await world.rest();
      deaf = lost;
      sandbox.as("maria").deleteComment(reply);
      await world.rest();
      for (const { said } of [first, second]) sandbox.as("otto").react(said, "heart");
      await hoursPass(2);
      expect(await lastWords(first.place)).toEqual({ otto: 1 });
      expect(await lastWords(second.place)).toEqual({ otto: 1 });
      expect((await world.ticket(first.place))?.teamComments).toEqual(lost ? [reply.nodeId] : []);
    },
  );

  it("stay counted when their comment or their account is gone", async () => {
    const { sandbox } = world;
    const [first, second] = [await asked(), await asked()];
    sandbox.as("otto").react(first.said, "heart");
    sandbox.as("ana").react(second.said, "-1");
    await hoursPass(2);
    sandbox.as("octocat").deleteComment(first.said);
    sandbox.deleteUser("ana");
    await hoursPass(24);
    expect(await lastWords(first.place)).toEqual({ otto: 1 });
    expect(await lastWords(second.place)).toEqual({ ana: -1 });
  });

  it("count on the team's replies where the settings say so, on one beyond the newest five too", async () => {
    const { sandbox } = world;
    const { place } = await asked();
    const reply = sandbox.as("maria").comment(place, "Please try the newest version.");
    sandbox.as("otto").react(reply, "hooray");
    await world.rest();
    await hoursPass(2);
    expect(await lastWords(place)).toEqual({ otto: 1 });
    for (let i = 0; i < 5; i++) sandbox.as("maria").comment(place, `And try this: ${i}`);
    await world.rest();
    await hoursPass(2);
    expect(await lastWords(place)).toEqual({ otto: 1 });
  });

  it("count on a reply of the team of which no delivery told", async () => {
    const { sandbox, frontdesk } = world;
    await reconcile(frontdesk.desk);
    const { place } = await asked();
    offset += 5 * 60_000;
    deaf = true;
    const reply = sandbox.as("maria").comment(place, "Please try the newest version.");
    await world.rest();
    sandbox.as("otto").react(reply, "-1");
    offset += 5 * 60_000;
    await reconcile(frontdesk.desk);
    await world.rest();
    await hoursPass(2);
    expect(await lastWords(place)).toEqual({ otto: -1 });
  });

  it("of the reporter who changes their mind refuse nothing, and count no more when they are taken back", async () => {
    const { sandbox } = world;
    const { place, said } = await asked();
    sandbox.as("mona").react(said, "-1");
    offset += 2_000;
    sandbox.as("mona").react(said, "+1");
    await hoursPass(2);
    expect((await world.ticket(place))?.withdrawn).toBe(false);
    expect(await lastWords(place)).toEqual({ mona: 1 });
    sandbox.as("mona").unreact(said, "+1");
    await hoursPass(24);
    expect((await world.ticket(place))?.withdrawn).toBe(true);
    expect(await lastWords(place)).toEqual({ mona: -1 });
    sandbox.as("mona").unreact(said, "-1");
    await hoursPass(24 * 7);
    expect(await lastWords(place)).toEqual({ mona: null });
  });

  it("of bots are nobody's", async () => {
    const { sandbox } = world;
    const { place, said } = await asked();
    const other = sandbox.installApp({
      slug: "renovate",
      account: "octo-org",
      permissions: ALL_PERMISSIONS,
      events: [],
    });
    const [owner = "", repo = ""] = REPOSITORY.split("/");
    await installationClient(sandbox, other).rest.reactions.createForIssueComment({
      owner,
      repo,
      comment_id: said.id,
      content: "heart",
    });
    await hoursPass(2);
    expect(await lastWords(place)).toEqual({});
  });

  it("of bots are nobody's on a server that names them, too", async () => {
    const { sandbox, frontdesk } = world;
    const { place, said } = await asked();
    sandbox.as("otto").react(said, "heart");
    const installation = sandbox.state.installations.keys().next().value ?? 0;
    const octokit = await frontdesk.desk.clients.installation(installation);
    octokit.hook.after("request", (response) => {
      response.data = JSON.parse(JSON.stringify(response.data).replaceAll('"otto"', '"helper[bot]"'));
    });
    await hoursPass(2);
    expect(await lastWords(place)).toEqual({});
  });

  it("of more than a hundred people all count, and so does who takes theirs back", async () => {
    const { sandbox } = world;
    const { place, said } = await asked();
    for (let i = 0; i < 250; i++) {
      sandbox.createUser(`reader-${i}`);
      sandbox.as(`reader-${i}`).react(said, i < 150 ? "-1" : "+1");
    }
    await hoursPass(2);
    expect(Object.values(await lastWords(place)).sort()).toEqual([
      ...Array.from({ length: 150 }, () => -1),
      ...Array.from({ length: 100 }, () => 1),
    ]);
    sandbox.as("reader-0").unreact(said, "-1");
    await hoursPass(24);
    expect((await lastWords(place))["reader-0"]).toBeNull();
  });

  it.each<[string, () => () => void]>([
    [
      "the store failed",
      () => {
        const { store } = world.frontdesk.desk;
        const receive = store.receive.bind(store);
        store.receive = () => Promise.reject(Object.assign(new Error("no space"), { code: "ECONNRESET" }));
        return () => {
          store.receive = receive;
        };
      },
    ],
    [
      "GitHub failed when it was asked who is on the team",
      () => {
        broken = /collaborators/;
        return () => {
          broken = null;
        };
      },
    ],
  ])("are looked at again in the next round when %s", async (_, breakIt) => {
    const { sandbox } = world;
    const { place, said } = await asked();
    sandbox.as("otto").react(said, "heart");
    const mend = breakIt();
    await hoursPass(24 * 31);
    expect(await lastWords(place)).toEqual({});
    mend();
    await hoursPass(0);
    expect(await lastWords(place)).toEqual({ otto: 1 });
  });

  it("on one ticket that fail do not stop those on others", async () => {
    const { sandbox, frontdesk } = world;
    const [first, second] = [await asked(), await asked()];
    for (const { said } of [first, second]) sandbox.as("otto").react(said, "heart");
    const { store } = frontdesk.desk;
    const receive = store.receive.bind(store);
    store.receive = (delivery) =>
      delivery.scope.endsWith(`/${first.place.number}`)
        ? Promise.reject(Object.assign(new Error("no space"), { code: "ECONNRESET" }))
        : receive(delivery);
    await hoursPass(2);
    expect(await lastWords(second.place)).toEqual({ otto: 1 });
    store.receive = receive;
    await hoursPass(0);
    expect(await lastWords(first.place)).toEqual({ otto: 1 });
  });

  it("are not listened for any more where the repository goes while they are asked for", async () => {
    const { sandbox, frontdesk } = world;
    const { place, said } = await asked();
    sandbox.as("otto").react(said, "heart");
    const ticket = await world.ticket(place);
    await frontdesk.desk.store.merge("repository", String(ticket?.repositoryId), { gone: true });
    if (ticket) await lookAtReactions(frontdesk.desk, [ticket]);
    await world.rest();
    expect(await lastWords(place)).toEqual({});
    expect((await world.ticket(place))?.dueAt).toBeNull();
  });

  it("are heard on a busy thread, on which somebody speaks each fifty minutes", async () => {
    const { sandbox } = world;
    const { place, said } = await asked();
    sandbox.as("otto").react(said, "heart");
    for (let i = 0; i < 3; i++) {
      await hoursPass(5 / 6);
      sandbox.as("ana").comment(place, `I have it too: ${i}`);
      await world.rest();
    }
    expect(await lastWords(place)).toEqual({ otto: 1 });
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
