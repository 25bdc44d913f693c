import type { Demotion } from "../../ticket/demotion.ts";
import type { Figures } from "../measure.ts";
import type { Accuracy } from "../metrics/accuracy.ts";
import type { Flow } from "../metrics/flow.ts";
import type { Notable, TicketLink } from "../notable.ts";
import type { Stretch } from "../schedule.ts";

/** Tickets that ask the same, with the one that is most like the others and its title. */
export interface Cluster {
  title: string;
  representative: TicketLink;
  tickets: TicketLink[];
}

/** A piece of work that failed too often. */
export interface ParkedWork {
  /** null: it is about no ticket that may be named. */
  ticket: TicketLink | null;
  /** For the operator, and so told in private places only. */
  reason: string;
}

/** All that a report is written from. Nothing in it may be private if its place is public. */
export interface SummaryFacts {
  /** `owner/name`; of a report on several repositories, their owner. */
  subject: string;
  private: boolean;
  stretch: Stretch;
  now: Figures;
  /** null: the desk was not here then. */
  before: Figures | null;
  /** What came and went in the periods of the chart. */
  flow: Flow;
  notable: Notable;
  /** What was asked most, and the questions that no article answered; the largest group first. */
  asked: readonly Cluster[];
  gaps: readonly Cluster[];
  silent: readonly (Omit<Demotion, "since"> & { repository: string })[];
  parked: readonly ParkedWork[];
  /** The issue of the report before, in the same place; null: there is none. */
  previous: number | null;
  /** How right each repository's labels were, and the share of them that must be there. */
  labels: readonly { repository: string; accuracy: readonly Accuracy[]; targetPrecision: number }[];
}
