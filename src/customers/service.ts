import type { Kind } from "../learning/kind.ts";
import type { CreditLedger } from "./credit.ts";
import { creditBalance, creditOf } from "./credit.ts";
import type { Audience, MemberSources, Requester } from "./membership.ts";
import { activeAt, membershipsOf, nextChange } from "./membership.ts";
import type { Plan, SupportMode } from "./plan.ts";

/** What the choice reads of a ticket. */
export interface ServedTicket {
  key: string;
  /** null: not known (yet); then every plan covers it, as it may be any. */
  kind: Kind | null;
  language: string | null;
}

/** Under which plan and mode a ticket is served, and why. */
export interface Service {
  /** null: community. */
  plan: string | null;
  mode: SupportMode;
  weight: number;
  /** How the incident is paid; `open`: a credit is to be reserved first. */
  credit: "none" | "open" | "reserved" | "used";
  because: string[];
  /** When somebody's membership begins or ends next: the choice is to be made again then. */
  until: number | null;
}

export interface ServiceFacts {
  requester: Requester;
  ticket: ServedTicket;
  sources: MemberSources;
  /** The customer's credits by the plan's name. */
  credits: ReadonlyMap<string, CreditLedger>;
  /** `public`: only what the public may know counts, so that no public trace tells who pays. */
  audience: Audience;
  now: number;
}

/** The first plan, top to bottom, that the requester has and that serves the ticket; else community. */
export function chooseService(plans: readonly Plan[], facts: ServiceFacts): Service {
  const { requester, sources, audience } = facts;
  const because: string[] = [];
  const considered = plans.map((plan) => ({
    plan,
    memberships: membershipsOf(requester, plan, sources, audience),
  }));
  const until = nextChange(
    considered.flatMap(({ memberships }) => memberships),
    facts.now,
  );
  for (const { plan, memberships } of considered) {
    const member = memberships.find((one) => activeAt(one, facts.now));
    if (!member) continue;
    const refusal = refusalOf(plan, facts);
    if (refusal) {
      because.push(`${plan.name}: ${refusal}`);
      continue;
    }
    because.push(`${plan.name}: ${member.because}`);
    return {
      plan: plan.name,
      mode: plan.mode,
      weight: plan.weight,
      credit: creditState(plan, facts),
      because,
      until,
    };
  }
  because.push("community: no plan serves this ticket");
  return { plan: null, mode: "community", weight: 0, credit: "none", because, until };
}

/** Why a plan that the requester has does not serve this ticket, or null. */
function refusalOf(plan: Plan, { ticket, credits }: ServiceFacts): string | null {
  if (ticket.kind && !plan.covers.includes(ticket.kind)) return `does not cover ${ticket.kind}`;
  if (ticket.language && plan.languages.length > 0 && !plan.languages.includes(ticket.language)) {
    return `does not serve the language ${ticket.language}`;
  }
  if (plan.mode !== "incidents" || plan.credits === null) return null;
  const ledger = credits.get(plan.name) ?? [];
  const own = creditOf(ledger, ticket.key);
  if (own === "reserved" || own === "used") return null;
  const { bought, reserved, used, available } = creditBalance(ledger);
  return available > 0 ? null : `no credit left (${bought} bought, ${reserved} reserved, ${used} used)`;
}

function creditState(plan: Plan, { ticket, credits }: ServiceFacts): Service["credit"] {
  if (plan.mode !== "incidents" || plan.credits === null) return "none";
  const own = creditOf(credits.get(plan.name) ?? [], ticket.key);
  return own === "reserved" || own === "used" ? own : "open";
}
