import type { Action } from "./action.ts";
import type { ServiceState } from "./service.ts";
import type { Ticket } from "./ticket.ts";

/** How the last command on a ticket is taken back: what the ticket was like before it, and what undoes its actions. */
export interface Undo {
  /** Node id of the comment that gave the command. */
  comment: string;
  fields: Partial<
    Pick<
      Ticket,
      | "triage"
      | "kindByPerson"
      | "muted"
      | "status"
      | "suggestions"
      | "withdrawn"
      | "vetoedLabels"
      | "credit"
      | "improvement"
    >
  >;
  /** What the service's priority was; null: the command did not change it. */
  priority: Pick<ServiceState, "priority" | "priorityByPerson"> | null;
  /** The id of what the command put on the clocks; null: nothing. */
  clockEvent: string | null;
  /** Whom the ticket was not to be given to, where the command changed that. */
  refused: string[] | null;
  actions: Action[];
  /**
   * What the command said of our help, as lessons name it: when it was learned, and when it was said (null only until
   * that is written down). Not there: it said nothing, or what it said stays.
   */
  said?: { subjects: string[]; learned: number; at: number | null };
}
