import type { ServiceState } from "../ticket/service.ts";
import type { Ticket } from "../ticket/ticket.ts";
import { without } from "./clocks.ts";
import { type Obeyed, obeyed, type Order, refused } from "./obeyed.ts";

/** Takes back what the last command did. Words that were sent stay sent; an undone command is not undone twice. */
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
    ...(ticket.service ? { service: back(ticket.service) } : {}),
    ...(ticket.privateService ? { privateService: back(ticket.privateService) } : {}),
  };
  return obeyed(order, { ticket: next, plan: actions, because: `/undo by ${by}` });
}
