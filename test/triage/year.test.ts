import { beforeAll, describe, expect, it } from "@jest/globals";
import { mergeSettings } from "../../src/settings/merge.ts";
import { parseSettings } from "../../src/settings/parse.ts";
import type { Settings } from "../../src/settings/schema.ts";
import type { ThreadEvent } from "../../src/ticket/event.ts";
import type { Comment, Person, Thread } from "../../src/ticket/thread.ts";
import { newTicket, type Ticket } from "../../src/ticket/ticket.ts";
import { sumWork, workOf } from "../../src/ticket/work.ts";
import { decide } from "../../src/triage/decide.ts";
import { policyFor, shifts } from "../../src/triage/policies.ts";
import { presence } from "../../src/triage/rota.ts";
import { readSla } from "../../src/triage/sla.ts";
import { DAY, HOUR } from "../../src/triage/time-zone.ts";
import { facts, maintainer, reporter, TEXTS, thread } from "../builders/facts.ts";
import { generator } from "../generator.ts";

const TICKETS = 10_000;
const START = Date.parse("2026-01-01T00:00Z");
const END = START + 400 * DAY;
const { integer, next, chance, pick } = generator(7);

function yearSettings(): Settings {
  const zones = ["UTC", "Europe/Berlin", "America/New_York", "Asia/Tokyo"];
  const date = (day: number) => new Date(START + day * DAY).toISOString().slice(0, 10);
  const away = () => {
    const day = integer(0, 350);
    return `{ from: ${date(day)}, to: ${date(day + integer(4, 14))} }`;
  };
  const person = (_: unknown, i: number) =>
    `  - { login: person-${i}, capacity: 30, timezone: ${zones[i % zones.length]}, away: [${away()}, ${away()}] }`;
  const text = `
plans: [{ name: gold, members: { logins: [mona] }, sla: { firstResponse: 6h, nextResponse: 4h, resolution: 5d } }]
businessHours: { timezone: Europe/Berlin, holidays: ["2026-12-25"] }
sla: { repeatAfter: 2d }
assignment: { enabled: true, strategy: least-loaded, for: [P0, P1, P2, P3] }
team:
${Array.from({ length: 8 }, person).join("\n")}
`;
  const { settings, problems } = parseSettings(text, { private: true });
  expect(problems).toEqual([]);
  return mergeSettings(settings ?? {}, null, null);
}

interface Step {
  at: number;
  ticket: number;
  what: "opened" | "due" | "reply" | "speak" | "closed";
}

/** A queue by time: steps are put into the hour in which they are, and an hour is sorted when it comes. */
class Timeline {
  readonly #hours = new Map<number, Step[]>();
  add(step: Step): void {
    const hour = Math.floor(step.at / HOUR);
    this.#hours.set(hour, [...(this.#hours.get(hour) ?? []), step]);
  }
  *[Symbol.iterator](): Generator<Step> {
    for (let hour = Math.floor(START / HOUR); hour <= END / HOUR; hour++) {
      for (;;) {
        const steps = this.#hours.get(hour)?.sort((a, b) => a.at - b.at) ?? [];
        const step = steps.shift();
        if (!step) break;
        yield step;
      }
    }
  }
}

describe("a year of 10,000 tickets for eight people, decided one by one", () => {
  const settings = yearSettings();
  const tickets = new Map<number, Ticket>();
  const told = new Map<string, number>();
  const broken: string[] = [];
  const taken = new Map<string, number>();
  const loads = new Map<string, number>();
  const assignedAt = new Map<string, number>();
  let closed = 0;

  const threadOf = (number: number, createdAt: number, at: number): Thread => ({
    ...thread({ private: true, number, createdAt, updatedAt: at, ...TEXTS.unclear }),
    assignees: tickets.get(number)?.service?.given ?? [],
  });

  function eventOf({ what, at, ticket }: Step, about: Thread): ThreadEvent {
    const base = { scope: "ticket", thread: about } as const;
    const said = (author: Person): Comment => ({
      nodeId: `C_${ticket}_${at}`,
      author,
      body: "A word.",
      createdAt: at,
      updatedAt: at,
    });
    switch (what) {
      case "opened":
      case "due":
        return { ...base, type: "due", actor: null };
      case "reply":
        return { ...base, type: "commented", actor: maintainer, comment: said(maintainer) };
      case "speak":
        return { ...base, type: "commented", actor: reporter, comment: said(reporter) };
      case "closed":
        return { ...base, type: "closed", actor: maintainer };
    }
  }

  /** What a decision changes of the loads. */
  function reload(before: Ticket | undefined, after: Ticket): void {
    for (const [ticket, sign] of [
      [before, -1],
      [after, 1],
    ] as const) {
      const work = ticket && workOf(ticket);
      for (const [login, weight] of work ? sumWork([work]) : [])
        loads.set(login, (loads.get(login) ?? 0) + sign * weight);
    }
  }

  /** A ticket that was read: reading the same text 10,000 times would test nothing but patience. */
  const opened = (step: Step): Ticket => ({
    ...newTicket(threadOf(step.ticket, step.at, step.at)),
    language: "en",
    triage: { kind: "bug", confidence: 1, because: [], missing: [], asked: false, at: step.at },
  });

  function play(step: Step, timeline: Timeline): void {
    const before = step.what === "opened" ? opened(step) : tickets.get(step.ticket);
    if (step.what === "due" && before?.wakeAt !== step.at) return;
    if (step.what !== "opened" && before?.status === "closed") return;
    const about = threadOf(step.ticket, before?.createdAt ?? step.at, step.at);
    const state = step.what === "closed" ? "closed" : "open";
    const event = eventOf(step, { ...about, state });
    const people = new Map(
      settings.team.map(({ login }) => [
        login,
        { load: loads.get(login) ?? 0, responseTime: null, assignedAt: assignedAt.get(login) ?? null },
      ]),
    );
    const actor = { person: event.actor, self: false, team: event.actor === maintainer };
    const decision = decide(
      before ?? null,
      event,
      facts({ thread: event.thread, actor, people }),
      settings,
      step.at,
    );
    if (!decision) throw new Error("a ticket is none of ours");
    const { ticket, plan } = decision;
    tickets.set(step.ticket, ticket);
    reload(before, ticket);
    if (ticket.wakeAt)
      timeline.add({ at: Math.max(ticket.wakeAt, step.at), ticket: step.ticket, what: "due" });
    if (step.what === "closed") closed++;
    for (const action of plan) {
      if (action.type === "notify") {
        const key = `${step.ticket} ${action.slot}`;
        told.set(key, (told.get(key) ?? 0) + 1);
      }
      if (action.type !== "assign") continue;
      for (const login of action.logins) {
        const shift = shifts(settings).find(({ person }) => person.login === login);
        if (!shift || presence(shift, step.at).state === "away") broken.push(`${login} was away`);
        taken.set(login, (taken.get(login) ?? 0) + 1);
        assignedAt.set(login, step.at);
      }
    }
  }

  beforeAll(() => {
    const timeline = new Timeline();
    for (let ticket = 1; ticket <= TICKETS; ticket++) {
      const opened = START + Math.floor(next() * 365 * DAY);
      const reply = opened + Math.floor(next() * pick([8, 24, 72]) * HOUR);
      timeline.add({ at: opened, ticket, what: "opened" });
      timeline.add({ at: reply, ticket, what: "reply" });
      if (chance(0.5)) {
        const spoke = reply + Math.floor((1 + next() * 40) * HOUR);
        timeline.add({ at: spoke, ticket, what: "speak" });
        timeline.add({ at: spoke + Math.floor(next() * 40 * HOUR), ticket, what: "reply" });
      }
      timeline.add({ at: reply + Math.floor((2 + next() * 300) * HOUR), ticket, what: "closed" });
    }
    for (const step of timeline) play(step, timeline);
  }, 60_000);

  it("is played to its end", () => {
    expect(tickets.size).toBe(TICKETS);
    expect(closed).toBe(TICKETS);
  });

  it("gives nothing to who is away", () => {
    expect(broken).toEqual([]);
    expect([...taken.values()].reduce((sum, count) => sum + count, 0)).toBeGreaterThan(TICKETS * 0.95);
  });

  it("spreads the work (Gini below 0.15)", () => {
    const sorted = [...taken.values()].sort((a, b) => a - b);
    const sum = sorted.reduce((total, value) => total + value, 0);
    const ranked = sorted.reduce((total, value, i) => total + (i + 1) * value, 0);
    const gini = (2 * ranked) / (sorted.length * sum) - (sorted.length + 1) / sorted.length;
    expect(sorted).toHaveLength(8);
    expect(gini).toBeLessThan(0.15);
  });

  it("warns before each breach and tells of it, each once, and never of a promise that was kept", () => {
    expect([...told].filter(([, times]) => times !== 1)).toEqual([]);
    const wrong: string[] = [];
    let breaches = 0;
    for (const [number, { service }] of tickets) {
      const policy = policyFor(settings, "gold", service?.priority?.level ?? null);
      if (!service || !policy) throw new Error("a ticket without a service");
      for (const { clock, cycle, used, target } of readSla(service.clocks, policy, END)) {
        const said = (stage: string) => told.has(`${number} sla:${clock}/${cycle}/${stage}/0`);
        const breached = used >= target;
        if (breached) breaches++;
        if (said("breach") !== breached) wrong.push(`${number} ${clock} ${cycle}: breach ${breached}`);
        if (breached && !said("warning")) wrong.push(`${number} ${clock} ${cycle}: no warning`);
      }
    }
    expect(wrong).toEqual([]);
    expect(breaches).toBeGreaterThan(1_000);
  });
});
