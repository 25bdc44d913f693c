import { afterEach, beforeEach, expect, it } from "@jest/globals";
import { tick } from "../../src/desk/rounds.ts";
import type { Ticket } from "../../src/ticket/ticket.ts";
import { TEXTS } from "../builders/facts.ts";
import type { World } from "../e2e/world.ts";
import { openWorld, ownSaid, REPOSITORY, requestsSince } from "../e2e/world.ts";

/** 10,000 of the nightly run take over a minute to be stored. */
const COMMENTS = Number(process.env.POLLED_COMMENTS ?? 2_500);

/** One comment in so many has signs: a hundred, of a hundred people. */
const SIGNED = 100;
const SIGNS = 100;
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

let world: World;
let offset = 0;
beforeEach(async () => {
  offset = 0;
  world = await openWorld({
    settings: "acknowledge: always\n",
    sandbox: { now: () => Date.now() + offset },
  });
});
afterEach(() => world.close());

/** A triaged ticket with its comment, from which the others are made: opening thousands would take minutes. */
async function first() {
  const place = world.sandbox.as("mona").openIssue(REPOSITORY, TEXTS.bug);
  await world.rest();
  const ticket = await world.ticket(place);
  const comment = world.sandbox.state.nodes.get(ownSaid(world.sandbox, place)[0]?.nodeId ?? "");
  if (!ticket || comment?.is !== "comment") throw new Error("there is no comment of ours");
  return { ticket, comment };
}

/** So many tickets whose comments were written over a time, one after the other. */
async function written(count: number, over: number): Promise<Ticket[]> {
  const { sandbox, frontdesk } = world;
  const { ticket, comment } = await first();
  for (let i = 0; i < SIGNS; i++) sandbox.createUser(`reader-${i}`);
  const people = [...sandbox.state.accounts.values()].filter(({ login }) => login.startsWith("reader-"));
  const since = frontdesk.desk.now();
  const others = Array.from({ length: count - 1 }, (_, i): Ticket => {
    const nodeId = `IC_${i}`;
    const signs = (i % SIGNED === 0 ? people : []).map(({ id: userId }, n) => {
      return { id: n, nodeId: `REA_${i}_${n}`, content: "heart" as const, userId, createdAt: since };
    });
    sandbox.state.nodes.set(nodeId, { ...comment, nodeId, reactions: signs });
    const number = 100_000 + i;
    const from = since + (i * over) / count;
    return {
      ...ticket,
      key: `${ticket.repositoryId}/${number}`,
      number,
      comments: { triage: { nodeId, digest: "" } },
      watch: { from, looks: 0 },
      wakeAt: null,
      dueAt: from + HOUR,
    };
  });
  const { store } = frontdesk.desk;
  await Promise.all(others.map((document) => store.commit({ scope: "ticket", id: document.key, document })));
  return [...others, ticket];
}

it.each([
  ["1,250 comments written at once", 1_250, 0, 2],
  // 208 in a quarter of an hour.
  [
    `${COMMENTS} comments written over hours`,
    COMMENTS,
    (12 * HOUR * COMMENTS) / 10_000,
    (12 * 20 * COMMENTS) / 10_000,
  ],
])(
  "looks at the reactions on %s a hundred in one GraphQL request, and hears all of them",
  async (_, count, over, rounds) => {
    const { sandbox, frontdesk } = world;
    const tickets = await written(count, over);
    const from = sandbox.requests.length;
    offset += HOUR;
    for (let round = 0; round < rounds; round++) {
      offset += 3 * MINUTE;
      await tick(frontdesk.desk);
    }
    await world.rest();
    const looks = requestsSince(sandbox, from).filter(({ path }) => path.includes("graphql"));
    expect(looks.length).toBe(Math.ceil(count / 100));
    const after = await Promise.all(tickets.map(({ key }) => frontdesk.desk.store.read("ticket", key)));
    expect(after.filter((ticket) => ticket?.watch?.looks === 1).length).toBe(count);
    const ratings = after.map((one) => one?.timeline?.filter(({ type }) => type === "rated").length ?? 0);
    expect(ratings).toEqual(tickets.map((_, i) => (i % SIGNED === 0 && i < count - 1 ? SIGNS : 0)));
  },
  300_000,
);

it("asks once for comments written within a quarter of an hour, though each is due in another round", async () => {
  const { sandbox, frontdesk } = world;
  for (let i = 0; i < 7; i++) {
    sandbox.as("mona").openIssue(REPOSITORY, TEXTS.bug);
    await world.rest();
    offset += 2 * MINUTE;
  }
  const from = sandbox.requests.length;
  for (let round = 0; round < 2 * 60; round++) {
    offset += MINUTE;
    await tick(frontdesk.desk);
  }
  expect(requestsSince(sandbox, from).filter(({ path }) => path.includes("graphql"))).toHaveLength(1);
});
