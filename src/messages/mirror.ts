import { link } from "./link.ts";
import { marker } from "./marker.ts";
import { neutralize } from "./sanitize.ts";

/** What the private mirror of a paid ticket tells. Texts come from users; times are milliseconds since 1970. */
export interface MirrorFacts {
  key: string;
  /** `owner/name#7`. */
  name: string;
  url: string;
  title: string;
  reporter: string | null;
  plan: string;
  /** Why this plan, this priority. */
  because: readonly string[];
  priority: string | null;
  state: string;
  deadlines: readonly { clock: string; dueAt: number | null; met: boolean }[];
}

const LONGEST_TITLE = 200;

/** In English: it is read by the operator's own people. Deadlines are told as instants, so that it need not be rewritten. */
export function mirrorIssue(facts: MirrorFacts): { title: string; body: string } {
  const { name, url, reporter, plan, priority, state, key } = facts;
  const title = neutralize(facts.title, { maxLength: LONGEST_TITLE });
  const rows: [string, string][] = [
    ["Ticket", link(name, url)],
    ["Reporter", reporter === null ? "unknown" : neutralize(reporter)],
    ["Plan", neutralize(plan)],
    ["Priority", priority ?? "not rated"],
    ["State", state],
    ...facts.deadlines.map(({ clock, dueAt, met }): [string, string] => [clock, deadline(dueAt, met)]),
  ];
  return {
    title: `[${plan}] ${name}: ${facts.title}`.slice(0, LONGEST_TITLE),
    body: [
      `**${title}**`,
      ["| | |", "| --- | --- |", ...rows.map(([what, how]) => `| ${what} | ${how} |`)].join("\n"),
      facts.because.map((reason) => `- ${neutralize(reason)}`).join("\n"),
      `<sub>🤖 Frontdesk keeps this issue in line with the ticket. Answer on the ticket: the reporter does not see this.</sub>`,
      marker(`mirror:${key}`),
    ]
      .filter((block) => block !== "")
      .join("\n\n"),
  };
}

function deadline(dueAt: number | null, met: boolean): string {
  if (dueAt === null) return met ? "✅" : "❌ missed";
  const when = `${new Date(dueAt).toISOString().slice(0, 16).replace("T", " ")} UTC`;
  return met ? `⏳ ${when}` : `❌ ${when}`;
}
