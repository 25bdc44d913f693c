import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { findDuplicates } from "../../src/desk/duplicates.ts";
import { newRepository } from "../../src/desk/knowledge.ts";
import { Backlog } from "../../src/kb/backlog.ts";
import { ownDuplicateWeights } from "../../src/kb/own-weights.ts";
import type { Repository } from "../../src/ticket/repository.ts";
import { ticketKey } from "../../src/ticket/thread.ts";
import { NOW, settings, thread } from "../builders/facts.ts";
import { repeatedHistory } from "../builders/repeated-history.ts";
import { openWorld, type World } from "../e2e/world.ts";

const BEGIN = Date.UTC(2025, 0, 1);
let world: World;
beforeAll(async () => {
  world = await openWorld();
});
afterAll(() => world.close());

/** A repository of which the desk keeps so many threads that repeat another one. */
async function repository(id: number, duplicates: number, complete = true): Promise<Repository> {
  const { store } = world.frontdesk.desk;
  for (const { same = [], comments, closedAt, ...issue } of repeatedHistory(duplicates, BEGIN)) {
    const document = {
      ...issue,
      closedAt,
      repositoryId: id,
      kind: "issue" as const,
      url: `https://github.com/o/r/issues/${issue.number}`,
      labels: [],
      updatedAt: closedAt ?? issue.createdAt,
      stateReason: closedAt === null ? null : "not_planned",
      milestone: null,
      comments: comments.length,
      same: same.map(({ number }) => number),
      answer: null,
      hidden: false,
    };
    await store.commit({ scope: "thread", id: ticketKey(document), document });
  }
  const where = { installationId: 1, repositoryId: id, repository: "o/r", private: false, archived: false };
  return { ...newRepository(where, BEGIN), backlog: { kind: "discussion", after: null, complete } };
}

/** How sure the desk is of the originals of a new thread, now and once it has learned what there is to learn. */
async function beforeAndAfter(home: Repository) {
  // Features count days until now: at one moment only the weights tell.
  const desk = { ...world.frontdesk.desk, now: () => NOW };
  const suspect = thread({
    repositoryId: home.id,
    number: 999,
    title: "Again the lamp crashes in part0",
    body: "The lamp crashes when I open part0.",
  });
  const search = () => findDuplicates(desk, home, settings(), suspect);
  const before = await search();
  await Promise.all(desk.memory.training);
  return { before, after: await search() };
}

describe("a repository's own duplicates", () => {
  it("bring other weights into use, once there are enough of them, and the same after a restart", async () => {
    const home = await repository(71, 40);
    const { before, after } = await beforeAndAfter(home);
    expect(before.length).toBeGreaterThan(0);
    expect(after).not.toEqual(before);
    const { memory } = world.frontdesk.desk;
    const learned = memory.ownWeights.peek(home.id);
    expect(learned).toEqual({ repeated: 40, weights: ownDuplicateWeights(repeatedHistory(40, BEGIN)) });
    memory.ownWeights.clear();
    memory.backlogs.clear();
    expect(await beforeAndAfter(home)).toEqual({ before, after });
    expect(memory.ownWeights.peek(home.id)).toEqual(learned);
  });

  it.each([
    ["while they are few", 72, 25, true],
    ["while the backlog is not read to its end", 73, 40, false],
  ])("leave the shipped weights in use %s", async (_, id, duplicates, complete) => {
    const { before, after } = await beforeAndAfter(await repository(id, duplicates, complete));
    expect(before.length).toBeGreaterThan(0);
    expect(after).toEqual(before);
  });

  it("are learned from anew with a tenth more of them, and not before", async () => {
    const home = await repository(74, 40);
    await beforeAndAfter(home);
    const { memory } = world.frontdesk.desk;
    const again = async (duplicates: number) => {
      await repository(74, duplicates);
      memory.backlogs.clear();
      await beforeAndAfter(home);
      return memory.ownWeights.peek(home.id)?.repeated;
    };
    expect(await again(43)).toBe(40);
    expect(await again(44)).toBe(44);
  });
});

describe("the backlog", () => {
  it("counts what was called the same as an older thread", () => {
    const backlog = new Backlog();
    for (const issue of repeatedHistory(2)) backlog.open(issue);
    backlog.same(1, 2);
    backlog.same(2, 3);
    expect(backlog.repeated).toBe(2);
  });
});
