import { afterEach, describe, expect, it } from "@jest/globals";
import { tick } from "../../src/desk/rounds.ts";
import type { Place } from "../../src/sandbox/sandbox.ts";
import { TEXTS } from "../builders/facts.ts";
import type { Report, World } from "./world.ts";
import { KINDS_OF_THREADS, type KindOfThread, open, openWorld, REPOSITORY, SELF, SUPPORT } from "./world.ts";

const HOUR = 3_600_000;

/** Plans in the organisation's private settings: gold is for those named here, and nobody may know. */
const hidden = (members: string) => `plans:
  - name: gold
    members: { logins: [${members}] }
    weight: 1
    sla: { firstResponse: 4h, nextResponse: null, resolution: null }
businessHours: { days: [mon, tue, wed, thu, fri, sat, sun], from: "00:00", to: "24:00" }
escalation:
  - { at: 1, actions: [mention, label, slack], mention: "@octo-org/support", label: late }
support: { repository: ${SUPPORT} }
`;

let world: World;
afterEach(() => world.close());

/** A Monday morning, so that both runs see the same hours. */
const MONDAY = Date.UTC(2026, 2, 2, 9);

async function begin(members: string): Promise<(hours: number) => Promise<void>> {
  let offset = 0;
  const started = Date.now();
  const now = () => MONDAY + (Date.now() - started) + offset;
  const settings = "acknowledge: always\nlabels: { priorities: [P0, P1, P2, P3] }\n";
  world = await openWorld({ settings, organisation: { private: hidden(members) }, sandbox: { now } });
  return async (hours) => {
    offset += hours * HOUR;
    await tick(world.frontdesk.desk);
    await world.rest();
  };
}

/** The organisation's report stands beside them. */
const mirrors = () =>
  world.sandbox.threads(SUPPORT).filter(({ body }) => body.includes("<!-- frontdesk:mirror:"));

describe.each(KINDS_OF_THREADS)("a private customer's public %s", (_, kind) => {
  it("has a mirror in the support repository, which follows it to its end", async () => {
    const pass = await begin("mona");
    const place = open(world.sandbox, kind, "mona", TEXTS.bug);
    await world.rest();
    const [mirror, ...others] = mirrors();
    expect(others).toEqual([]);
    expect(mirror?.title).toContain(`[gold] ${REPOSITORY}#${place.number}`);
    expect(mirror?.body).toContain("| Plan | gold |");
    expect(mirror?.body).toContain("first response | ⏳ 2026-03-02 13:0");
    expect(mirror?.body).toContain("- gold: mona is listed");
    await pass(5);
    expect((await world.ticket(place))?.privateService?.clocks.told.firstResponse?.level).toBe(2);
    world.sandbox.as("maria").comment(place, "We look into it.");
    await world.rest();
    expect(mirrors()[0]?.body).toContain("first response | ❌ missed");
    world.sandbox.as("maria").close(place);
    await world.rest();
    expect(mirrors().map(({ state }) => state)).toEqual(["closed"]);
    world.sandbox.as("mona").reopen(place);
    await world.rest();
    expect(mirrors().map(({ state }) => state)).toEqual(["open"]);
    world.sandbox.as("octocat").delete(place);
    await world.rest();
    expect(mirrors().map(({ state }) => state)).toEqual(["closed"]);
    expect(mirrors()[0]?.body).toContain("| State | deleted |");
  });
});

/** All that anybody can see of the public repository, in the order in which it happened; ids and times left out. */
function publicTraces(places: Place[]) {
  const { sandbox } = world;
  const requests = sandbox.requests.filter(
    ({ method, path, actor }) => actor === SELF && method !== "GET" && path.includes(REPOSITORY),
  );
  return {
    threads: places.map((place) => ({
      labels: sandbox.labels(place),
      state: sandbox.thread(place).state,
      assignees: sandbox.assignees(place),
      comments: sandbox.comments(place).map(({ author, body }) => [author, body]),
    })),
    writes: requests.map(({ method, path }) => `${method} ${path.replace(/\d{3,}/g, "N")}`),
  };
}

/** GitHub's words to apps on the public repository. It forgets those that are weeks old as soon as it has new ones. */
function sentOfPublic(): string[] {
  return world.sandbox
    .deliveries()
    .filter(({ event }) => event.startsWith("issue") || event.startsWith("discussion") || event === "label")
    .filter(({ request }) => request.body.includes(`"full_name":"${REPOSITORY}"`))
    .map(({ event, action }) => `${event}.${action}`);
}

describe("two runs that differ only in who has a private plan", () => {
  const story = async (members: string) => {
    const pass = await begin(members);
    const { sandbox } = world;
    sandbox.createUser("otto");
    // One after the other: what happens at the same moment is put in order by chance.
    const opened = async (kind: KindOfThread, as: string, report: Report): Promise<Place> => {
      const place = open(sandbox, kind, as, report);
      await world.rest();
      return place;
    };
    const first = await opened("issue", "mona", TEXTS.bug);
    const second = await opened("discussion", "mona", TEXTS.vagueBug);
    const places = [first, second, await opened("issue", "otto", TEXTS.feature)];
    await pass(3.5);
    await pass(1);
    sandbox.as("maria").comment(first, "Which version?");
    await world.rest();
    sandbox.as("mona").comment(first, "It is 3.2.1.");
    await world.rest();
    sandbox.as("mona").comment(second, "/not-helpful");
    await world.rest();
    await pass(30);
    sandbox.as("maria").comment(first, "/priority P1\n/sla show\n/why");
    await world.rest();
    sandbox.as("maria").close(first);
    await world.rest();
    const sent = sentOfPublic();
    await pass(24 * 20);
    const traces = { ...publicTraces(places), sent };
    return { traces, private: mirrors().length };
  };

  it("leave the same public traces, in the same order", async () => {
    const paid = await story("mona");
    await world.close();
    const free = await story("");
    expect([paid.private, free.private]).toEqual([2, 0]);
    expect(paid.traces).toEqual(free.traces);
  });
});
