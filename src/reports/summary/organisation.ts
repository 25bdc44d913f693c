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
    ...repositoryTable(voice, facts),
    ...businessSection(voice, facts.business),
    ...people(voice, facts.now),
  ];
  return { title, body: comment(voice, slot, blocks(voice, facts, more)) };
}

/** A repository of settings alone has no tickets. */
const isWorkedOn = ({ automation, backlog, satisfaction }: Figures) =>
  automation.opened + automation.closed + backlog.age.count + satisfaction.csat.whole > 0;

function repositoryTable(voice: Voice, { repositories }: OrganisationFacts): string[] {
  const names = ["reportRepository", "reportOpened", "reportClosed", "reportOpen"] as const;
  const head = [
    ...names.map((name) => say(voice, name)),
    say(voice, "reportFirstResponse"),
    say(voice, "reportCsat"),
  ];
  const rows = repositories
    .filter(({ figures }) => isWorkedOn(figures))
    .toSorted((a, b) => b.figures.automation.opened - a.figures.automation.opened)
    .map(({ fullName, figures: { automation, backlog, times, satisfaction } }) => [
      inlineCode(fullName),
      ...[automation.opened, automation.closed, backlog.age.count].map((count) => numeral(voice, count)),
      counted(voice, spreadText(voice, times.firstResponse.business), times.firstResponse.business.count),
      counted(voice, shareText(voice, satisfaction.csat), satisfaction.csat.whole),
    ]);
  if (rows.length === 0) return [];
  const lines = [head, ["---", "---:", "---:", "---:", "---:", "---:"], ...rows];
  return [lines.map((cells) => `| ${cells.join(" | ")} |`).join("\n")];
}

/** A figure with how many it was counted from; of nothing there is none. */
const counted = (voice: Voice, text: string, count: number) =>
  count === 0 ? NONE : `${text}, ${numeral(voice, count)}`;

type Amount = (value: number | null, currency?: string) => string;

function businessSection(voice: Voice, business: Business): string[] {
  const { cost, revenue, result, costPerTicket, benefit, opportunity, leftOut } = business;
  if (cost.total === 0 && revenue.total === 0 && leftOut.length === 0) return [];
  const money: Amount = (amount, currency = business.currency) =>
    amount === null
      ? NONE
      : new Intl.NumberFormat(spokenLanguage(voice.language), { style: "currency", currency }).format(amount);
  const rows = [
    [say(voice, "reportCost"), `${money(cost.total)}${costParts(voice, business, money)}`],
    [
      say(voice, "reportRevenue"),
      `${money(revenue.total)}${parts(voice, money, [
        ["reportSubscriptions", revenue.subscriptions],
        ["reportPayPerUse", revenue.payPerUse],
        ["reportPartnerships", revenue.partnerships],
      ])}`,
    ],
    [say(voice, "reportResult"), money(result)],
    [say(voice, "reportCostPerTicket"), money(costPerTicket)],
    [say(voice, "reportBenefit"), money(benefit)],
    [say(voice, "reportOpportunity"), opportunity === null ? NONE : numeral(voice, opportunity, 1)],
    ...(leftOut.length > 0 ? [[say(voice, "reportLeftOut"), leftOutText(leftOut, money)]] : []),
  ];
  return [`### ${say(voice, "reportBusiness")}`, bullets(rows.map(([name, value]) => `${name}: ${value}`))];
}

type Part = [name: PartName, value: number];
type PartName =
  | "reportTechnical"
  | "reportPeople"
  | "reportAdministration"
  | "reportFixed"
  | "reportVariable"
  | "reportExtra"
  | "reportSubscriptions"
  | "reportPayPerUse"
  | "reportPartnerships";

/** ` = subscriptions €500.00 + partnerships €200.00`; parts of nothing are not told. */
function parts(voice: Voice, money: Amount, all: readonly Part[]): string {
  const some = all.filter(([, value]) => value !== 0);
  if (some.length === 0) return "";
  return ` = ${some.map(([name, value]) => `${say(voice, name)} ${money(value)}`).join(" + ")}`;
}

/** The same money in both ways; where their sums differ, the second says its own. */
function costParts(voice: Voice, { cost, costByUse }: Business, money: Amount): string {
  const first = parts(voice, money, [
    ["reportTechnical", cost.technical],
    ["reportPeople", cost.people],
    ["reportAdministration", cost.administration],
  ]);
  if (!costByUse) return first;
  const second = parts(voice, money, [
    ["reportFixed", costByUse.fixed],
    ["reportVariable", costByUse.variable],
    ["reportExtra", costByUse.extra],
  ]);
  if (second === "") return first;
  const differs = Math.abs(costByUse.total - cost.total) > cost.total * 0.005;
  const other = differs ? `${money(costByUse.total)}${second}` : second.trimStart();
  return first === "" ? ` ${other}` : `${first}; ${other}`;
}

/** `` `training` (€5,000.00) ``: what is sold in a way that no sum can take in. */
function leftOutText(leftOut: Business["leftOut"], money: Amount): string {
  return leftOut
    .map(({ plan, price }) => `${inlineCode(plan, 60)} (${money(price.amount, price.currency)})`)
    .join(", ");
}

/** Only people who agreed are among them. */
function people(voice: Voice, { utilisation }: Figures): string[] {
  const items = utilisation.map(({ login, tickets, utilisation: used }) => {
    const share = used === null ? NONE : percent(used, spokenLanguage(voice.language));
    return `${inlineCode(login)}: ${share} (${numeral(voice, tickets)})`;
  });
  return items.length === 0 ? [] : [`### ${say(voice, "reportUtilisation")}`, bullets(items)];
}
