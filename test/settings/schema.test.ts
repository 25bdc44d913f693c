import { describe, expect, it } from "@jest/globals";
import { parse } from "yaml";
import * as z from "zod";
import { defaultSettings, Settings } from "../../src/settings/schema.ts";

const HOUR = 3_600_000;

/** What the README promises of an empty file, written by hand. */
const DEFAULTS = `
mode: reply
acknowledge: useful
language: auto
labels:
  bug: bug
  feature: enhancement
  question: question
  documentation: documentation
  performance: performance
  security: null
  needsInfo: needs-info
  duplicate: possible-duplicate
  needsHuman: needs-human
  priorities: null
classification: { targetPrecision: 0.85, learn: true, ignoreLabels: [], quietPeriod: 0m }
knowledge:
  sources: ["README.md", "docs/**/*.md", "FAQ.md", ".github/frontdesk/kb/**/*.md"]
  repositories: []
  discussions: true
  issues: true
  reply: { targetPrecision: 0.85, links: 3 }
  mention: { targetPrecision: 0.6 }
duplicates: { enabled: true, targetPrecision: 0.85, repositories: [], close: false }
plans: []
businessHours: { timezone: UTC, days: [mon, tue, wed, thu, fri], from: "09:00", to: "17:00", holidays: [] }
priority:
  weights: { urgency: 0.4, severity: 0.3, history: 0.3 }
  thresholds: [4, 3, 2]
sla: { default: null, byPriority: {}, warnAt: 0.75 }
team: []
assignment: { enabled: false, strategy: skills, for: [P0, P1] }
escalation: []
notifications: { slack: [], email: [], webhooks: [] }
support: { repository: null }
lifecycle: { remindAfter: 14d, closeAfter: null, heartbeat: 6h }
satisfaction:
  polling: [1h, 1d, 7d, 30d]
  positive: ["+1", heart, hooray, rocket, laugh]
  negative: ["-1", confused]
  survey: { onClose: false, everyDays: 90 }
reports: { schedule: weekly, pin: false, label: support-report, language: en }
costs: { technical: 0, people: 0, administration: 0, currency: USD }
privacy: { retentionDays: 400, notice: null }
messages: {}
`;

interface Node {
  description?: string;
  properties?: Record<string, Node>;
  items?: Node;
  anyOf?: Node[];
}

/** Paths of the fields that say nothing about themselves. */
function silent(node: Node, path = ""): string[] {
  const fields = Object.entries(node.properties ?? {}).flatMap(([key, field]) => [
    ...(field.description ? [] : [`${path}${key}`]),
    ...silent(field, `${path}${key}.`),
  ]);
  const parts = [...(node.items ? [node.items] : []), ...(node.anyOf ?? [])];
  return [...fields, ...parts.flatMap((part) => silent(part, path))];
}

describe("the settings", () => {
  it("of an empty file are the promised defaults", () => {
    expect(Settings.parse(parse(DEFAULTS))).toEqual(defaultSettings);
  });

  it("are described, every field of them", () => {
    expect(silent({ properties: { broken: {} } })).toEqual(["broken"]);
    expect(silent(z.toJSONSchema(Settings, { io: "input" }) as Node)).toEqual([]);
  });

  it("give durations in milliseconds, and those of SLAs as business time", () => {
    const settings = Settings.parse({
      lifecycle: { remindAfter: "2d", heartbeat: "90s" },
      sla: { default: { firstResponse: "4h", nextResponse: "1d", resolution: "0.5d" } },
    });
    expect(settings.lifecycle).toEqual({ remindAfter: 48 * HOUR, closeAfter: null, heartbeat: 90_000 });
    expect(settings.sla.default).toEqual({
      firstResponse: { days: 0, ms: 4 * HOUR },
      nextResponse: { days: 1, ms: 0 },
      resolution: { days: 0.5, ms: 0 },
    });
  });

  it("complete what a plan and a teammate leave out", () => {
    const { plans, team } = Settings.parse({ plans: [{ name: "gold" }], team: [{ login: "octocat" }] });
    expect(plans[0]).toMatchObject({
      mode: "subscription",
      members: { logins: [] },
      weight: 0,
      public: false,
    });
    expect(team[0]).toEqual({
      login: "octocat",
      skills: [],
      capacity: 10,
      timezone: null,
      measured: false,
      away: [],
    });
  });
});
