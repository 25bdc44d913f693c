import { moveCredits } from "../customers/credit.ts";
import type { Action } from "../ticket/action.ts";
import type { CreditEntry } from "../ticket/credit.ts";
import type { Status, Ticket } from "../ticket/ticket.ts";
import { serviceOf } from "./serve.ts";
import { type Obeyed, obeyed, type Order, refused } from "./obeyed.ts";

/** Takes the customer's credits for the ticket. Only where nobody else reads along: it tells who pays. */
export function redeem(order: Order, credits: number): Obeyed {
  const { ticket, comment, facts, settings, by, now } = order;
  if (!facts.thread.private) {
    return refused({ type: "cannot", reason: "commandPrivateOnly", subject: "/redeem" });
  }
  const { requester, credits: ledgers } = facts.customer;
  const { key } = ticket;
  const { plan, credit } = serviceOf(ticket, facts, settings, "private", now);
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

const OUTCOMES: Partial<Record<Status, "used" | "refunded">> = {
  closed: "used",
  solved: "used",
  deleted: "refunded",
  moved: "refunded",
};

/**
 * A reserved credit is used up when its ticket is over; a ticket that comes back does not cost another one. One that was
 * deleted or transferred before gives it back: under its new key it may take it anew.
 */
export function settleCredit(ticket: Ticket, now: number): { ticket: Ticket; actions: Action[] } {
  const { credit, key, status } = ticket;
  const type = OUTCOMES[status];
  if (!type || credit?.state !== "reserved") return { ticket, actions: [] };
  const { plan, customer, credits } = credit;
  const entry: CreditEntry = { id: `${type}:${key}:${now}`, at: now, type, ticket: key, credits };
  return {
    ticket: { ...ticket, credit: { ...credit, state: type } },
    actions: [{ type: "credit", plan, customer, entry }],
  };
}
