import { type CreditLedger, moveCredits } from "../customers/credit.ts";
import { membershipsOf } from "../customers/membership.ts";
import type { Plan } from "../customers/plan.ts";
import type { Settings } from "../settings/schema.ts";
import type { Action } from "../ticket/action.ts";
import type { TicketCredits } from "../ticket/credit.ts";
import type { Installation } from "../ticket/repository.ts";
import type { Ticket } from "../ticket/ticket.ts";
import type { CustomerFacts } from "../triage/facts.ts";
import type { Desk } from "./desk.ts";
import type { Done } from "./outcome.ts";

/** Keeps a movement of credits; one that was kept already, or that is not possible any more, changes nothing. */
export async function keepCredit(
  desk: Desk,
  { key, installationId }: Ticket,
  { plan, customer, entry }: Action & { type: "credit" },
): Promise<Done<Ticket>> {
  const id = String(installationId);
  const field = `credits:${key}` as const;
  const known = (await desk.store.read("installation", id))?.[field];
  const before = known?.entries ?? [];
  if (before.some((one) => one.id === entry.id))
    return { outcome: { type: "skipped", reason: "it is kept already" } };
  const kept: Pick<Installation, typeof field> = {
    [field]: { plan, customer, entries: [...before, entry] },
  };
  await desk.store.merge("installation", id, kept);
  return { outcome: { type: "done" } };
}

/** A customer with their credits, where a plan counts any. */
export async function withCredits(
  desk: Desk,
  installationId: number,
  settings: Settings,
  customer: CustomerFacts,
): Promise<CustomerFacts> {
  if (!settings.plans.some(countsCredits)) return customer;
  const installation = await desk.store.read("installation", String(installationId));
  return { ...customer, credits: creditsOf(installation, customer, settings) };
}

const countsCredits = ({ mode, credits }: Plan) => mode === "incidents" && credits !== null;

/** By the plan's name: what the customer's memberships bought, and what their tickets moved. */
function creditsOf(
  installation: Installation | null,
  { requester, sources }: Pick<CustomerFacts, "requester" | "sources">,
  settings: Settings,
): Map<string, CreditLedger> {
  const customer = requester.login.toLowerCase();
  const moved = movements(installation).filter((one) => one.customer === customer);
  const ledgers = new Map<string, CreditLedger>();
  for (const plan of settings.plans) {
    const { name, mode, credits } = plan;
    if (mode !== "incidents" || credits === null) continue;
    const bought = membershipsOf(requester, plan, sources, "private").map(
      ({ from }): CreditLedger[number] => {
        return { id: `bought:${from ?? 0}`, at: from ?? 0, type: "bought", credits };
      },
    );
    const entries = [...bought, ...moved.flatMap((one) => (one.plan === name ? one.entries : []))];
    ledgers.set(name, entries.reduce<CreditLedger>(possible, []));
  }
  return ledgers;
}

function possible(ledger: CreditLedger, entry: CreditLedger[number]): CreditLedger {
  const change = moveCredits(ledger, entry);
  return change.ok ? change.ledger : ledger;
}

function movements(installation: Installation | null): TicketCredits[] {
  return Object.entries(installation ?? {}).flatMap(([field, value]) =>
    field.startsWith("credits:") ? [value as TicketCredits] : [],
  );
}
