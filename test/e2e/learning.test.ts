import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { forgetOld } from "../../src/desk/retention.ts";
import type { Place } from "../../src/sandbox/sandbox.ts";
import type { World } from "./world.ts";
import { openWorld } from "./world.ts";

/** What people write about two areas of a program, and about neither. */
const TEXTS = {
  "area: network": [
    [
      "Proxy is ignored by the HTTP client",
      "The socket connects directly although a proxy is set for the connection.",
    ],
    [
      "Connection times out behind a firewall",
      "The HTTP socket waits for the network and the connection times out.",
    ],
    [
      "TLS handshake of the socket fails",
      "The HTTP client cannot open a connection to the server over the network.",
    ],
  ],
  "area: editor": [
    [
      "Cursor jumps while typing",
      "The cursor of the editor moves to the end of the line when I select text.",
    ],
    ["Undo forgets a selection", "The editor loses the text selection and the undo stack is empty."],
    [
      "Syntax colours of the editor are wrong",
      "The text under the cursor has no syntax highlighting after undo.",
    ],
  ],
} as const;
type Area = keyof typeof TEXTS;

const ENDINGS = [
  "on Linux",
  "since today",
  "every time",
  "with my project",
  "in one file",
  "after lunch",
  "again",
];

function report(area: Area, i: number): { title: string; body: string } {
  const [title, body] = TEXTS[area][i % 3] as readonly [string, string];
  return { title: `${title} ${ENDINGS[i % 7]}`, body: `${body} It happens ${ENDINGS[(i * 3) % 7]}.` };
}

let world: World;
beforeAll(async () => {
  world = await openWorld();
  world.sandbox.createUser("labeler[bot]");
});
afterAll(() => world.close());

/** An organisation whose repository has old issues that somebody labelled; then it installs the app. */
async function installedOn(
  account: string,
  by: string,
  count: number,
  then: (repository: string) => void = () => undefined,
  files: Record<string, string> = {},
): Promise<string> {
  const { sandbox, app } = world;
  const repository = `${account}/${account}-code`;
  sandbox.createOrganization(account, { admins: ["octocat"] });
  sandbox.createRepository(repository, {
    hasDiscussions: true,
    files: { "README.md": "# Code\n", ...files },
  });
  for (const login of ["maria", "labeler[bot]"]) sandbox.as("octocat").setRole(repository, login, "triage");
  for (const name of Object.keys(TEXTS)) {
    sandbox.as("octocat").createLabel(repository, { name, color: "c5def5" });
  }
  for (let i = 0; i < count; i++) {
    const area: Area = i % 2 === 0 ? "area: network" : "area: editor";
    sandbox.as(by).label(sandbox.as("mona").openIssue(repository, report(area, i)), area);
  }
  then(repository);
  world.pass(3_600);
  sandbox.installOn(app.appId, account);
  await world.rest();
  return repository;
}

async function exampleOf({ repository, number }: Place) {
  const home = [...world.sandbox.state.repositories.values()].find(
    ({ name }) => name === repository.split("/")[1],
  );
  return world.frontdesk.desk.store.read("example", `${home?.id}/${number}`);
}

describe("a repository with labelled old issues", () => {
  it("has its own label set on the first new ticket, and nothing done to the old ones", async () => {
    const { sandbox } = world;
    const repository = await installedOn("seasoned", "maria", 80);
    const old = sandbox.threads(repository).map(({ updatedAt }) => updatedAt);
    const place = sandbox.as("mona").openIssue(repository, report("area: network", 1));
    await world.rest();
    expect(sandbox.labels(place)).toContain("area: network");
    expect(sandbox.labels(place)).not.toContain("area: editor");
    const because = (await world.ticket(place))?.triage?.because ?? [];
    expect(because.filter((reason) => reason.startsWith('the label "area: network": '))).toHaveLength(1);
    expect(
      sandbox
        .threads(repository)
        .slice(0, 80)
        .map(({ updatedAt }) => updatedAt),
    ).toEqual(old);
  });

  it("learns from corrections within the same event: two are enough for words that it never saw", async () => {
    const { sandbox } = world;
    const repository = await installedOn("corrected", "maria", 80);
    const strange = {
      title: "The selection flickers in the printed manual",
      body: "Page nine of the manual shows a flickering selection of text instead of a diagram.",
    };
    const opened = () => sandbox.as("mona").openIssue(repository, strange);
    for (let i = 0; i < 2; i++) {
      const place = opened();
      await world.rest();
      expect(sandbox.labels(place)).not.toContain("area: editor");
      sandbox.as("maria").label(place, "area: editor");
      await world.rest();
    }
    const next = opened();
    await world.rest();
    expect(sandbox.labels(next)).toContain("area: editor");
  });

  it("does not set on the next ticket what a person took off one like it", async () => {
    const { sandbox } = world;
    const repository = await installedOn("undone", "maria", 80);
    const opened = () => sandbox.as("mona").openIssue(repository, report("area: editor", 2));
    const place = opened();
    await world.rest();
    expect(sandbox.labels(place)).toContain("area: editor");
    sandbox.as("maria").unlabel(place, "area: editor");
    await world.rest();
    const next = opened();
    await world.rest();
    expect(sandbox.labels(next)).not.toContain("area: editor");
  });

  it("never sets a label again that a person took off, whatever happens to the ticket", async () => {
    const { sandbox } = world;
    const repository = await installedOn("vetoed", "maria", 80);
    const place = sandbox.as("mona").openIssue(repository, report("area: editor", 2));
    await world.rest();
    expect(sandbox.labels(place)).toContain("area: editor");
    sandbox.as("maria").unlabel(place, "area: editor");
    await world.rest();
    sandbox.as("mona").edit(place, { body: `${report("area: editor", 4).body} And again.` });
    await world.rest();
    expect(sandbox.labels(place)).not.toContain("area: editor");
    expect(await exampleOf(place)).toMatchObject({ removed: ["area: editor"] });
  });

  it("follows a rollback to before its history with the next ticket, and back", async () => {
    const { sandbox } = world;
    const repository = await installedOn("reverted", "maria", 80);
    const opened = async () => {
      const place = sandbox.as("mona").openIssue(repository, report("area: network", 1));
      await world.rest();
      return sandbox.labels(place);
    };
    expect(await opened()).toContain("area: network");
    const { store } = world.frontdesk.desk;
    const known = (await store.repositories()).find(({ fullName }) => fullName === repository);
    const first = await store.read("example", `${known?.id}/1`);
    const until = first?.createdAt ?? Number.NaN;
    await store.merge("repository", String(known?.id), { learning: { until, aside: null } });
    expect(await opened()).not.toContain("area: network");
    await store.merge("repository", String(known?.id), { learning: { until: null, aside: null } });
    expect(await opened()).toContain("area: network");
  });

  it("learns no label that only a bot has set", async () => {
    const { sandbox } = world;
    const repository = await installedOn("botted", "labeler[bot]", 80);
    const place = sandbox.as("mona").openIssue(repository, report("area: network", 1));
    await world.rest();
    expect(sandbox.labels(place)).not.toContain("area: network");
    expect(await exampleOf({ ...place, number: 1 })).toMatchObject({
      labels: [{ name: "area: network", by: "bot" }],
    });
  });

  it("tells from the timeline who set a label, who took it off, and which threads to leave out", async () => {
    const { sandbox } = world;
    const repository = await installedOn("witnessed", "maria", 2, (code) => {
      const open = () => sandbox.as("mona").openIssue(code, report("area: editor", 0));
      const [corrected, locked, silent] = [open(), open(), open()];
      sandbox.as("labeler[bot]").label(corrected, "area: editor", "area: network");
      sandbox.as("maria").unlabel(corrected, "area: editor");
      sandbox.as("maria").label(locked, "area: editor");
      sandbox.as("maria").lock(locked);
      sandbox.as("labeler[bot]").comment(silent, "Thank you.");
      const asked = sandbox.as("mona").openDiscussion(code, report("area: network", 1));
      sandbox.as("maria").label(asked, "area: network");
    });
    const kept = await Promise.all([1, 3, 4, 5, 6].map((number) => exampleOf({ repository, number })));
    expect(kept).toMatchObject([
      { labels: [{ name: "area: network", by: "person" }], removed: [], excluded: false },
      { labels: [{ name: "area: network", by: "bot" }], removed: ["area: editor"], excluded: false },
      { excluded: true },
      null,
      { labels: [{ name: "area: network", by: "bot" }], removed: [] },
    ] as object[]);
  });

  it("takes a label of ours for agreed to when the team closes the ticket with it", async () => {
    const { sandbox } = world;
    const repository = await installedOn("agreeing", "maria", 80);
    const place = sandbox.as("mona").openIssue(repository, report("area: network", 1));
    await world.rest();
    sandbox.as("maria").close(place);
    await world.rest();
    const { labels } = (await exampleOf(place)) ?? {};
    expect(labels).toContainEqual({ name: "area: network", by: "agreement" });
  });

  it("keeps who labelled and when, from the timeline and from events, until that is long ago", async () => {
    const { sandbox, frontdesk } = world;
    const repository = await installedOn("signed", "maria", 1);
    const place = sandbox.as("mona").openIssue(repository, report("area: network", 0));
    await world.rest();
    sandbox.as("maria").label(place, "area: network");
    await world.rest();
    const logins = async (number: number) =>
      (await exampleOf({ ...place, number }))?.testimony?.map(({ login }) => login);
    expect([await logins(1), await logins(place.number)]).toEqual([["maria"], ["maria"]]);
    sandbox.as("maria").unlabel(place, "area: network");
    await world.rest();
    expect((await exampleOf(place))?.testimony).toMatchObject([
      { label: "area: network", set: true, by: "person" },
      { label: "area: network", set: false, by: "person" },
    ]);
    const later = { ...frontdesk.desk, now: () => frontdesk.desk.now() + 401 * 86_400_000 };
    await forgetOld(later);
    expect([await logins(1), await logins(place.number)]).toEqual([["ghost"], ["ghost", "ghost"]]);
  });

  it("counts the labels of an issue template as a bot's, though GitHub names who opened the issue", async () => {
    const { sandbox } = world;
    const form =
      "name: Bug\ndescription: Broken\nlabels: ['area: editor']\nbody:\n  - type: textarea\n    attributes: { label: Steps }\n";
    const repository = await installedOn(
      "templated",
      "maria",
      1,
      (code) => {
        for (const by of ["mona", "maria"]) {
          sandbox.as("octocat").setRole(code, "mona", "triage");
          sandbox.as(by).label(sandbox.as(by).openIssue(code, report("area: editor", 2)), "area: editor");
        }
        sandbox.as("octocat").setRole(code, "mona", "read");
      },
      { ".github/ISSUE_TEMPLATE/bug.yml": form },
    );
    const handOf = async (number: number) => (await exampleOf({ repository, number }))?.labels[0]?.by;
    // From before our time: the reporter's own label, and that of somebody of the team.
    expect([await handOf(2), await handOf(3)]).toEqual(["bot", "person"]);
    const place = sandbox.as("maria").openIssue(repository, report("area: editor", 1));
    sandbox.as("maria").label(place, "area: editor");
    sandbox.as("maria").label(place, "area: network");
    await world.rest();
    const { labels } = (await exampleOf(place)) ?? {};
    expect(labels).toContainEqual({ name: "area: editor", by: "bot" });
    expect(labels).toContainEqual({ name: "area: network", by: "person" });
  });

  it("keeps nothing, and sets none of them, where settings forbid learning", async () => {
    const { sandbox } = world;
    const files = { ".github/frontdesk.yml": "classification: { learn: false }\n" };
    const repository = await installedOn("forbidden", "maria", 60, () => undefined, files);
    const place = sandbox.as("mona").openIssue(repository, report("area: network", 1));
    await world.rest();
    expect(sandbox.labels(place)).not.toContain("area: network");
    expect(await exampleOf({ ...place, number: 1 })).toBeNull();
  });

  it("knows a label under its new name", async () => {
    const { sandbox } = world;
    const repository = await installedOn("renamed", "maria", 80);
    sandbox.as("octocat").editLabel(repository, "area: network", { name: "net" });
    await world.rest();
    const place = sandbox.as("mona").openIssue(repository, report("area: network", 1));
    await world.rest();
    expect(sandbox.labels(place)).toContain("net");
  });

  it("is read at once up to its newest 400, and on within a fifth of the budget", async () => {
    const { sandbox, frontdesk } = world;
    await installedOn("old", "maria", 520);
    const home = [...sandbox.state.repositories.values()].find(({ name }) => name === "old-code");
    const kept = async () => {
      const numbers: number[] = [];
      for await (const { number } of frontdesk.desk.store.examples(home?.id ?? 0)) numbers.push(number);
      return numbers.sort((a, b) => a - b);
    };
    const readOn = async () => {
      await frontdesk.desk.queue.push(`repository:${home?.id ?? 0}`);
      await world.rest();
      return (await kept()).length;
    };
    expect(await kept()).toHaveLength(400);
    expect((await kept())[0]).toBe(121);
    expect(await readOn()).toBe(400);
    for (const read of [450, 500, 520]) {
      world.pass(4);
      expect(await readOn()).toBe(read);
    }
  });
});
