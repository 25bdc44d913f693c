import { templateFaults } from "../messages/template.ts";
import { PRIORITIES } from "../ticket/priority.ts";
import type { Problem } from "../ticket/problem.ts";
import { type Complaint, show } from "./complaint.ts";
import { formatPath, type Path, valueAt } from "../yaml/path.ts";
import type { Plan } from "./plans.ts";
import { type PartialSettings, Settings } from "./schema.ts";
import { closest } from "./suggestion.ts";

/** What does not fit together, though each value is fine by itself. */
interface Inconsistency extends Complaint {
  path: Path;
  severity: Problem["severity"];
}

/** `written`: the sections of a file that are valid. */
export function inconsistencies(written: PartialSettings): Inconsistency[] {
  const judged = Settings.safeParse(written);
  if (!judged.success) return [];
  const settings = judged.data;
  return [
    ...labelClashes(settings, written),
    ...repeated(settings.plans, ({ name }) => name, "plans", "name"),
    ...repeated(settings.team, ({ login }) => login, "team", "login"),
    ...membersTwice(settings),
    ...unreachable(settings),
    ...(written.plans ? unknownPlans(settings) : []),
    ...circles(settings),
    ...badTemplates(settings),
    ...twoCosts(settings),
  ];
}

function error(path: Path, message: string, suggestion?: string): Inconsistency {
  return { severity: "error", path, message, ...(suggestion === undefined ? {} : { suggestion }) };
}

function ignored(path: Path, message: string): Inconsistency {
  return { severity: "ignored", path, message };
}

/** GitHub's labels, logins and teams are the same in any case. */
function fold(name: string): string {
  return name.toLowerCase();
}

/** A label that means two things says nothing: neither to people nor when its history is learned. */
function labelClashes({ labels }: Settings, written: PartialSettings): Inconsistency[] {
  const { priorities, states, ...single } = labels;
  const uses = [
    ...Object.entries(single).map(([key, name]) => ({ path: ["labels", key] as Path, name })),
    ...Object.entries(states).map(([key, name]) => ({ path: ["labels", "states", key] as Path, name })),
    ...(priorities ?? PRIORITIES).map((name, i) => ({ path: ["labels", "priorities", i] as Path, name })),
  ].flatMap(({ path, name }) => (name === null ? [] : [{ path, name }]));
  return uses.flatMap(({ path, name }, i) => {
    const other = uses.slice(0, i).find((use) => fold(use.name) === fold(name));
    if (!other) return [];
    // The default of a key that is not written is nobody's mistake: the Problem stands at the one that is.
    const [at, beside] = valueAt(written, path) === undefined ? [other.path, path] : [path, other.path];
    const message = `the label ${show(name)} is that of ${formatPath(beside)} too; one of both needs another name, or null`;
    return [error(at, message)];
  });
}

function repeated<T>(list: T[], nameOf: (entry: T) => string, section: string, key: string): Inconsistency[] {
  const names = list.map((entry) => fold(nameOf(entry)));
  return names.flatMap((name, i) => {
    const first = names.indexOf(name);
    if (first === i) return [];
    return [error([section, i, key], `${show(name)} is in the list twice, first as ${section}[${first}]`)];
  });
}

const SOURCES = ["logins", "organizations", "teams"] as const;

/** Who is named by two plans has the first one, unless that one leaves tickets to the other. */
function membersTwice({ plans }: Settings): Inconsistency[] {
  return SOURCES.flatMap((source) => {
    const plansOf = new Map<string, Plan[]>();
    return plans.flatMap((plan, i) =>
      plan.members[source].flatMap((name, j) => {
        const earlier = plansOf.get(fold(name)) ?? [];
        plansOf.set(fold(name), [...earlier, plan]);
        const first = earlier.find((other) => servesAll(other, plan));
        if (first === undefined) return [];
        return [
          ignored(
            ["plans", i, "members", source, j],
            `${show(name)} has the plan ${show(first.name)} already: the first plan that names somebody wins`,
          ),
        ];
      }),
    );
  });
}

/** Kinds and languages may be shared out among plans, and where credits run out the next plan serves. */
function servesAll(earlier: Plan, later: Plan): boolean {
  if (earlier.mode === "incidents" && earlier.credits !== null) return false;
  if (earlier.languages.length > 0) return false;
  return later.covers.every((kind) => earlier.covers.includes(kind));
}

/** Sponsors meet the plan that asks for less first, and never come to the one that asks for more. */
function unreachable({ plans }: Settings): Inconsistency[] {
  return plans.flatMap((plan, i) => {
    const { sponsors } = plan;
    const minimum = sponsors.minimumMonthlyDollars;
    if (minimum === null) return [];
    const earlier = plans.slice(0, i).find((other) => {
      const asked = other.sponsors.minimumMonthlyDollars;
      if (asked === null || asked > minimum || !servesAll(other, plan)) return false;
      return covers(other.sponsors.accounts, sponsors.accounts);
    });
    if (!earlier) return [];
    const message = `no sponsor gets this plan: ${show(earlier.name)} above it asks for ${earlier.sponsors.minimumMonthlyDollars} dollars only; put the dearer plan above`;
    return [ignored(["plans", i, "sponsors", "minimumMonthlyDollars"], message)];
  });
}

/** Does a plan for sponsors of `accounts` (none: of the owner) take all sponsors of `others`? */
function covers(accounts: string[], others: string[]): boolean {
  if (accounts.length === 0 || others.length === 0) return accounts.length === others.length;
  return others.every((other) => accounts.some((account) => fold(account) === fold(other)));
}

function unknownPlans({ plans, escalation }: Settings): Inconsistency[] {
  const names = plans.map(({ name }) => name);
  return escalation.flatMap((step, i) =>
    step.plans.flatMap((name, j) => {
      if (names.includes(name)) return [];
      const message = `there is no plan called ${show(name)}`;
      return [error(["escalation", i, "plans", j], message, closest(name, names))];
    }),
  );
}

/**
 * A ticket that is handed back to somebody who let its time run out before goes in a circle. Judged for each plan by
 * itself, since steps of different plans never meet.
 */
function circles({ escalation }: Settings): Inconsistency[] {
  const ladders = [undefined, ...new Set(escalation.flatMap(({ plans }) => plans))];
  const found = new Map<number, Inconsistency>();
  for (const plan of ladders) {
    const hands = escalation
      .map(({ at, plans, assign }, step) => ({ at, plans, assign, step }))
      .filter(({ plans }) => plans.length === 0 || (plan !== undefined && plans.includes(plan)))
      .filter(({ assign }) => assign !== null)
      .sort((a, b) => a.at - b.at);
    hands.forEach(({ assign, step }, i) => {
      const before = hands
        .slice(0, Math.max(0, i - 1))
        .find((hand) => fold(hand.assign ?? "") === fold(assign ?? ""));
      if (!before || fold(hands[i - 1]?.assign ?? "") === fold(assign ?? "")) return;
      const message = `the ticket goes in a circle: ${show(assign)} had it at ${before.at} already`;
      found.set(step, error(["escalation", step, "assign"], message));
    });
  }
  return [...found.values()];
}

/** The same money in two ways has one sum; what half a per cent of it lacks was rounded. */
function twoCosts({ costs }: Settings): Inconsistency[] {
  const use = [costs.fixed, costs.variable, costs.extra];
  const [one, other] = [
    costs.technical + costs.people + costs.administration,
    use.reduce<number>((sum, part) => sum + (part ?? 0), 0),
  ];
  if (one === 0 || use.every((part) => part === null) || Math.abs(one - other) <= one * 0.005) return [];
  const message = `fixed + variable + extra is ${other}, and technical + people + administration ${one}: it is the same money; results are counted with ${one}`;
  return [ignored(["costs"], message)];
}

/** Templates with a fault are not used; the bot's own words stand in. */
function badTemplates({ messages }: Settings): Inconsistency[] {
  return templateFaults(messages).map(({ path, message, ...fault }) => ({
    ...fault,
    severity: "ignored",
    path: path.split("."),
    message: message.replace(/\.$/, ""),
  }));
}
