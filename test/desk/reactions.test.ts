import { afterAll, beforeAll, expect, it } from "@jest/globals";
import { lookAtReactions } from "../../src/desk/reactions.ts";
import { MOST_DUE } from "../../src/desk/rounds.ts";
import { TEXTS } from "../builders/facts.ts";
import type { World } from "../e2e/world.ts";
import { openWorld, ownSaid, REPOSITORY, requestsSince } from "../e2e/world.ts";

const COMMENTS = 10_000;
/** One comment in so many has signs: a hundred of them. */
const SIGNED = 1_000;
const SIGNS = 100;

let world: World;
beforeAll(async () => {
  world = await openWorld({ settings: "acknowledge: always\n" });
});
afterAll(() => world.close());

/** A triaged ticket with its comment, from which the others are made: opening thousands would take minutes. */
async function first() {
  const place = world.sandbox.as("mona").openIssue(REPOSITORY, TEXTS.bug);
  await world.rest();
  const ticket = await world.ticket(place);
  const comment = world.sandbox.state.nodes.get(ownSaid(world.sandbox, place)[0]?.nodeId ?? "");
  if (!ticket || comment?.is !== "comment") throw new Error("there is no comment of ours");
  return { ticket, comment };
}

it("looks at the reactions on 10,000 comments in at most 100 GraphQL requests, and hears them", async () => {
  const { sandbox, frontdesk } = world;
  const { desk } = frontdesk;
  const { ticket, comment } = await first();
  sandbox.createUser("otto");
  const idOf = (who: string) => [...sandbox.state.accounts.values()].find(({ login }) => login === who)?.id;
  const userId = idOf("otto") ?? 0;
  const tickets = Array.from({ length: COMMENTS }, (_, i) => {
    const nodeId = `IC_${i}`;
    const signs = Array.from({ length: i % SIGNED === 0 ? SIGNS : 0 }, (_, n) => {
      const content = n === 0 ? ("heart" as const) : ("eyes" as const);
      // All but one are of accounts that are gone.
      const by = n === 0 ? userId : 0;
      return { id: n, nodeId: `REA_${i}_${n}`, content, userId: by, createdAt: desk.now() };
    });
    sandbox.state.nodes.set(nodeId, { ...comment, nodeId, reactions: signs });
    const number = 100_000 + i;
    const comments = { triage: { nodeId, digest: "" } };
    return { ...ticket, key: `${ticket.repositoryId}/${number}`, number, comments };
  });
  // What nobody reacted to is not stored: that takes time and is not looked at.
  const signed = tickets.filter((_, i) => i % SIGNED === 0);
  for (const document of signed) await desk.store.commit({ scope: "ticket", id: document.key, document });
  const from = sandbox.requests.length;
  for (let at = 0; at < COMMENTS; at += MOST_DUE) {
    await lookAtReactions(desk, tickets.slice(at, at + MOST_DUE));
  }
  const looks = requestsSince(sandbox, from).filter(({ path }) => path.includes("graphql"));
  await world.rest();
  const heard = await Promise.all(signed.map(({ key }) => desk.store.read("ticket", key)));
  const ratings = heard.flatMap((one) => one?.timeline?.filter(({ type }) => type === "rated") ?? []);
  expect(ratings).toEqual(signed.map(() => expect.objectContaining({ by: "otto", rating: 1 })));
  expect(looks.length).toBeGreaterThan(0);
  expect(looks.length).toBeLessThanOrEqual(100);
}, 30_000);
