import { afterAll, afterEach, beforeAll, describe, expect, it } from "@jest/globals";
import { TEXTS } from "../builders/facts.ts";
import type { World } from "./world.ts";
import {
  KINDS_OF_THREADS,
  open,
  openWorld,
  ownComments,
  requestsSince,
  REPOSITORY,
  SELF,
  SETTINGS,
  warnings,
} from "./world.ts";

const { bug } = TEXTS;

/** Threads of ours in a repository: the issue that shows Problems. */
function ownIssues(world: World, repository: string) {
  const { sandbox } = world;
  return sandbox
    .threads(repository)
    .filter(({ authorId }) => sandbox.state.accounts.get(authorId)?.login === SELF);
}

describe.each(KINDS_OF_THREADS)("settings in force for %s", (_, kind) => {
  let world: World;
  beforeAll(async () => {
    world = await openWorld({
      organisation: { public: "acknowledge: always\nlabels:\n  bug: defect\n  feature: wish\n" },
    });
  });
  afterAll(() => world.close());

  it("come from the organisation where the repository says nothing", async () => {
    const place = open(world.sandbox, kind, "mona", bug);
    await world.rest();
    expect(world.sandbox.labels(place)).toEqual(["defect"]);
    expect(ownComments(world.sandbox, place)).toHaveLength(1);
  });

  it("are completed by the organisation, key by key", async () => {
    const repository = world.repository("completed", "labels:\n  bug: broken\n");
    const first = open(world.sandbox, kind, "mona", bug, repository);
    const second = open(world.sandbox, kind, "mona", TEXTS.feature, repository);
    await world.rest();
    expect(world.sandbox.labels(first)).toEqual(["broken"]);
    expect(world.sandbox.labels(second)).toEqual(["wish"]);
  });

  it("change with a push, here and for the whole organisation", async () => {
    const { sandbox } = world;
    const repository = world.repository("pushed");
    open(sandbox, kind, "mona", bug, repository);
    await world.rest();
    sandbox.as("octocat").commitFile(repository, SETTINGS, "labels:\n  bug: 'type: bug'\n");
    await world.rest();
    const second = open(sandbox, kind, "mona", bug, repository);
    await world.rest();
    expect(sandbox.labels(second)).toEqual(["type: bug"]);
    sandbox.as("octocat").commitFile("octo-org/.github", SETTINGS, "acknowledge: useful\n");
    await world.rest();
    const third = open(sandbox, kind, "mona", bug, repository);
    const fourth = open(sandbox, kind, "mona", bug);
    await world.rest();
    expect(ownComments(sandbox, third)).toEqual([]);
    expect(sandbox.labels(fourth)).toEqual(["bug"]);
  });

  it("do not change with a push to another branch's file of another name", async () => {
    const { sandbox } = world;
    const repository = world.repository("elsewhere");
    open(sandbox, kind, "mona", bug, repository);
    await world.rest();
    const from = sandbox.requests.length;
    sandbox.as("octocat").commitFile(repository, "docs/frontdesk.yml", "mode: observe\n");
    await world.rest();
    expect(requestsSince(sandbox, from)).toEqual([]);
  });
});

describe("a settings file with Problems", () => {
  let world: World;
  afterEach(() => world.close());

  const commit = async (text: string | null, repository = REPOSITORY) => {
    world.sandbox.as("octocat").commitFile(repository, SETTINGS, text);
    await world.rest();
  };

  it("is shown in one issue, edited in place, closed when mended; the last good settings stay", async () => {
    world = await openWorld({ settings: "labels:\n  bug: defect\n" });
    const { sandbox } = world;
    open(sandbox, "issue", "mona", bug);
    await world.rest();
    expect(ownIssues(world, REPOSITORY)).toEqual([]);

    await commit("labels:\n  bug: [unclosed\n");
    const [problem, ...others] = ownIssues(world, REPOSITORY);
    expect(others).toEqual([]);
    expect(problem).toMatchObject({ title: ".github/frontdesk.yml needs a correction", state: "open" });
    expect(problem?.body).toMatch(/Line \d+, column \d+/);
    const place = open(sandbox, "issue", "mona", bug);
    await world.rest();
    expect(sandbox.labels(place)).toEqual(["defect"]);

    await commit("mode: replay\nlables: {}\n");
    const [edited, ...more] = ownIssues(world, REPOSITORY);
    expect(more).toEqual([]);
    expect(edited?.number).toBe(problem?.number);
    expect(edited?.body).toContain("reply");
    expect(edited?.body).toContain("labels");

    await commit("labels:\n  bug: broken\n");
    expect(ownIssues(world, REPOSITORY)).toMatchObject([{ number: problem?.number, state: "closed" }]);
    const last = open(sandbox, "discussion", "mona", bug);
    await world.rest();
    expect(sandbox.labels(last)).toEqual(["broken"]);

    await commit("mode: replay\n");
    expect(ownIssues(world, REPOSITORY)).toMatchObject([{ number: problem?.number, state: "open" }]);
    await commit(null);
    expect(ownIssues(world, REPOSITORY)).toMatchObject([{ number: problem?.number, state: "closed" }]);
  });

  it("does not open the issue again when a person closed it", async () => {
    world = await openWorld({ settings: "mode: label\n" });
    const { sandbox } = world;
    open(sandbox, "issue", "mona", bug);
    await world.rest();
    await commit("mode: label\nlables: {}\n");
    const [problem] = ownIssues(world, REPOSITORY);
    const at = { repository: REPOSITORY, number: problem?.number ?? 0 };
    sandbox.as("octocat").close(at);
    await world.rest();
    open(sandbox, "issue", "mona", bug);
    sandbox.as("octocat").commitFile(REPOSITORY, "README.md", "# More\n");
    await world.rest();
    expect(sandbox.thread(at).state).toBe("closed");
    expect(ownIssues(world, REPOSITORY)).toHaveLength(1);
  });

  it.each([
    ["not YAML", "mode: [\n"],
    ["a wrong value", "mode: replay\n"],
    ["a list", "- a\n- b\n"],
    ["binary", "\u0000\u0001"],
  ])("that is the first and broken (%s) means observe", async (_, text) => {
    world = await openWorld({ settings: text });
    const { sandbox } = world;
    const from = sandbox.requests.length;
    const places = [open(sandbox, "issue", "mona", bug), open(sandbox, "discussion", "mona", bug)];
    await world.rest();
    expect(places.flatMap((place) => sandbox.labels(place))).toEqual([]);
    expect(requestsSince(sandbox, from).filter(({ isWrite }) => isWrite)).toEqual([]);
    expect(ownIssues(world, REPOSITORY)).toEqual([]);
    expect(warnings(world).some(({ msg }) => msg === "a Problem in the settings")).toBe(true);

    await commit("acknowledge: useful\n");
    const place = open(sandbox, "issue", "mona", bug);
    await world.rest();
    expect(sandbox.labels(place)).toEqual(["bug"]);
  });

  it("keeps private keys of a public file out of force, and says so", async () => {
    world = await openWorld({ settings: "support:\n  repository: octo-org/support\n" });
    const { sandbox } = world;
    open(sandbox, "issue", "mona", TEXTS.vulnerability);
    await world.rest();
    expect(sandbox.threads("octo-org/support")).toEqual([]);
    const [problem] = ownIssues(world, REPOSITORY);
    expect(problem?.body).toContain("support");
    expect(problem?.body).toContain(".github-private");
  });

  it("of the organisation is shown where it is", async () => {
    world = await openWorld({ organisation: { public: "acknowledge: always\n" } });
    const { sandbox } = world;
    open(sandbox, "issue", "mona", bug);
    await world.rest();
    await commit("acknowledge: allways\n", "octo-org/.github");
    expect(ownIssues(world, "octo-org/.github")).toHaveLength(1);
    expect(ownIssues(world, REPOSITORY)).toEqual([]);
    const place = open(sandbox, "issue", "mona", bug);
    await world.rest();
    expect(ownComments(sandbox, place)).toHaveLength(1);
  });

  it("gives no private keys any more once .github-private is public", async () => {
    world = await openWorld({ organisation: { private: "support:\n  repository: octo-org/support\n" } });
    const { sandbox } = world;
    open(sandbox, "issue", "mona", TEXTS.vulnerability);
    await world.rest();
    expect(sandbox.threads("octo-org/support")).toHaveLength(1);
    sandbox.as("octocat").setPrivate("octo-org/.github-private", false);
    await world.rest();
    open(sandbox, "issue", "mona", TEXTS.vulnerability);
    await world.rest();
    expect(sandbox.threads("octo-org/support")).toHaveLength(1);
  });

  it("that names a public .github-private gives no private keys", async () => {
    world = await openWorld();
    const { sandbox } = world;
    sandbox.createRepository("octo-org/.github-private", {
      files: { [SETTINGS]: "support:\n  repository: octo-org/support\n" },
    });
    open(sandbox, "issue", "mona", TEXTS.vulnerability);
    await world.rest();
    expect(sandbox.threads("octo-org/support")).toEqual([]);
  });
});
