import { afterEach, describe, expect, it } from "@jest/globals";
import { customerOf } from "../../src/desk/customers.ts";
import { tick } from "../../src/desk/rounds.ts";
import { effectiveSettings } from "../../src/desk/settings.ts";
import { OPTIONAL_EVENTS, OPTIONAL_PERMISSIONS } from "../../src/github/requirements.ts";
import { TEXTS } from "../builders/facts.ts";
import type { World, WorldOptions } from "../e2e/world.ts";
import { open, openWorld, PERMISSIONS, REPOSITORY, requestsSince, warnings } from "../e2e/world.ts";

const DAY = 86_400;
const HOME = "octo-org/.github-private";
const SETTINGS = ".github/frontdesk.yml";

const plan = (members: string) => `plans:\n  - name: gold\n    public: true\n    members: { ${members} }\n`;

let world: World;
afterEach(() => world.close());

const MEMBERS = { ...PERMISSIONS, ...OPTIONAL_PERMISSIONS } as const;

/** The organisation's private settings name members; `acme` is another organisation, with a public and a hidden member. */
function begin(members: string, options: Partial<WorldOptions> = {}): Promise<World> {
  return openWorld({
    organisation: { private: plan(members) },
    permissions: MEMBERS,
    events: OPTIONAL_EVENTS,
    ...options,
    furnish(sandbox) {
      for (const login of ["ines", "theo", "paul"]) sandbox.createUser(login);
      sandbox.as("octocat").setMember("octo-org", "ines", "member");
      sandbox.createTeam("octo-org", "Customers", ["theo"]);
      sandbox.createOrganization("acme", { admins: ["wile"], members: ["coyote"] });
      sandbox.as("octocat").setMember("acme", "wile", "admin", true);
      options.furnish?.(sandbox);
    },
  });
}

/** The plan of each person's open issue. */
async function plans(logins: string[]): Promise<Record<string, string | null | undefined>> {
  const places = logins.map((login) => [login, open(world.sandbox, "issue", login, TEXTS.bug)] as const);
  await world.rest();
  const found: Record<string, string | null | undefined> = {};
  for (const [login, place] of places) found[login] = (await world.ticket(place))?.service?.plan;
  return found;
}

async function passDays(days: number): Promise<void> {
  world.pass(days * DAY + 1);
  await tick(world.frontdesk.desk);
  await world.rest();
}

const book = async () => {
  const found = await world.frontdesk.desk.store.read("roster", String(world.app.installationId));
  if (!found) throw new Error("no roster was read");
  return found;
};

/** What the issue about Problems in the private repository says; empty when there is none. */
const problemsShown = () => {
  const shown = world.sandbox
    .threads(HOME)
    .filter(({ state, title }) => state === "open" && title.endsWith("needs a correction"));
  return shown.map(({ body }) => body).join("\n");
};

const alarms = () => warnings(world).flatMap(({ alarm, text }) => (alarm ? [String(text)] : []));

describe("members", () => {
  it("come from logins, organisations, teams and a file, together", async () => {
    const file = ".github/customers.csv";
    world = await begin(
      `logins: [paul], organizations: [octo-org], teams: [octo-org/customers], file: ${file}`,
      {
        furnish: (sandbox) =>
          sandbox.as("octocat").commitFile(HOME, file, "login,organization\nmona,\n,acme\n"),
      },
    );
    expect(await plans(["paul", "ines", "theo", "mona", "wile", "coyote"])).toEqual({
      paul: "gold",
      ines: "gold",
      theo: "gold",
      mona: "gold",
      wile: "gold",
      // She does not show in public that she belongs to acme, where our App is not.
      coyote: null,
    });
  });

  it("are found without a request once they are known", async () => {
    world = await begin("organizations: [octo-org], teams: [octo-org/customers]");
    await plans(["ines"]);
    const from = world.sandbox.requests.length;
    await plans(["theo"]);
    const asked = requestsSince(world.sandbox, from).map(({ path }) => path);
    expect(asked.filter((path) => /\/orgs\/|graphql/.test(path))).toEqual([]);
  });

  it("are read again after a day, not before", async () => {
    world = await begin("teams: [octo-org/customers]");
    await plans(["theo"]);
    const reads = () =>
      world.sandbox.requests.filter(({ path }) => path.includes("/teams/customers/members")).length;
    expect(reads()).toBe(1);
    world.pass(DAY / 2);
    await tick(world.frontdesk.desk);
    await world.rest();
    expect(reads()).toBe(1);
    await passDays(1);
    expect(reads()).toBe(2);
  });

  it("join and leave by webhook, on tickets that are open already", async () => {
    world = await begin("organizations: [octo-org], teams: [octo-org/customers]");
    const place = open(world.sandbox, "issue", "mona", TEXTS.bug);
    await world.rest();
    const planNow = async () => (await world.ticket(place))?.service?.plan;
    expect(await planNow()).toBeNull();
    const octocat = world.sandbox.as("octocat");
    for (const [join, leave] of [
      [
        () => octocat.setTeamMember("octo-org", "customers", "mona"),
        () => octocat.setTeamMember("octo-org", "customers", "mona", false),
      ],
      [
        () => octocat.setMember("octo-org", "mona", "member"),
        () => octocat.setMember("octo-org", "mona", null),
      ],
    ] as const) {
      join();
      await world.rest();
      expect(await planNow()).toBe("gold");
      leave();
      await world.rest();
      expect(await planNow()).toBeNull();
    }
  });

  it("of a file change with a push, and with their dates", async () => {
    const file = ".github/customers.csv";
    world = await begin(`file: ${file}`, {
      furnish: (sandbox) => sandbox.as("octocat").commitFile(HOME, file, "login\nines\n"),
    });
    const place = open(world.sandbox, "issue", "mona", TEXTS.bug);
    await world.rest();
    const planNow = async () => (await world.ticket(place))?.service?.plan;
    expect(await planNow()).toBeNull();
    const until = new Date(world.frontdesk.desk.now() + 2 * DAY * 1_000).toISOString().slice(0, 10);
    world.sandbox.as("octocat").commitFile(HOME, file, `login,until\nmona,${until}\n`);
    await world.rest();
    expect(await planNow()).toBe("gold");
    await passDays(4);
    expect(await planNow()).toBeNull();
  });
});

describe("a source that fails", () => {
  it("as a team that vanished keeps its people, with an alarm and a Problem in private", async () => {
    world = await begin("teams: [octo-org/customers]");
    await plans(["theo"]);
    const [team] = world.sandbox.state.teams.values();
    if (team) world.sandbox.state.teams.delete(team.id);
    await passDays(1);
    expect((await book()).groups["octo-org/customers"]?.entries).toEqual(["theo"]);
    expect(await plans(["theo"])).toEqual({ theo: "gold" });
    expect(alarms()).toEqual([expect.stringContaining('there is no team "octo-org/customers"')]);
    expect(problemsShown()).toContain("octo-org/customers");
    expect(world.sandbox.threads(REPOSITORY).map(({ title }) => title)).not.toContain(
      expect.stringMatching(/correction/),
    );
  });

  it("as one that is suddenly empty keeps its people, with an alarm", async () => {
    world = await begin("teams: [octo-org/customers]");
    await plans(["theo"]);
    for (const team of world.sandbox.state.teams.values()) team.members.clear();
    await passDays(1);
    expect((await book()).groups["octo-org/customers"]?.entries).toEqual(["theo"]);
    expect(alarms()).toEqual([expect.stringContaining("it is empty, and had 1 entry that still hold")]);
  });

  it("for want of a permission says what to grant, and counts those who show themselves", async () => {
    world = await begin("organizations: [octo-org], teams: [octo-org/customers]", {
      permissions: PERMISSIONS,
      furnish: (sandbox) => sandbox.as("octocat").setMember("octo-org", "paul", "member", true),
    });
    expect(await plans(["paul", "ines", "theo"])).toEqual({ paul: "gold", ines: null, theo: null });
    expect(problemsShown()).toContain("Members: read");
    world.sandbox.as("octocat").setPermissions(world.app.installationId, MEMBERS);
    await world.rest();
    await passDays(1);
    expect(await plans(["ines", "theo"])).toEqual({ ines: "gold", theo: "gold" });
    expect(problemsShown()).not.toContain("Members: read");
  });

  it("as GitHub does for a moment is read again, and nothing is said", async () => {
    let down = true;
    world = await begin("teams: [octo-org/customers]", {
      sandbox: {
        faults: {
          onRequest: ({ path }) =>
            down && path.includes("/teams/customers/") ? { do: "answer", status: 502 } : undefined,
        },
      },
    });
    expect(await plans(["theo"])).toEqual({ theo: null });
    expect(alarms()).toEqual([]);
    down = false;
    await passDays(1);
    expect(await plans(["theo"])).toEqual({ theo: "gold" });
  });

  it("as a file that is gone keeps its people; one with bad rows names their lines and keeps the others", async () => {
    const file = ".github/customers.csv";
    const rows = "login,until\nmona,2030-01-01\nnot a login,\nines,2030-02-30\n";
    world = await begin(`file: ${file}`, {
      furnish: (sandbox) => sandbox.as("octocat").commitFile(HOME, file, rows),
    });
    expect(await plans(["mona", "ines"])).toEqual({ mona: "gold", ines: null });
    expect(problemsShown()).toMatch(
      /customers\.csv[\s\S]*\*\*Line 3, column 1\*\*: "not a login" is no GitHub login/,
    );
    expect(problemsShown()).toMatch(/2030-02-30/);
    const mended = "login,until\nmona,2030-01-01\nines,2030-02-28\n";
    world.sandbox.as("octocat").commitFile(HOME, file, mended);
    await world.rest();
    expect(problemsShown()).toBe("");
    expect(await plans(["ines"])).toEqual({ ines: "gold" });
    world.sandbox.as("octocat").commitFile(HOME, file, null);
    await world.rest();
    expect(await plans(["mona"])).toEqual({ mona: "gold" });
    expect(alarms()).toEqual([expect.stringContaining(`there is no such file in ${HOME}`)]);
  });
});

describe("logins", () => {
  it("that nobody has are told in private, with where they are", async () => {
    world = await begin("logins: [mona, monalisaa]");
    await world.rest();
    expect(problemsShown()).toContain("monalisaa");
    expect(problemsShown()).not.toContain('"mona"');
    world.sandbox.as("octocat").commitFile(HOME, SETTINGS, plan("logins: [mona]"));
    await world.rest();
    await passDays(1);
    expect(problemsShown()).toBe("");
  });

  it("of deleted accounts have no plan", async () => {
    world = await begin("logins: [mona]");
    await plans(["mona"]);
    const { desk } = world.frontdesk;
    const [repository] = (await desk.store.repositories()).filter(({ fullName }) => fullName === REPOSITORY);
    if (!repository) throw new Error("no repository");
    const settings = await effectiveSettings(desk, repository);
    const { requester } = await customerOf(desk, repository, settings, null);
    expect(requester).toEqual({ login: "", organizations: [], teams: [] });
  });
});
