import { afterEach, describe, expect, it } from "@jest/globals";
import { tick } from "../../src/desk/rounds.ts";
import type { Place } from "../../src/sandbox/sandbox.ts";
import { scopeKey } from "../../src/ticket/delivery.ts";
import { TEXTS } from "../builders/facts.ts";
import type { World } from "./world.ts";
import { BUG_FORM, openWorld, ownComments } from "./world.ts";

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const VAULT = "octo-org/vault";

/** Nine o'clock in the morning of a Monday in the future, UTC: the desk opens. */
function mondayMorning(): number {
  const midnight = Math.floor(Date.now() / DAY) * DAY;
  const days = ((8 - new Date(midnight).getUTCDay()) % 7) + 7;
  return midnight + days * DAY + 9 * HOUR;
}

const PROMISES = "sla: { firstResponse: 4h, nextResponse: 2h, resolution: 2d }";
const GOLD = `plans:
  - { name: gold, weight: 1, members: { logins: [mona] }, ${PROMISES} }
`;

describe("the service of a ticket", () => {
  let world: World;
  let offset = 0;
  afterEach(async () => {
    await world.close();
  });

  /** A world whose clock shows Monday, nine o'clock, with a private repository beside the public one. */
  const begin = async (settings: string, publicSettings = "") => {
    const start = mondayMorning() - Date.now();
    offset = start;
    world = await openWorld({ settings: publicSettings, sandbox: { now: () => Date.now() + offset } });
    const { sandbox } = world;
    const files = { ".github/frontdesk.yml": settings, ".github/ISSUE_TEMPLATE/bug.yml": BUG_FORM };
    sandbox.createUser("ada");
    sandbox.createRepository(VAULT, { private: true, files, hasDiscussions: true });
    for (const login of ["mona", "maria", "ada"]) sandbox.as("octocat").setRole(VAULT, login, "triage");
    sandbox.as("octocat").setRole(VAULT, "mona", "read");
    await world.rest();
    return sandbox;
  };

  /** The clock goes on, then the desk looks at what is due. */
  const hoursPass = async (hours: number) => {
    offset += hours * HOUR;
    await tick(world.frontdesk.desk);
    await world.rest();
  };

  /** The notices that were decided for a ticket, in order. */
  const noticesOf = async (place: Place) => {
    const ticket = await world.ticket(place);
    const outcomes = await world.frontdesk.desk.store.outcomes(scopeKey("ticket", ticket?.key ?? ""));
    return Object.entries(outcomes)
      .filter(([key]) => key.includes(":notify:"))
      .sort(([, a], [, b]) => a.at - b.at)
      .map(([key]) => key.split(":notify:")[1]);
  };

  it("warns, tells of the breach, counts replies, and stands while it is closed", async () => {
    const sandbox = await begin(GOLD);
    const place = sandbox.as("mona").openIssue(VAULT, TEXTS.bug);
    await world.rest();
    expect(sandbox.labels(place).sort()).toEqual(["P2", "bug"]);
    expect((await world.ticket(place))?.service).toMatchObject({ plan: "gold" });
    await hoursPass(2.75);
    expect(await noticesOf(place)).toEqual([]);
    await hoursPass(0.5);
    expect(await noticesOf(place)).toEqual(["sla:firstResponse/0/warning/0"]);
    await hoursPass(0.25);
    expect(await noticesOf(place)).toHaveLength(1);
    await hoursPass(0.75);
    const breached = ["sla:firstResponse/0/warning/0", "sla:firstResponse/0/breach/0"];
    expect(await noticesOf(place)).toEqual(breached);
    sandbox.as("maria").comment(place, "Thank you, we look into it.");
    await world.rest();
    await hoursPass(1);
    expect(await noticesOf(place)).toEqual(breached);
    // The reporter speaks: we owe a reply within two hours.
    sandbox.as("mona").comment(place, "It happens on another machine too.");
    await world.rest();
    await hoursPass(1.75);
    expect(await noticesOf(place)).toEqual([...breached, "sla:nextResponse/0/warning/0"]);
    sandbox.as("maria").close(place);
    await world.rest();
    expect(await world.ticket(place)).toMatchObject({ status: "closed", dueAt: null });
    await hoursPass(48);
    expect(await noticesOf(place)).toHaveLength(3);
    // Reopened by the reporter, what we owed then is owed still, with what was left of its time.
    sandbox.as("mona").reopen(place);
    await world.rest();
    await hoursPass(1);
    expect(await noticesOf(place)).toContain("sla:nextResponse/0/breach/0");
    expect(await world.ticket(place)).toMatchObject({ reopened: 1 });
  });

  it("pauses while the reporter owes information, reminds once, closes, and opens again on a word", async () => {
    const sandbox = await begin(`${GOLD}lifecycle: { remindAfter: 7d, closeAfter: 7d }\n`);
    const place = sandbox.as("mona").openIssue(VAULT, TEXTS.vagueBug);
    await world.rest();
    expect(await world.ticket(place)).toMatchObject({ status: "pending" });
    sandbox.as("maria").comment(place, "We need the version, please.");
    await world.rest();
    const before = ownComments(sandbox, place).length;
    await hoursPass(6 * 24);
    expect(await noticesOf(place)).toEqual([]);
    expect(ownComments(sandbox, place)).toHaveLength(before);
    await hoursPass(25);
    expect(ownComments(sandbox, place).at(-1)).toContain("quiet here for 7 days");
    await hoursPass(6 * 24);
    expect(ownComments(sandbox, place)).toHaveLength(before + 1);
    await hoursPass(25);
    expect(await world.ticket(place)).toMatchObject({ status: "closed", closedByUs: true, dueAt: null });
    sandbox.as("mona").comment(place, "Sorry, I was away. Version: 3.2.1");
    await world.rest();
    expect(await world.ticket(place)).toMatchObject({ status: "open", closedByUs: false, reopened: 1 });
    await hoursPass(2);
    expect(await noticesOf(place)).not.toEqual([]);
  });

  it("never reminds for a silence of ours", async () => {
    const sandbox = await begin("lifecycle: { remindAfter: 7d, closeAfter: 7d }\n");
    const place = sandbox.as("mona").openIssue(VAULT, TEXTS.bug);
    await world.rest();
    await hoursPass(60 * 24);
    expect(ownComments(sandbox, place)).toEqual([]);
    expect(await world.ticket(place)).toMatchObject({ status: "new" });
  });

  const TEAM = `team:
  - { login: maria, capacity: 4, skills: [bug] }
  - { login: ada, capacity: 4 }
assignment: { enabled: true, strategy: least-loaded, for: [P0, P1, P2, P3] }
`;

  it("gives work to who has least, and on to others when an absence begins", async () => {
    const sandbox = await begin(TEAM);
    const open = async (text: keyof typeof TEXTS) => {
      const place = sandbox.as("mona").openIssue(VAULT, TEXTS[text]);
      await world.rest();
      return place;
    };
    const first = await open("bug");
    const second = await open("feature");
    expect([first, second].map((place) => sandbox.assignees(place))).toEqual([["maria"], ["ada"]]);
    // Maria will be away from Wednesday on.
    const day = (days: number) => new Date(Date.now() + offset + days * DAY).toISOString().slice(0, 10);
    const away = TEAM.replace("skills: [bug]", `away: [{ from: ${day(2)}, to: ${day(9)} }]`);
    sandbox.as("octocat").commitFile(VAULT, ".github/frontdesk.yml", away);
    await world.rest();
    expect(sandbox.assignees(first)).toEqual(["maria"]);
    await hoursPass(2 * 24);
    expect(sandbox.assignees(first)).toEqual(["ada"]);
    expect((await world.ticket(first))?.service?.givenBecause[0]).toBe(
      "handed on from maria, who is away, to ada",
    );
    const third = await open("vagueBug");
    expect(sandbox.assignees(third)).toEqual(["ada"]);
  });

  it("leaves to people what they take, and does not give back what they put down", async () => {
    const sandbox = await begin(TEAM);
    const place = sandbox.as("mona").openIssue(VAULT, TEXTS.bug);
    await world.rest();
    sandbox.as("octocat").unassign(place, "maria");
    await world.rest();
    await hoursPass(5);
    expect(sandbox.assignees(place)).toEqual(["ada"]);
    sandbox.as("octocat").unassign(place, "ada");
    sandbox.as("octocat").assign(place, "octocat");
    await world.rest();
    await hoursPass(5);
    expect(sandbox.assignees(place)).toEqual(["octocat"]);
  });

  it("leaves a priority that a person chose alone, until it is taken off again", async () => {
    const sandbox = await begin(GOLD);
    const place = sandbox.as("mona").openIssue(VAULT, TEXTS.bug);
    await world.rest();
    expect(sandbox.labels(place).sort()).toEqual(["P2", "bug"]);
    sandbox.as("maria").label(place, "P0");
    await world.rest();
    expect(sandbox.labels(place).sort()).toEqual(["P0", "bug"]);
    sandbox.as("mona").edit(place, { body: `${TEXTS.bug.body}\n\nIt is always so.` });
    await world.rest();
    expect(sandbox.labels(place).sort()).toEqual(["P0", "bug"]);
    expect((await world.ticket(place))?.service?.priority?.level).toBe("P0");
    sandbox.as("maria").unlabel(place, "P0");
    await world.rest();
    expect(sandbox.labels(place).sort()).toEqual(["P2", "bug"]);
  });

  it("serves a plan in public only where the plan is public", async () => {
    const plans = (open: boolean) => `plans:\n  - { name: gold, weight: 2, public: ${open}, ${PROMISES} }\n`;
    const members = "plans:\n  - { name: gold, members: { logins: [mona] } }\n";
    offset = 0;
    world = await openWorld({ settings: plans(false), organisation: { private: members } });
    const { sandbox } = world;
    const quiet = world.repository("quiet", plans(false));
    const loud = world.repository("loud", plans(true));
    await world.rest();
    const places = [quiet, loud].map((repository) => sandbox.as("mona").openIssue(repository, TEXTS.bug));
    await world.rest();
    expect(places.map((place) => sandbox.labels(place).sort())).toEqual([
      ["P3", "bug"],
      ["P1", "bug"],
    ]);
    const services = await Promise.all(
      places.map(async (place) => (await world.ticket(place))?.service?.plan),
    );
    expect(services).toEqual([null, "gold"]);
  });

  it("climbs the ladder: a label, a call on the ticket, somebody more", async () => {
    const sandbox = await begin(`${GOLD}escalation:
  - { at: 0.5, actions: [label], label: late }
  - { at: 1, actions: [mention, assign], mention: "@octo-org/support", assign: maria }
`);
    const place = sandbox.as("mona").openIssue(VAULT, TEXTS.bug);
    await world.rest();
    await hoursPass(2.25);
    expect(sandbox.labels(place)).toContain("late");
    expect(ownComments(sandbox, place)).toEqual([]);
    await hoursPass(2);
    expect(ownComments(sandbox, place)).toHaveLength(1);
    expect(ownComments(sandbox, place)[0]).toMatch(/^@octo-org\/support .*first response is overdue/);
    expect(sandbox.assignees(place)).toEqual(["maria"]);
    await hoursPass(48);
    expect(ownComments(sandbox, place).filter((body) => body.includes("first response"))).toHaveLength(1);
  });

  it("counts open tickets anew when the promise is edited", async () => {
    const sandbox = await begin("sla: { default: { firstResponse: 8h } }\n");
    const place = sandbox.as("mona").openIssue(VAULT, TEXTS.bug);
    await world.rest();
    await hoursPass(2);
    expect(await noticesOf(place)).toEqual([]);
    const stricter = "sla: { default: { firstResponse: 1h } }\n";
    sandbox.as("octocat").commitFile(VAULT, ".github/frontdesk.yml", stricter);
    await world.rest();
    await hoursPass(0.1);
    expect(await noticesOf(place)).toEqual(["sla:firstResponse/0/breach/0"]);
  });
});
