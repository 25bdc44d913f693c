import { moveCredits } from "../customers/credit.ts";
import { chooseService } from "../customers/service.ts";
import type { Action } from "../ticket/action.ts";
import type { CreditEntry } from "../ticket/credit.ts";
import type { Ticket } from "../ticket/ticket.ts";
import { type Obeyed, obeyed, type Order, refused } from "./obeyed.ts";

/** Takes the customer's credits for the ticket. Only where nobody else reads along: it tells who pays. */
export function redeem(order: Order, credits: number): Obeyed {
  const { ticket, comment, facts, settings, by, now } = order;
  if (!facts.thread.private) {
    return refused({ type: "cannot", reason: "commandPrivateOnly", subject: "/redeem" });
  }
  const { requester, sources, credits: ledgers } = facts.customer;
  const { key, language, triage } = ticket;
  const asked = { key, kind: triage?.kind ?? null, language };
  const { plan, credit } = chooseService(settings.plans, {
    requester,
    ticket: asked,
    sources,
    credits: ledgers,
    audience: "private",
    now,
  });
  const entry: CreditEntry = {
    id: `reserved:${comment.nodeId}`,
    at: now,
    type: "reserved",
    ticket: key,
    credits,
  };
  const none = plan === null || credit !== "open" || !moveCredits(ledgers.get(plan) ?? [], entry).ok;
  if (none) return refused({ type: "cannot", reason: "commandNoCredits" });
  const customer = requester.login.toLowerCase();
  return obeyed(order, {
    ticket: { ...ticket, credit: { plan, customer, credits, state: "reserved" } },
    plan: [{ type: "credit", plan, customer, entry }],
    because: `/redeem ${credits} by ${by}`,
    undo: {
      fields: { credit: { plan, customer, credits, state: "refunded" } },
      actions: [
        {
          type: "credit",
          plan,
          customer,
          entry: { ...entry, id: `refunded:${comment.nodeId}`, type: "refunded" },
        },
      ],
    },
  });
}

/** A reserved credit is used up when its ticket is over; a ticket that comes back does not cost another one. */
export function settleCredit(ticket: Ticket, now: number): { ticket: Ticket; actions: Action[] } {
  const { credit, key, status } = ticket;
  const over = status === "closed" || status === "solved";
  if (!over || credit?.state !== "reserved") return { ticket, actions: [] };
  const { plan, customer, credits } = credit;
  const entry: CreditEntry = { id: `used:${key}:${now}`, at: now, type: "used", ticket: key, credits };
  return {
    ticket: { ...ticket, credit: { ...credit, state: "used" } },
    actions: [{ type: "credit", plan, customer, entry }],
  };
}
