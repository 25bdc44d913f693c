import { parseSettings } from "../../src/settings/parse.ts";
import { mergeSettings } from "../../src/settings/merge.ts";
import type { ThreadEvent } from "../../src/ticket/event.ts";
import type { Thread } from "../../src/ticket/thread.ts";
import { decide } from "../../src/triage/decide.ts";
import { facts, NOW, OPENED, reporter, TEXTS, thread } from "../builders/facts.ts";
import { median, type Row } from "./row.ts";

/** Everything that a paid ticket can go by. */
const SETTINGS = `
plans:
  - { name: gold, weight: 1, members: { logins: [mona] }, sla: { firstResponse: 4h, nextResponse: 2h, resolution: 2d } }
  - { name: silver, sponsors: { minimumMonthlyDollars: 50 }, sla: { firstResponse: 1d } }
businessHours: { timezone: Europe/Berlin, holidays: ["2026-12-25", "2026-12-26"] }
sla: { byPriority: { P0: { firstResponse: 1h }, P1: { firstResponse: 4h } }, repeatAfter: 4h }
team:
${Array.from({ length: 8 }, (_, i) => `  - { login: person-${i}, skills: [bug], timezone: Asia/Tokyo, away: [{ from: 2026-08-03, to: 2026-08-14 }] }`).join("\n")}
assignment: { enabled: true, for: [P0, P1, P2, P3] }
escalation:
  - { at: 0.5, actions: [label], label: late }
  - { at: 1, actions: [mention, slack], mention: "@octo-org/support" }
lifecycle: { remindAfter: 7d, closeAfter: 7d }
labels: { states: { new: new, open: open, pending: pending } }
`;

const RUNS = 2_000;

/** How long deciding takes for a ticket of a customer, with all policies, in milliseconds. */
export async function serviceBench(): Promise<Row[]> {
  const { settings: file, problems } = parseSettings(SETTINGS, { private: true });
  if (!file || problems.length > 0) throw new Error(JSON.stringify(problems));
  const settings = mergeSettings(file, null, null);
  const people = new Map(
    settings.team.map(({ login }, load) => [login, { load, responseTime: null, assignedAt: null }]),
  );
  const known = (change: Partial<Thread> = {}) =>
    facts({ thread: thread({ private: true, ...TEXTS.bug, ...change }), people });
  const base = { scope: "ticket", thread: thread(), actor: reporter } as const;
  const opened: ThreadEvent = { ...base, type: "opened", movedFrom: null, discussed: false };
  const first = decide(null, opened, known(), settings, NOW);
  if (first?.ticket.service?.plan !== "gold") throw new Error("it is not served by its plan");
  const times = (event: ThreadEvent, ticket: typeof first.ticket | null, now: number) =>
    Array.from({ length: RUNS }, (_, i) => {
      const facts = known({ updatedAt: OPENED + i });
      const began = performance.now();
      decide(ticket, event, facts, settings, now);
      return performance.now() - began;
    });
  const paid = "decide, a paid ticket with all policies:";
  const row = (what: string, values: number[], must?: string): Row => ({
    what: `${paid} ${what}`,
    value: median(values),
    unit: "ms (median)",
    ...(must ? { must } : {}),
  });
  return [
    row("opened", times(opened, null, NOW), "< 1"),
    row("due", times({ ...base, type: "due" }, first.ticket, NOW + 9 * 3_600_000), "< 1"),
  ];
}
