import { afterEach, describe, expect, it } from "@jest/globals";
import { tick } from "../../src/desk/rounds.ts";
import { TEXTS } from "../builders/facts.ts";
import type { World } from "./world.ts";
import { openWorld, REPOSITORY, SELF } from "./world.ts";

const HOUR = 3_600_000;
/** A Friday: the report of the week comes in between. */
const START = Date.UTC(2026, 2, 6, 10);

/** What everybody can read. */
const PUBLIC = `acknowledge: always
plans:
  - { name: gold, weight: 2, sla: { firstResponse: 2h, nextResponse: 1h, resolution: 1d } }
businessHours: { from: "00:00", to: "24:00", days: [mon, tue, wed, thu, fri, sat, sun] }
sla: { default: { firstResponse: 3d } }
team: [{ login: maria, capacity: 3 }, { login: octocat, capacity: 3 }]
assignment: { enabled: true, strategy: least-loaded, for: [P0, P1, P2, P3] }
escalation:
  - { at: 1, actions: [label, mention], label: late, mention: "@octo-org/support" }
lifecycle: { remindAfter: 2d, closeAfter: 2d }
`;

/** What only the desk's owners can read: who pays. */
const secretly = (login: string) => `support: { repository: octo-org/support }
plans: [{ name: gold, members: { logins: [${login}] } }]
`;

describe("what the public sees", () => {
  let world: World;
  afterEach(async () => {
    await world.close();
  });

  /** The same days, lived with one private customer: all that is left of them in public, in order. */
  const livedWith = async (customer: string): Promise<unknown> => {
    // Time stands still within a step: how old things are in a report must not depend on how fast the machine is.
    let at = START;
    world = await openWorld({
      settings: PUBLIC,
      organisation: { private: secretly(customer) },
      sandbox: { now: () => at },
    });
    const { sandbox } = world;
    const steps: string[][] = [];
    let seen = 0;
    /**
     * What was written since the last step. Within one, tickets are worked on at the same time, in any order; a report
     * shows them as they are at its moment, or an hour later, so that only what it says in the end is compared.
     */
    const rest = async () => {
      await world.rest();
      const writes = sandbox.requests
        .slice(seen)
        .filter(
          ({ actor, isWrite, path }) =>
            actor === SELF && isWrite && path.includes(`/repos/${REPOSITORY}/issues/`) && !isReport(path),
        );
      seen = sandbox.requests.length;
      steps.push(writes.map(({ method, path, status }) => `${method} ${path} ${status}`).sort());
    };
    const isReport = (path: string) =>
      sandbox
        .threads(REPOSITORY)
        .some(({ number, body }) => path.endsWith(`/issues/${number}`) && isReported(body));
    const hoursPass = async (hours: number) => {
      at += hours * HOUR;
      await tick(world.frontdesk.desk);
      await rest();
    };
    const open = async (login: string, text: keyof typeof TEXTS) => {
      const place = sandbox.as(login).openIssue(REPOSITORY, TEXTS[text]);
      await rest();
      return place;
    };
    sandbox.createUser("eve");
    const first = await open("mona", "bug");
    await open("eve", "bug");
    const third = await open("mona", "vagueBug");
    await open("eve", "feature");
    await hoursPass(1.75);
    await hoursPass(1);
    sandbox.as("maria").comment(first, "Thank you.");
    await rest();
    sandbox.as("mona").comment(first, "It happens again.");
    await rest();
    await hoursPass(2);
    const last = await open("mona", "feature");
    for (let day = 0; day < 6; day++) await hoursPass(25);
    sandbox.as("mona").comment(third, "Version: 3.2.1");
    sandbox.as("maria").close(last);
    await rest();
    await hoursPass(24);
    await hoursPass(2);
    const plan = (await world.ticket(first))?.service?.plan;
    expect(plan).toBeNull();
    const traces = { steps, threads: tracesOf(world) };
    await world.close();
    return traces;
  };

  it("is the same, word for word and in the same order, whoever pays in private", async () => {
    const paying = await livedWith("mona");
    const stranger = await livedWith("nobody-here");
    expect(paying).toEqual(stranger);
    expect(JSON.stringify(paying)).toContain("@octo-org/support");
    expect(JSON.stringify(paying)).not.toContain("gold");
    expect(JSON.stringify(paying)).toContain("Support report of octo-org/lantern");
  });
});

const isReported = (body: string) => body.includes("<!-- frontdesk:report:");

/** All that a public repository shows, in order, without ids and times of the server. */
function tracesOf({ sandbox }: World): unknown {
  const people = new Map([...sandbox.state.accounts.values()].map(({ id, login }) => [id, login]));
  const nameOf = (id: number) => people.get(id);
  const threads = sandbox.threads(REPOSITORY).map((thread) => ({
    number: thread.number,
    told: isReported(thread.body) ? [thread.title, thread.body] : [],
    state: [thread.state, thread.stateReason],
    labels: sandbox.labels({ repository: REPOSITORY, number: thread.number }),
    comments: thread.comments.map(({ authorId, body }) => [nameOf(authorId), body]),
    events: thread.events.map((event) => {
      const about = {
        ...("label" in event ? { label: event.label.name } : {}),
        ...("assigneeId" in event ? { assignee: nameOf(event.assigneeId) } : {}),
      };
      return { type: event.type, by: nameOf(event.actorId), ...about };
    }),
  }));
  // The server's address, and times in our hidden markers.
  const text = JSON.stringify(threads)
    .replace(/localhost:\d+/g, "localhost")
    .replace(/(reminder:[a-z-]*)\d+/g, "$1");
  return JSON.parse(text);
}
