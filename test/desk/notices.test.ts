import { randomBytes } from "node:crypto";
import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import type { Alarm } from "../../src/desk/hand-over.ts";
import { handOver, raiseAlarm } from "../../src/desk/hand-over.ts";
import { tick } from "../../src/desk/rounds.ts";
import { scopeKey } from "../../src/ticket/delivery.ts";
import type { Notice } from "../../src/ticket/notice.ts";
import { TEXTS } from "../builders/facts.ts";
import type { World } from "../e2e/world.ts";
import { openWorld, REPOSITORY, warnings } from "../e2e/world.ts";
import type { MailReceiver } from "../notify/mail-receiver.ts";
import { openMailReceiver } from "../notify/mail-receiver.ts";
import type { WebReceiver } from "../notify/web-receiver.ts";
import { openWebReceiver, status } from "../notify/web-receiver.ts";

const MONDAY_10 = Date.parse("2026-03-02T10:00:00Z");
const HOUR = 3_600_000;
const SETTINGS = `notifications:
  slack: [DESK_SLACK]
  email: [DESK_MAIL]
  webhooks: [DESK_HOOK]
  quietHours: { timezone: UTC, from: "20:00", to: "08:00" }
  digestAbove: 3
`;

let slack: WebReceiver;
let hook: WebReceiver;
let mail: MailReceiver;
let world: World;
let time: number;

beforeEach(async () => {
  [slack, hook, mail] = await Promise.all([openWebReceiver(), openWebReceiver(), openMailReceiver()]);
  time = MONDAY_10;
  world = await open();
});
afterEach(async () => {
  await world.close();
  await Promise.all([slack.close(), hook.close(), mail.close()]);
});

function open(settings = SETTINGS, allowedHosts = [slack.host, hook.host, `${mail.host}:${mail.port}`]) {
  const variables = {
    DESK_SLACK: `${slack.url}/services/hunter2`,
    DESK_HOOK: hook.url,
    DESK_HOOK_SECRET: `whsec_${randomBytes(32).toString("base64")}`,
    DESK_MAIL: `smtp://${mail.host}:${mail.port}?to=desk@example.com`,
  };
  return openWorld({
    organisation: { private: settings },
    sandbox: { now: () => time },
    surroundings: { variables, allowedHosts },
  });
}

const notice = (title: string, change: Partial<Notice> = {}): Notice => ({
  kind: "sla-breach",
  title,
  text: "",
  url: null,
  ticket: null,
  private: true,
  channels: null,
  at: time,
  ...change,
});

const origin = () => ({ installationId: world.app.installationId, repositoryId: null });
const scope = () => scopeKey("notices", world.app.installationId);

async function tell(key: string, title = key, change: Partial<Notice> = {}): Promise<void> {
  await handOver(world.frontdesk.desk, origin(), { key, notice: notice(title, change) });
  await world.rest();
}

/** Time goes on, and the installation's notices are looked at again. */
async function later(ms: number): Promise<void> {
  time += ms;
  await world.frontdesk.desk.queue.push(scope());
  await world.rest();
}

const inSlack = () => slack.got.map(({ body }) => (JSON.parse(body) as { text: string }).text);
const atHook = () => hook.got.map(({ body }) => (JSON.parse(body) as { data: { title: string } }).data.title);
const byMail = () => mail.got.map(({ text }) => /^Subject: \[Frontdesk\] (.*)$/m.exec(text)?.[1]?.trim());

describe("a notice", () => {
  it("goes all ways that are set up, once however often it is wished for", async () => {
    await tell("one");
    await tell("one", "another title");
    expect([inSlack(), atHook(), byMail()]).toEqual([["one"], ["one"], ["one"]]);
    expect(hook.got[0]?.headers["webhook-id"]).toBe("one");
  });

  it("goes only the ways that it names", async () => {
    await tell("one", "one", { channels: ["webhook"] });
    expect([inSlack(), atHook(), byMail()]).toEqual([[], ["one"], []]);
  });

  it("waits in the store over quiet hours, but not for machines, nor when it is about a P0 ticket", async () => {
    time += 12 * HOUR;
    await tell("at night");
    await tell("outage", "outage", { urgent: true });
    expect([inSlack(), atHook(), byMail()]).toEqual([["outage"], ["at night", "outage"], ["outage"]]);
    const waiting = await world.frontdesk.desk.store.outbox(scope());
    const eight = Date.parse("2026-03-03T08:00:00Z");
    expect(waiting.map(({ notBefore }) => notBefore)).toEqual([eight, eight]);
    await later(10 * HOUR - 1);
    expect(inSlack()).toEqual(["outage"]);
    await later(1);
    expect([inSlack(), byMail()]).toEqual([
      ["outage", "at night"],
      ["outage", "at night"],
    ]);
  });

  it("waits until the decider lets it go", async () => {
    const { desk } = world.frontdesk;
    await handOver(desk, origin(), { key: "one", notice: notice("one"), notBefore: time + HOUR });
    await later(HOUR - 1);
    expect(inSlack()).toEqual([]);
    await later(1);
    expect(inSlack()).toEqual(["one"]);
  });

  it("is one of a digest when there are many; machines get each", async () => {
    const { desk } = world.frontdesk;
    for (const title of ["a", "b", "c", "d", "e"]) {
      await desk.store.receive({
        id: title,
        event: "frontdesk.notice",
        scope: scope(),
        payload: JSON.stringify({ ...origin(), notice: notice(title), notBefore: 0 }),
        receivedAt: time,
      });
    }
    await later(0);
    expect([inSlack(), byMail()]).toEqual([["5 notices"], ["5 notices"]]);
    expect(mail.got[0]?.text).toMatch(/a\r\n\r\nb\r\n\r\nc\r\n\r\nd\r\n\r\ne/);
    expect(atHook()).toEqual(["a", "b", "c", "d", "e"]);
  });

  it("beyond the hour's number waits for the digest of the next hour", async () => {
    for (const title of ["a", "b", "c", "d", "e"]) await tell(title);
    expect(inSlack()).toEqual(["a", "b", "c"]);
    await later(HOUR - 1);
    expect(inSlack()).toEqual(["a", "b", "c"]);
    await later(2);
    expect(inSlack()).toEqual(["a", "b", "c", "d", "e"]);
  });

  it("leaves no trace in the store once it is out", async () => {
    await tell("one");
    const { store } = world.frontdesk.desk;
    expect(await store.outbox(scope())).toEqual([]);
    expect(await store.outcomes(scope())).toEqual({});
    await later(2 * HOUR);
    await tell("two");
    expect((await store.read("notices", String(world.app.installationId)))?.sentAt.DESK_SLACK).toEqual([
      time,
    ]);
  });
});

describe("a receiver that fails", () => {
  it("for a moment is tried again without end, and holds up no other", async () => {
    slack.answer = status(503);
    await tell("one", "one", { urgent: true });
    expect([atHook(), byMail()]).toEqual([["one"], ["one"]]);
    for (let i = 0; i < 20; i++) await later(HOUR);
    expect(slack.got).toHaveLength(21);
    slack.answer = (response) => void response.end("ok");
    await later(HOUR);
    await later(HOUR);
    expect(slack.got).toHaveLength(22);
    expect([atHook(), byMail()]).toEqual([["one"], ["one"]]);
    expect(await world.frontdesk.desk.store.parked()).toEqual([]);
  });

  it("is left alone for as long as it says", async () => {
    slack.answer = status(429, { "retry-after": "600" });
    await tell("one");
    slack.answer = (response) => void response.end("ok");
    await later(599_000);
    expect(slack.got).toHaveLength(1);
    await later(2_000);
    expect(slack.got).toHaveLength(2);
  });

  it("for good has its notice parked after eight tries, with the reason; a command tries again", async () => {
    slack.answer = status(404);
    await tell("one", "one", { urgent: true });
    for (let i = 0; i < 10; i++) await later(HOUR);
    expect(slack.got).toHaveLength(8);
    const { store } = world.frontdesk.desk;
    expect(await store.parked()).toMatchObject([{ scope: scope(), reason: "it answered 404" }]);
    slack.answer = (response) => void response.end("ok");
    await store.retryParked();
    await later(0);
    expect(slack.got).toHaveLength(9);
    expect(await store.parked()).toEqual([]);
  });

  it("is not allowed: nothing is sent there, and that is said once, without its address", async () => {
    await world.close();
    world = await open(SETTINGS, [hook.host]);
    await tell("one");
    await tell("two");
    expect([slack.got.length, mail.got.length, atHook()]).toEqual([0, 0, ["one", "two"]]);
    const said = warnings(world).filter(({ msg }) => msg.startsWith("notices cannot be sent"));
    expect(said.map(({ reason }) => reason)).toEqual([
      `DESK_SLACK leads to ${slack.host}, which is not in FRONTDESK_ALLOWED_HOSTS`,
      `DESK_MAIL leads to ${mail.host}:${mail.port}, which is not in FRONTDESK_ALLOWED_HOSTS`,
    ]);
    expect(JSON.stringify(world.logs)).not.toMatch(/hunter2|whsec_/);
  });
});

describe("a promise that is broken", () => {
  it("is warned of and told once, all ways, with what it rests on", async () => {
    await world.close();
    const always = "businessHours: { days: [mon, tue, wed, thu, fri, sat, sun], from: '00:00', to: '24:00' }";
    world = await open(`${SETTINGS}${always}\nsla: { default: { firstResponse: 4h } }\n`);
    const place = world.sandbox.as("mona").openIssue(REPOSITORY, TEXTS.bug);
    await world.rest();
    const hours = async (n: number) => {
      time += n * HOUR;
      await tick(world.frontdesk.desk);
      await world.rest();
    };
    await hours(3.5);
    await hours(0.1);
    expect(atHook()).toHaveLength(1);
    await hours(0.5);
    await hours(0.1);
    const got = hook.got.map(
      ({ body }) => JSON.parse(body) as { type: string; data: Record<string, unknown> },
    );
    expect(got.map(({ type }) => type)).toEqual(["frontdesk.sla-warning", "frontdesk.sla-breach"]);
    for (const { data } of got) {
      expect(data.title).toContain(`${REPOSITORY}#${place.number}`);
      expect(data.url).toMatch(new RegExp(`/${REPOSITORY}/issues/${place.number}$`));
    }
    expect(inSlack()).toHaveLength(2);
    expect(mail.got).toHaveLength(2);
    expect(world.sandbox.comments(place).filter(({ body }) => /overdue|due/i.test(body))).toEqual([]);
  });
});

describe("an alarm", () => {
  const alarm: Alarm = {
    slot: "heartbeat/1",
    title: "The desk does not move",
    text: "Work waits since noon.",
  };

  it("is raised once for what it is about", async () => {
    const { desk } = world.frontdesk;
    await raiseAlarm(desk, origin(), alarm);
    await raiseAlarm(desk, origin(), alarm);
    await raiseAlarm(desk, origin(), { ...alarm, slot: "heartbeat/2" });
    await world.rest();
    expect(inSlack()).toEqual([alarm.title, alarm.title]);
  });

  it("of a public repository goes where its organisation says", async () => {
    const repository = [...world.sandbox.state.repositories.values()].find(
      ({ name }) => name === REPOSITORY.split("/")[1],
    );
    const repositoryId = repository?.id ?? 0;
    await raiseAlarm(world.frontdesk.desk, { ...origin(), repositoryId }, alarm);
    await world.rest();
    expect(inSlack()).toEqual([alarm.title]);
  });

  it("is in the log when nobody is set up to hear of it", async () => {
    await world.close();
    world = await open("mode: label\n");
    await raiseAlarm(world.frontdesk.desk, origin(), alarm);
    await world.rest();
    expect(warnings(world).map(({ msg }) => msg)).toEqual([
      alarm.title,
      "a notice that nobody is set up to get",
    ]);
  });
});
