import { afterEach, describe, expect, it } from "@jest/globals";
import { tick } from "../../src/desk/rounds.ts";
import type { Issue } from "../../src/sandbox/state/thread.ts";
import type { Place } from "../../src/sandbox/sandbox.ts";
import { TEXTS } from "../builders/facts.ts";
import type { World, WorldOptions } from "./world.ts";
import { openWorld, REPOSITORY, requestsSince, SUPPORT } from "./world.ts";

const DAY = 24 * 3_600;
/** A Tuesday. */
const START = Date.UTC(2026, 2, 3, 10);

let world: World;
afterEach(() => world.close());

/** A desk in March 2026, and what it is told of time. */
async function begin(options: WorldOptions = {}) {
  let at = START;
  world = await openWorld({ ...options, sandbox: { now: () => at } });
  return {
    sandbox: world.sandbox,
    later: async (seconds: number) => {
      at += seconds * 1_000;
      await tick(world.frontdesk.desk);
      await world.rest();
    },
  };
}

/** A ticket that the team answers and closes, and one that waits. */
async function aWeek(title = "It crashes"): Promise<void> {
  const { sandbox } = world;
  const place = sandbox.as("mona").openIssue(REPOSITORY, { ...TEXTS.bug, title });
  await world.rest();
  sandbox.as("maria").comment(place, "I look at it.");
  await world.rest();
  sandbox.as("maria").close(place);
  sandbox.as("mona").openIssue(REPOSITORY, TEXTS.feature);
  await world.rest();
}

function reportsIn(fullName: string): Issue[] {
  const repository = [...world.sandbox.state.repositories.values()].find(
    ({ name }) => name === fullName.split("/")[1],
  );
  return [...(repository?.issues.values() ?? [])].filter(
    (issue) => issue.body.includes("<!-- frontdesk:report:") && !issue.deleted,
  );
}

const placeOf = ({ number }: Issue) => ({ repository: REPOSITORY, number });

describe("the report of a repository", () => {
  it("is opened when the week is over, with its label, and says what happened", async () => {
    const { later, sandbox } = await begin();
    await aWeek();
    await later(5 * DAY);
    expect(reportsIn(REPOSITORY)).toEqual([]);
    await later(1 * DAY);
    const [report] = reportsIn(REPOSITORY);
    expect(report?.title).toBe("Support report of octo-org/lantern, March 2, 2026 to March 8, 2026");
    expect(sandbox.labels(placeOf(report as Issue))).toEqual(["support-report"]);
    expect(report?.body).toContain("| Opened | 2 |  | – |  |");
    expect(report?.body).toContain("| Closed | 1 |  | – |  |");
    expect(report?.body).not.toMatch(/mona|maria/);
  });

  it("is edited in place when late figures come, and costs nothing while none do", async () => {
    const { later, sandbox } = await begin();
    await aWeek();
    await later(6 * DAY);
    const from = sandbox.requests.length;
    await later(2 * 3_600);
    expect(requestsSince(sandbox, from)).toEqual([]);
    // Who waits is told as of now.
    sandbox.as("mona").openIssue(REPOSITORY, { ...TEXTS.feature, title: "Feature request: another one" });
    await world.rest();
    await later(2 * 3_600);
    const [report, ...others] = reportsIn(REPOSITORY);
    expect(others).toEqual([]);
    expect(report?.body).toContain("it has waited longest of 2 without a word");
    expect(report?.body).toContain("| Opened | 2 |  | – |  |");
  });

  it("makes way for the next one, which is pinned if settings say so", async () => {
    const { later } = await begin({ settings: "reports: { pin: true }\n" });
    await aWeek();
    await later(7 * DAY);
    await aWeek("It crashes again");
    await later(7 * DAY);
    const [first, second] = reportsIn(REPOSITORY);
    expect([first?.state, second?.state, second?.pinned]).toEqual(["closed", "open", true]);
    expect(second?.title).toContain("March 9, 2026 to March 15, 2026");
    expect(first?.body).not.toContain("The report before");
    expect(second?.body).toContain(`\n\nThe report before: #${first?.number}\n\n`);
    // The desk was not here for all of the first week.
    expect(second?.body).toContain("| Opened | 2 |  | – |  |");
    await aWeek("It crashes once more");
    await later(7 * DAY);
    const third = reportsIn(REPOSITORY)[2];
    expect(third?.body).toContain("| Opened | 2 |  | 2 |  |");
    // Also when it is brought up to date.
    world.sandbox.as("mona").openIssue(REPOSITORY, TEXTS.feature);
    await world.rest();
    const before = third?.body;
    await later(3_601);
    expect(third?.body).not.toBe(before);
    expect(third?.body).toContain(`\n\nThe report before: #${second?.number}\n\n`);
  });

  it("gives back the pin of the one before, and changes its own when settings do", async () => {
    const { later, sandbox } = await begin({ settings: "reports: { pin: true }\n" });
    for (let week = 1; week <= 5; week++) {
      await aWeek(`It crashes in week ${week}`);
      await later(7 * DAY);
    }
    const pins = () => reportsIn(REPOSITORY).map(({ state, pinned }) => [state, pinned]);
    const closed = ["closed", false];
    expect(pins()).toEqual([closed, closed, closed, closed, ["open", true]]);
    sandbox.as("octocat").commitFiles(REPOSITORY, { ".github/frontdesk.yml": "reports: { pin: false }\n" });
    await world.rest();
    await later(3_601);
    expect(pins().at(-1)).toEqual(["open", false]);
    sandbox.as("octocat").commitFiles(REPOSITORY, { ".github/frontdesk.yml": "reports: { pin: true }\n" });
    await world.rest();
    await later(3_601);
    expect(pins().at(-1)).toEqual(["open", true]);
  });

  it("stays the live one while a quiet week gives no other", async () => {
    const { later, sandbox } = await begin();
    await aWeek();
    await later(7 * DAY);
    const [report] = reportsIn(REPOSITORY);
    expect(report?.body).toContain("Answer");
    await later(8 * DAY);
    const waiting = sandbox.threads(REPOSITORY).find(({ title }) => title === TEXTS.feature.title);
    sandbox.as("maria").comment({ repository: REPOSITORY, number: waiting?.number ?? 0 }, "We will see.");
    await world.rest();
    await later(3_601);
    expect(reportsIn(REPOSITORY)).toEqual([report]);
    expect([report?.state, report?.body.includes("without a word of the team.")]).toEqual(["open", false]);
  });

  it("is asked for once a period where a repository takes no issues", async () => {
    const { later, sandbox } = await begin();
    await aWeek();
    sandbox.as("octocat").setIssues(REPOSITORY, false);
    await world.rest();
    const from = sandbox.requests.length;
    for (let hours = 0; hours < 7 * 24; hours += 2) await later(2 * 3_600);
    const tries = requestsSince(sandbox, from).filter(
      ({ isWrite, path }) => isWrite && /\/issues$/.test(path),
    );
    expect(tries).toHaveLength(1);
  });

  it("is not opened again once a person deleted it, and stays closed once a person closed it", async () => {
    const { later, sandbox } = await begin();
    await aWeek();
    await later(7 * DAY);
    const report = reportsIn(REPOSITORY)[0] as Issue;
    sandbox.as("octocat").close(placeOf(report));
    sandbox.as("mona").openIssue(REPOSITORY, TEXTS.feature);
    await world.rest();
    await later(3_601);
    expect([report.state, report.body.includes("longest of 2")]).toEqual(["closed", true]);
    sandbox.as("octocat").delete(placeOf(report));
    for (let more = 0; more < 2; more++) {
      sandbox.as("mona").openIssue(REPOSITORY, TEXTS.feature);
      await world.rest();
      await later(3_601);
    }
    expect(reportsIn(REPOSITORY)).toEqual([]);
  });

  it("gathers what was asked alike, and tells nothing of what is or may be a vulnerability", async () => {
    const { later, sandbox } = await begin({ settings: "labels: { security: 'area: holes' }\n" });
    const open = (
      end: string,
      body = "The importer stops with an error as soon as it reads the board file.",
    ) =>
      sandbox
        .as("mona")
        .openIssue(REPOSITORY, { title: `Crafted board files crash the importer${end}`, body });
    const alike = ["", " again", " since Monday"].map((end) => open(end));
    const secret = {
      suspected: open(" and run code", TEXTS.vulnerability.body),
      labelled: open(" when told to"),
      declared: open(" as root"),
      named: open(" again since Monday"),
    };
    await world.rest();
    sandbox.as("maria").label(secret.labelled, "security");
    sandbox.as("maria").label(secret.named, "area: holes");
    // What is wrong else is linked.
    for (const place of [secret.labelled, secret.named]) sandbox.as("maria").unlabel(place, "bug");
    sandbox.as("maria").comment(secret.declared, "/kind security");
    await world.rest();
    await later(6 * DAY);
    const body = reportsIn(REPOSITORY)[0]?.body ?? "";
    const asked = /\[Crafted board files crash the importer[^\]]*\]\(\S+\/issues\/(\d+)\) \((\d+)\)/.exec(
      body,
    );
    expect(asked?.[2]).toBe("3");
    expect(alike.map(({ number }) => number)).toContain(Number(asked?.[1]));
    for (const [why, { number }] of Object.entries(secret))
      expect([why, body.includes(`/issues/${number})`)]).toEqual([why, false]);
    expect(reportsIn(REPOSITORY)[0]?.body).not.toMatch(/run code|when told to|as root|area: holes|security/);
  });

  it("is never triaged, nor anybody's original", async () => {
    const { later } = await begin({ settings: "acknowledge: always\n" });
    await aWeek();
    await later(7 * DAY);
    const report = reportsIn(REPOSITORY)[0] as Issue;
    world.sandbox.as("maria").comment(placeOf(report), "Interesting. It crashes?");
    await world.rest();
    expect(world.sandbox.comments(placeOf(report)).map(({ author }) => author)).toEqual(["maria"]);
    const { desk } = world.frontdesk;
    for await (const thread of desk.store.threads(repositoryId())) {
      if (thread.number === report.number) expect(thread.hidden).toBe(true);
    }
    await later(7 * DAY);
    // A word on a report is no ticket: the quiet week has no report.
    expect(reportsIn(REPOSITORY)).toHaveLength(1);
  });

  it.each([
    ["observe", "mode: observe\n"],
    ["a schedule of never", "reports: { schedule: never }\n"],
  ])("is not written with %s", async (_, settings) => {
    const { later, sandbox } = await begin({ settings });
    const from = sandbox.requests.length;
    await aWeek();
    await later(8 * DAY);
    expect(
      requestsSince(sandbox, from).filter(({ isWrite, path }) => isWrite && /\/issues$/.test(path)),
    ).toEqual([]);
  });

  it("is written at once on the running week when the team says /report, and goes on to be that week's", async () => {
    const { later, sandbox } = await begin();
    await aWeek();
    const place = sandbox.as("mona").openIssue(REPOSITORY, { ...TEXTS.bug, title: "It fails" });
    await world.rest();
    sandbox.as("mona").comment(place, "/report");
    await world.rest();
    expect(reportsIn(REPOSITORY)).toEqual([]);
    const order = sandbox.as("maria").comment(place, "/report");
    await world.rest();
    const [report] = reportsIn(REPOSITORY);
    expect(report?.title).toContain("March 2, 2026 to March 3, 2026");
    expect(report?.body).toContain("This period is still running");
    expect(report?.body).toContain("| Opened | 3 |  | – |  |");
    expect(signsOn(place, order.id)).toEqual(["+1"]);
    sandbox.as("mona").openIssue(REPOSITORY, TEXTS.feature);
    await world.rest();
    sandbox.as("maria").comment(place, "/report");
    await world.rest();
    expect(report?.body).toContain("| Opened | 4 |  | – |  |");
    await later(DAY);
    await later(6 * DAY);
    expect(reportsIn(REPOSITORY)).toEqual([report]);
    expect(report?.state).toBe("open");
    // In the week after it, too, what happens goes into the one that was ordered, not into the last one.
    const another = sandbox.as("mona").openIssue(REPOSITORY, TEXTS.feature);
    await world.rest();
    sandbox.as("maria").comment(another, "/report");
    await world.rest();
    sandbox.as("mona").openIssue(REPOSITORY, TEXTS.feature);
    await world.rest();
    await later(3_601);
    const [, ordered, ...others] = reportsIn(REPOSITORY);
    expect(others).toEqual([]);
    expect(ordered?.body).toMatch(/\| Opened \| 2 \|/);
    expect([report?.state, ordered?.state]).toEqual(["closed", "open"]);
  });

  it("is refused by a sign when the team says /report where none are written", async () => {
    const { sandbox } = await begin({ settings: "reports: { schedule: never }\n" });
    const place = sandbox.as("mona").openIssue(REPOSITORY, TEXTS.bug);
    await world.rest();
    const order = sandbox.as("maria").comment(place, "/report");
    await world.rest();
    expect(reportsIn(REPOSITORY)).toEqual([]);
    expect(signsOn(place, order.id)).toEqual(["confused"]);
  });

  it("is refused by a sign once somebody deleted this week's, and written again in the next", async () => {
    const { later, sandbox } = await begin();
    const place = sandbox.as("mona").openIssue(REPOSITORY, TEXTS.bug);
    await world.rest();
    const order = async () => {
      const { id } = sandbox.as("maria").comment(place, "/report");
      await world.rest();
      return signsOn(place, id);
    };
    expect(await order()).toEqual(["+1"]);
    sandbox.as("octocat").delete(placeOf(reportsIn(REPOSITORY)[0] as Issue));
    await world.rest();
    expect(await order()).toEqual(["confused"]);
    await later(7 * DAY);
    sandbox.as("mona").openIssue(REPOSITORY, TEXTS.feature);
    await world.rest();
    expect(await order()).toEqual(["+1"]);
    expect(reportsIn(REPOSITORY)).toHaveLength(1);
  });

  it("is monthly, and in another language, if settings say so", async () => {
    const { later } = await begin({
      settings: "reports: { schedule: monthly, language: de, label: null }\n",
    });
    await aWeek();
    await later(20 * DAY);
    expect(reportsIn(REPOSITORY)).toEqual([]);
    await later(10 * DAY);
    expect(reportsIn(REPOSITORY)[0]?.title).toBe(
      "Support-Bericht für octo-org/lantern, 1. März 2026 bis 31. März 2026",
    );
    expect(world.sandbox.labels(placeOf(reportsIn(REPOSITORY)[0] as Issue))).toEqual([]);
  });
});

describe("the organisation's report", () => {
  const confidential = `support: { repository: ${SUPPORT} }\ncosts: { people: 3000, currency: EUR }\n`;

  it("stands in the private support repository, with what things cost, which no public place has", async () => {
    const { later } = await begin({ organisation: { private: confidential } });
    await aWeek();
    await later(7 * DAY);
    const [report] = reportsIn(SUPPORT);
    expect(report?.title).toBe("Support report of octo-org, March 2, 2026 to March 8, 2026");
    expect(report?.body).toContain("| `octo-org/lantern` | 2 | 1 |");
    expect(report?.body).toMatch(/Cost: €\d/);
    expect(reportsIn(REPOSITORY)).toHaveLength(1);
    expect(reportsIn(REPOSITORY)[0]?.body).not.toMatch(/Cost|€/);
  });

  it("is not written into a repository that is public by now", async () => {
    const { later, sandbox } = await begin({ organisation: { private: confidential } });
    await aWeek();
    sandbox.as("octocat").setPrivate(SUPPORT, false);
    await world.rest();
    await later(7 * DAY);
    expect(reportsIn(SUPPORT)).toEqual([]);
  });
});

describe("a place that is not surely private", () => {
  const confidential = `support: { repository: ${SUPPORT} }\ncosts: { people: 3000 }\n`;

  it.each([
    ["is public on GitHub, which nobody told us yet", false, true],
    ["was public as far as we know", true, false],
  ])("has no report of the organisation: it %s", async (_, onGitHub, known) => {
    const { later, sandbox } = await begin({ organisation: { private: confidential } });
    await aWeek();
    sandbox.as("octocat").setPrivate(SUPPORT, onGitHub);
    await world.rest();
    const { store } = world.frontdesk.desk;
    const place = (await store.repositories()).find(({ fullName }) => fullName === SUPPORT);
    await store.merge("repository", String(place?.id), { private: known });
    await later(7 * DAY);
    expect(reportsIn(SUPPORT)).toEqual([]);
    expect(reportsIn(REPOSITORY)).toHaveLength(1);
  });
});

/** What stands under a comment on an issue. */
function signsOn(place: Place, id: number): string[] {
  const comment = world.sandbox.comments(place).find((one) => one.id === id);
  return comment?.reactions.map(({ content }) => content) ?? [];
}

function repositoryId(): number {
  const found = [...world.sandbox.state.repositories.values()].find(({ name }) => name === "lantern");
  return found?.id ?? 0;
}
