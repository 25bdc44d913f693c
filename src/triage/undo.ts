import type { Action } from "../ticket/action.ts";
import type { ServiceState } from "../ticket/service.ts";
import type { Ticket } from "../ticket/ticket.ts";
import { without } from "./clocks.ts";
import { type Obeyed, obeyed, type Order, refused } from "./obeyed.ts";
import { replyActions } from "./reply.ts";
import { unlearned, unsaid } from "./unsay.ts";

/** Takes back what the last command did. Calls and notices that were sent stay sent; nothing is undone twice. */
export function undo(order: Order): Obeyed {
  const { ticket, by } = order;
  if (!ticket.undo) return refused({ type: "cannot", reason: "commandNothingToUndo" });
  const { fields, actions, priority, clockEvent, refused: refusedBefore } = ticket.undo;
  const back = (state: ServiceState): ServiceState => ({
    ...state,
    ...priority,
    ...(clockEvent === null ? {} : { clocks: without(state.clocks, clockEvent) }),
    ...(refusedBefore === null ? {} : { refused: refusedBefore }),
  });
  const { undo: _done, ...rest } = ticket;
  const next: Ticket = {
    ...rest,
    ...fields,
    timeline: unsaid(ticket),
    ...(ticket.service ? { service: back(ticket.service) } : {}),
    ...(ticket.privateService ? { privateService: back(ticket.privateService) } : {}),
  };
  const words = fields.suggestions === undefined ? [] : saidBefore(next, order);
  return obeyed(order, {
    ticket: next,
    plan: [...actions, ...words],
    lessons: unlearned(order),
    because: `/undo by ${by}`,
  });
}

/** Our comment says again what it said before; where it had nothing to say, that the ticket has arrived. */
function saidBefore(ticket: Ticket, { facts, settings }: Order): Action[] {
  if (!ticket.comments.triage) return [];
  const words = replyActions(ticket, facts, settings);
  return words.length > 0 ? words : replyActions(ticket, facts, { ...settings, acknowledge: "always" });
}
