import { comment } from "../../messages/comment.ts";
import { percent, spokenLanguage } from "../../messages/language.ts";
import { inlineCode } from "../../messages/sanitize.ts";
import { say, type Voice } from "../../messages/template.ts";
import type { Business } from "../business.ts";
import type { Figures } from "../measure.ts";
import { blocks, daysOf, isQuiet, type Report } from "./summary.ts";
import type { SummaryFacts } from "./summary-facts.ts";
import { bullets, NONE, numeral, shareText, spreadText } from "./wording.ts";

/** All that the report on an organisation's desk is written from: what each repository's is, and private figures. */
export interface OrganisationFacts extends SummaryFacts {
  repositories: readonly { fullName: string; figures: Figures }[];
  business: Business;
}

/** The report on all repositories together, for a private place; null where there is nothing to say. */
export function organisationSummary(voice: Voice, slot: string, facts: OrganisationFacts): Report | null {
  if (isQuiet(facts)) return null;
  const account = { markdown: facts.subject };
  const title = say(voice, "reportOrganisation", { account, ...daysOf(voice, facts.stretch.period) });
  const more = [
    repositoryTable(voice, facts),
    ...businessSection(voice, facts.business),
    ...people(voice, facts.now),
  ];
  return { title, body: comment(voice, slot, blocks(voice, facts, more)) };
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
  return [`### ${say(voice, "reportBusiness")}`, bullets(rows.map(([name, value]) => `${name}: ${value}`))];
}

/** Only people who agreed are among them. */
function people(voice: Voice, { utilisation }: Figures): string[] {
  const items = utilisation.map(({ login, tickets, utilisation: used }) => {
    const share = used === null ? NONE : percent(used, spokenLanguage(voice.language));
    return `${inlineCode(login)}: ${share} (${numeral(voice, tickets)})`;
  });
  return items.length === 0 ? [] : [`### ${say(voice, "reportUtilisation")}`, bullets(items)];
}
