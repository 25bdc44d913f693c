import type { Figures } from "../measure.ts";
import type { Flow } from "../metrics/flow.ts";
import type { Notable, TicketLink } from "../notable.ts";
import type { Period } from "../period.ts";

/** Tickets that ask the same, with the title of the one that is most like the others. */
export interface Cluster {
  title: string;
  tickets: TicketLink[];
}

/** A label whose measured precision fell below its target. */
interface SilentLabel {
  label: string;
  precision: number;
  count: number;
  target: number;
}

/** All that a report on one repository is written from. Nothing in it may be private if the repository is public. */
export interface SummaryFacts {
  /** `owner/name`. */
  subject: string;
  now: Figures;
  before: Figures;
  /** The periods that the chart shows, the oldest first, and what came and went in them. */
  periods: readonly Period[];
  flow: Flow;
  notable: Notable;
  /** What was asked most, and the questions that no article answered; the largest group first. */
  asked: readonly Cluster[];
  gaps: readonly Cluster[];
  silent: readonly SilentLabel[];
  /** Pieces of work that failed too often. */
  parked: number;
  /** Share of the labels that must be right. */
  targetPrecision: number;
}
