import { describe, expect, it } from "@jest/globals";
import type * as z from "zod";
import { chooseService } from "../../src/customers/service.ts";
import { parseDocument } from "../../src/learning/document.ts";
import { Settings } from "../../src/settings/schema.ts";
import { assign } from "../../src/triage/assignment.ts";
import { businessCalendar } from "../../src/triage/business-hours.ts";
import { advance, startClocks } from "../../src/triage/clocks.ts";
import { climb } from "../../src/triage/escalation.ts";
import { nextStatus, onSilence } from "../../src/triage/lifecycle.ts";
import { policyFor, usesPriorities } from "../../src/triage/policies.ts";
import { ratePriority } from "../../src/triage/priority.ts";
import { presence, shiftsOf } from "../../src/triage/rota.ts";
import { choosePolicy, dueNotices } from "../../src/triage/sla.ts";
import { DAY, HOUR } from "../../src/triage/time-zone.ts";

/** The policies as they are used together, on settings as people write them. */
const settings = Settings.parse({
  plans: [
    { name: "silver", covers: ["question"], members: { logins: ["mona"] } },
    {
      name: "gold",
      weight: 1,
      members: { organizations: ["acme"] },
      sla: { firstResponse: "4h", nextResponse: "1d", resolution: "5d" },
    },
  ],
  businessHours: { timezone: "Europe/Berlin", holidays: ["2026-12-25"] },
  sla: { byPriority: { P0: { firstResponse: "1h" } } },
  team: Array.from({ length: 8 }, (_, i) => ({
    login: `person-${i}`,
    skills: i % 2 ? ["bug"] : ["question"],
    timezone: i % 2 ? "Asia/Tokyo" : null,
    away: [{ from: "2026-12-20", to: "2027-01-03" }].slice(i % 3),
  })),
  escalation: [
    { at: 0.75, actions: ["mention"], mention: "@acme/support" },
    { at: 1, actions: ["assign", "slack"], assign: "person-1" },
  ],
});
const calendar = businessCalendar(settings.businessHours);
const shifts = shiftsOf(settings.team, settings.businessHours);

const OPENED = Date.parse("2026-11-20T14:00Z");
const BODY = `${"The importer reads a file and then stops with a message that says little. ".repeat(20)}
### Severity

High

### What happened

Since the update our production server is down and all our users wait.`;

/** A paid ticket through every policy, once. */
function decideAll(now: number) {
  const service = chooseService(settings.plans, {
    requester: { login: "mona", organizations: ["acme"], teams: [] },
    ticket: { key: "1/7", kind: "bug", language: "en" },
    sources: { files: new Map(), sponsors: new Map(), owner: "octocat" },
    credits: new Map(),
    audience: "private",
    now,
  });
  const priority = ratePriority(
    {
      document: parseDocument("Importer stops", BODY),
      language: "en",
      kind: "bug",
      teamLabels: [],
      others: 5,
      history: { reopened: 1, repeated: 0, waitingSince: OPENED },
      weight: service.weight,
      now,
    },
    settings.priority,
  );
  const plan = settings.plans.find(({ name }) => name === service.plan) ?? null;
  const policy = choosePolicy({
    plan,
    level: priority.level,
    byPriority: settings.sla.byPriority,
    default: settings.sla.default,
    calendar,
    warn: { share: settings.sla.warnAt },
    repeat: DAY,
  });
  if (!policy) throw new Error("no policy");
  const clocks = advance(startClocks(OPENED), { id: "c", at: OPENED + HOUR, type: "reporter-spoke" });
  const sla = dueNotices(clocks, policy, now);
  const candidates = shifts.map((shift, i) => ({ shift, load: i, responseTime: null, assignedAt: null }));
  const work = { level: priority.level, topics: ["bug", "en"], assignees: [], refused: [] };
  const assignment = assign(work, candidates, settings.assignment.strategy, now);
  const ladder = {
    rungs: settings.escalation,
    isPresent: (login: string) =>
      shifts.some((shift) => shift.person.login === login && presence(shift, now).state !== "away"),
  };
  const escalation = climb({ plan: service.plan, clocks, policy, climbed: {} }, ladder, now);
  const status = nextStatus("new", "reporter-spoke");
  const silence = onSilence(
    { status, pendingSince: null, reporterSpokeAt: OPENED, remindedAt: null, owed: true },
    settings.lifecycle,
    now,
  );
  return { service, priority, policy, sla, assignment, escalation, status, silence };
}

describe("a paid ticket, by all policies together", () => {
  it("is served as the settings promise", () => {
    // Opened on Friday at 15:00 in Berlin; looked at on Monday at 10:30. One hour of P0's promise is over.
    const decided = decideAll(Date.parse("2026-11-23T09:30Z"));
    expect(decided.service).toMatchObject({ plan: "gold", weight: 1 });
    expect(decided.priority.level).toBe("P0");
    expect(decided.policy.targets).toEqual({
      firstResponse: HOUR,
      nextResponse: 8 * HOUR,
      resolution: 40 * HOUR,
    });
    expect(decided.sla.notices).toMatchObject([
      { clock: "firstResponse", stage: "breach", dueAt: Date.parse("2026-11-20T15:00Z") },
    ]);
    expect(decided.assignment).toMatchObject({ login: "person-0" });
    expect(decided.escalation.steps.map(({ action }) => action.type)).toEqual(["mention", "assign", "slack"]);
    expect([decided.status, decided.silence.action]).toEqual(["new", "none"]);
  });

  it("takes under a millisecond at the median", () => {
    const times = Array.from({ length: 400 }, (_, i) => {
      const began = performance.now();
      decideAll(OPENED + i * HOUR);
      return performance.now() - began;
    });
    const median = times.toSorted((a, b) => a - b)[200] ?? Number.POSITIVE_INFINITY;
    expect(median).toBeLessThan(1);
  });
});

describe("labels of priorities", () => {
  const promise = { firstResponse: "4h" };
  it.each<[string, z.input<typeof Settings>, boolean]>([
    ["are not set where nothing goes by them", {}, false],
    ["are set for plans", { plans: [{ name: "gold" }] }, true],
    ["are set for a promise to everybody", { sla: { default: promise } }, true],
    ["are set for a promise to one priority", { sla: { byPriority: { P0: promise } } }, true],
    ["are set where tickets are assigned", { assignment: { enabled: true } }, true],
    ["are set by their names alone", { labels: { priorities: ["now", "soon", null, null] } }, true],
  ])("%s", (_name, file, expected) => {
    expect(usesPriorities(Settings.parse(file))).toBe(expected);
  });
});

it("a breach that is told again each day is told after a day of business", () => {
  const file = { sla: { default: { firstResponse: "4h" }, repeatAfter: "1d" } };
  expect(policyFor(Settings.parse(file), null, null)?.repeat).toBe(8 * HOUR);
});
