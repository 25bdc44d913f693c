import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { TEXTS } from "../builders/facts.ts";
import type { World } from "./world.ts";
import { KINDS_OF_THREADS, open, openWorld, ownComments, SELF, SUPPORT, warnings } from "./world.ts";

const { vulnerability } = TEXTS;

let world: World;
beforeAll(async () => {
  world = await openWorld({ organisation: { private: `support:\n  repository: ${SUPPORT}\n` } });
});
afterAll(() => world.close());

const notices = (url: string) =>
  world.sandbox.threads(SUPPORT).filter(({ body }) => new RegExp(`${url}(?!\\d)`).test(body));

describe.each(KINDS_OF_THREADS)("%s that may report a vulnerability", (_, kind) => {
  const path = ({ repository, number }: { repository: string; number: number }) =>
    `/${repository}/${kind}s/${number}`;

  it("gets a pointer to private reporting and no label; the maintainers are told in private", async () => {
    const { sandbox } = world;
    const place = open(sandbox, kind, "mona", vulnerability);
    await world.rest();
    expect(sandbox.labels(place)).toEqual([]);
    const [comment = "", ...others] = ownComments(sandbox, place);
    expect(others).toEqual([]);
    expect(comment).toContain("keep the details out of this thread");
    expect(comment).toContain("SECURITY.md");
    expect(comment).not.toContain("<details>");
    const [notice, ...more] = notices(path(place));
    expect(more).toEqual([]);
    expect(notice?.title).toBe(`Possible security report: octo-org/lantern#${place.number}`);
    expect(notice?.labels).toEqual([]);
    for (const said of [comment, notice?.title ?? "", notice?.body ?? ""]) {
      expect(said).not.toMatch(/crafted|board file|arbitrary|exploit|proof of concept|attacker/i);
    }
    expect(
      sandbox.threads(SUPPORT).every(({ authorId }) => sandbox.state.accounts.get(authorId)?.login === SELF),
    ).toBe(true);
  });

  it("is told to the maintainers once, however often it is edited", async () => {
    const { sandbox } = world;
    const place = open(sandbox, kind, "mona", vulnerability);
    await world.rest();
    for (const more of ["One.", "Two.", "Three."]) {
      sandbox.as("mona").edit(place, { body: `${vulnerability.body} ${more}` });
      await world.rest();
    }
    expect(notices(path(place))).toHaveLength(1);
    expect(ownComments(sandbox, place)).toHaveLength(1);
  });

  it("that becomes one by an edit loses nothing into the open", async () => {
    const { sandbox } = world;
    const place = open(sandbox, kind, "mona", TEXTS.vagueBug);
    await world.rest();
    sandbox.as("mona").edit(place, { title: vulnerability.title, body: vulnerability.body });
    await world.rest();
    expect(ownComments(sandbox, place).join()).not.toMatch(/crafted|arbitrary|exploit/i);
    expect(ownComments(sandbox, place)).toHaveLength(1);
    expect(notices(path(place))).toHaveLength(1);
  });

  it("gets the label that the settings name", async () => {
    const repository = world.repository(`labelled-${kind}`, "labels: { security: 'area: security' }\n");
    const place = open(world.sandbox, kind, "mona", vulnerability, repository);
    await world.rest();
    expect(world.sandbox.labels(place)).toEqual(["area: security"]);
  });

  it("points to the form for private reports where there is one", async () => {
    const { sandbox } = world;
    const repository = world.repository(`reporting-${kind}`);
    sandbox.as("octocat").enablePrivateReporting(repository);
    const place = open(sandbox, kind, "mona", vulnerability, repository);
    await world.rest();
    expect(ownComments(sandbox, place)[0]).toContain(`/${repository}/security/advisories/new`);
  });
});

describe("without a private repository for support", () => {
  it.each([
    ["none is named", {}],
    ["the one that is named is public", { private: "support:\n  repository: octo-org/lantern\n" }],
    ["the one that is named is not there", { private: "support:\n  repository: octo-org/nowhere\n" }],
  ])("a report is told in the operator's log alone when %s", async (_, organisation) => {
    const other = await openWorld({ organisation });
    try {
      const place = open(other.sandbox, "issue", "mona", vulnerability);
      await other.rest();
      expect(ownComments(other.sandbox, place)).toHaveLength(1);
      expect(other.sandbox.threads("octo-org/lantern")).toHaveLength(1);
      expect(other.sandbox.threads(SUPPORT)).toEqual([]);
      const told = warnings(other).filter(({ msg }) => msg === "maintainers must look at a ticket");
      expect(told).toHaveLength(1);
      expect(told[0]).toMatchObject({ url: expect.stringContaining(`/issues/${place.number}`) });
    } finally {
      await other.close();
    }
  });
});
