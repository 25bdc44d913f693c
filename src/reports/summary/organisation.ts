import { comment } from "../../messages/comment.ts";
import { percent, spokenLanguage } from "../../messages/language.ts";
import { inlineCode } from "../../messages/sanitize.ts";
import { say, type Voice } from "../../messages/template.ts";
import type { Business } from "../business.ts";
import type { Figures } from "../measure.ts";
import type { Flow } from "../metrics/flow.ts";
import type { Period } from "../period.ts";
import { barsAndLine } from "./chart.ts";
import { figureTable } from "./figure-table.ts";
import { dayOf, NONE, numeral, section, shareText, shortDayOf, spreadText } from "./wording.ts";

/** All that the report on an organisation's desk is written from. It holds private figures. */
export interface OrganisationFacts {
  account: string;
  now: Figures;
  before: Figures;
  periods: readonly Period[];
  flow: Flow;
  repositories: readonly { fullName: string; figures: Figures }[];
  business: Business;
}

const DAY = 86_400_000;

/** The report on all repositories together, for a private place; null where there is nothing to say. */
export function organisationSummary(
  voice: Voice,
  slot: string,
  facts: OrganisationFacts,
): { title: string; body: string } | null {
  const { now, before, periods, flow, account } = facts;
  const { opened, closed } = now.automation;
  if (opened + closed + now.satisfaction.csat.whole === 0) return null;
  const columns = periods.map(({ since }) => shortDayOf(voice, since));
  const body = comment(voice, slot, [
    say(voice, "reportLive"),
    `### ${say(voice, "reportChanged")}`,
    figureTable(voice, now, before),
    barsAndLine(say(voice, "reportFlow"), say(voice, "reportTickets"), columns, flow.opened, flow.closed),
    repositoryTable(voice, facts),
    ...businessSection(voice, facts.business),
    ...people(voice, now),
  ]);
  const { since, until } = now.period;
  const [from, to] = [since, until - DAY].map((at) => ({ markdown: dayOf(voice, at) }));
  const title = say(voice, "reportOrganisation", {
    account: { markdown: account },
    from: from as { markdown: string },
    to: to as { markdown: string },
  });
  return { title, body };
}

function repositoryTable(voice: Voice, { repositories }: OrganisationFacts): string {
  const names = ["reportRepository", "reportOpened", "reportClosed", "reportOpen"] as const;
  const head = [
    ...names.map((name) => say(voice, name)),
    say(voice, "reportFirstResponse"),
    say(voice, "reportCsat"),
  ];
  const rows = repositories
    .toSorted((a, b) => b.figures.automation.opened - a.figures.automation.opened)
    .map(({ fullName, figures: { automation, backlog, times, satisfaction } }) => [
      inlineCode(fullName),
      ...[automation.opened, automation.closed, backlog.age.count].map((count) => numeral(voice, count)),
      spreadText(voice, times.firstResponse.business),
      `${shareText(voice, satisfaction.csat)}, ${numeral(voice, satisfaction.csat.whole)}`,
    ]);
  return [head, ["---", "---:", "---:", "---:", "---:", "---:"], ...rows]
    .map((cells) => `| ${cells.join(" | ")} |`)
    .join("\n");
}

function businessSection(voice: Voice, business: Business): string[] {
  const { cost, revenue, result, costPerTicket, benefit, opportunity, currency } = business;
  if (cost === 0 && revenue.total === 0) return [];
  const money = (amount: number | null) =>
    amount === null
      ? NONE
      : new Intl.NumberFormat(spokenLanguage(voice.language), { style: "currency", currency }).format(amount);
  const rows = [
    [say(voice, "reportCost"), money(cost)],
    [say(voice, "reportRevenue"), money(revenue.total)],
    [say(voice, "reportResult"), money(result)],
    [say(voice, "reportCostPerTicket"), money(costPerTicket)],
    [say(voice, "reportBenefit"), money(benefit)],
    [say(voice, "reportOpportunity"), opportunity === null ? NONE : numeral(voice, opportunity, 1)],
  ];
  return section(
    voice,
    say(voice, "reportBusiness"),
    rows.map(([name, value]) => `${name}: ${value}`),
    rows.length,
  );
}

/** Only people who agreed are among them. */
function people(voice: Voice, { utilisation }: Figures): string[] {
  const items = utilisation.map(({ login, tickets, utilisation: used }) => {
    const share = used === null ? NONE : percent(used, spokenLanguage(voice.language));
    return `${inlineCode(login)}: ${share} (${numeral(voice, tickets)})`;
  });
  return section(voice, say(voice, "reportUtilisation"), items, items.length);
}
