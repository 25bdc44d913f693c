import { afterEach, expect, it } from "@jest/globals";
import { scopeKey } from "../../src/ticket/delivery.ts";
import { newTicket } from "../../src/ticket/ticket.ts";
import { judge, label, life, show, type Step, unlabel } from "../builders/lives.ts";
import { thread } from "../builders/facts.ts";
import { openWorld, REPOSITORY, type World } from "../e2e/world.ts";

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const SETTINGS = `knowledge: { reply: { targetPrecision: 0.9 } }
duplicates: { targetPrecision: 0.2 }
classification: { targetPrecision: 0.5 }
`;

let world: World;
let offset = 0;
afterEach(() => world.close());

/** Six tickets of six people to which the same happened, but for whether what was shown helped them. */
async function happened(from: number, steps: (helpful: boolean) => Step[]): Promise<void> {
  const { store, now } = world.frontdesk.desk;
  const home = (await store.repositories()).find(({ fullName }) => fullName === REPOSITORY);
  for (let i = from; i < from + 6; i++) {
    const { id: repositoryId = 0, installationId = 0 } = home ?? {};
    const number = 500 + i;
    const createdAt = now() - 2 * HOUR;
    const { timeline = [] } = life(number, steps(i % 3 === 0), { createdAt });
    const made = newTicket(
      thread({ repositoryId, installationId, number, createdAt, repository: REPOSITORY }),
    );
    const document = { ...made, author: `author-${i}`, seenAt: now(), timeline };
    await store.commit({ scope: "ticket", id: document.key, document });
  }
}

/** What is silent when it is measured again after some time, and what notices told of it. */
async function measured(after: number): Promise<{ silent: string[]; told: string[] }> {
  const { store, queue } = world.frontdesk.desk;
  offset += after;
  const home = (await store.repositories()).find(({ fullName }) => fullName === REPOSITORY);
  await queue.push(scopeKey("repository", home?.id ?? 0));
  await world.rest();
  const { silent = [] } = (await store.read("repository", String(home?.id))) ?? {};
  const told = world.logs.flatMap(({ msg }) => /: (.*) falls silent/.exec(String(msg))?.[1] ?? []);
  return { silent: silent.map(({ what, subject }) => `${what} ${subject}`.trim()), told };
}

it("each thing falls silent by its own target, is told of once, and is forgotten after ninety days", async () => {
  world = await openWorld({ settings: SETTINGS, sandbox: { now: () => Date.now() + offset } });
  // Two of six are right: surely less than .9, perhaps more than .2.
  await happened(0, (helpful) => [
    [0.1, show("article", "12/a.md"), show("duplicate", "7")],
    [1, judge("article", "12/a.md", helpful), judge("duplicate", "7", helpful)],
  ]);
  // A label that follows a rule is as right as the rule is.
  await happened(10, () => [
    [0.1, label("ui", "desk"), label("needs-info", "desk")],
    [1, unlabel("ui", "team"), unlabel("needs-info", "team")],
  ]);
  const first = ["label ui", "answers", "article 12/a.md"];
  expect((await measured(2 * HOUR)).silent).toEqual(first);
  await happened(20, () => [
    [0.1, label("net", "desk")],
    [1, unlabel("net", "team")],
  ]);
  const all = ["label net", ...first];
  const { silent, told } = await measured(2 * HOUR);
  expect(silent.sort()).toEqual([...all].sort());
  expect(told).toEqual(['label "ui"', "answers", 'article "12/a.md"', 'label "net"']);
  expect((await measured(89 * DAY)).silent).toHaveLength(all.length);
  expect((await measured(DAY)).silent).toEqual([]);
});
