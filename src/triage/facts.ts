import type { Demotion } from "../ticket/demotion.ts";
import type { CreditLedger } from "../customers/credit.ts";
import type { MemberSources, Requester } from "../customers/membership.ts";
import type { KindModel } from "../learning/kind-model.ts";
import type { Found } from "./answer.ts";
import type { SentimentGuess } from "../learning/sentiment.ts";
import type { RepositoryModel } from "../learning/repository-model.ts";
import type { LabelSpec } from "../ticket/action.ts";
import type { Person, Thread } from "../ticket/thread.ts";
import type { IssueForm } from "../ticket/repository.ts";
import type { SuggestedArticle, SuggestedThread } from "../ticket/suggestion.ts";
import type { Ticket } from "../ticket/ticket.ts";

/** Who asks, and what is known from outside the settings of who has a plan. */
export interface CustomerFacts {
  requester: Requester;
  sources: MemberSources;
  /** The customer's credits by the plan's name. */
  credits: ReadonlyMap<string, CreditLedger>;
}

/** All that a decision may look at, read beforehand: no policy reads anything by itself. */
export interface Facts {
  /** The thread as GitHub has it now (or as the payload has it, when that is new enough). */
  thread: Thread;
  /** We read the thread ourselves after our last write: what it does not show is not there. A payload may be older. */
  readByUs: boolean;
  /** Digest of the thread's title and text. */
  text: string;
  /** The thread's `updated_at` in what told of the event: of a label that was set or taken off, when. */
  toldAt: number;
  actor: {
    person: Person | null;
    /** The desk itself, under its own name. */
    self: boolean;
    team: boolean;
  };
  /** Does the thread's author belong to the team? */
  authorOnTeam: boolean;
  /** The ticket in the repository that the thread came from. */
  before: Ticket | null;
  /** Threads opened before this moment are not ours to act on. */
  since: number;
  /** Labels that we are putting on (`triage`: those by triage) and taking off: whether it was done already is not known. */
  underWay: { adding: string[]; triage: string[]; removing: string[] };
  forms: IssueForm[];
  security: { policyUrl: string | null; privateReportingUrl: string | null };
  model: KindModel;
  /** What may answer it, or be its original; null: not looked for, as it is not new. */
  found: Found | null;
  /** What the repository's own history has taught; null where nothing is learned. */
  learned: RepositoryModel | null;
  /** The labels that exist, as far as own labels may be wished for. */
  labels: LabelSpec[];
  /** What the desk does no more here, as it was wrong too often. */
  silent: readonly Demotion[];
  /** In what mood the reporter speaks after our answer; null: not asked. */
  mood: SentimentGuess | null;
  /** When the thread's author was last asked how it was, as the repository or the claim of `desk/survey` knows; null: never. */
  surveyedAt: number | null;
  /** What the team's commands name, as far as it is there: the original, the article. */
  ordered: { original: SuggestedThread | null; article: SuggestedArticle | null };
  /** Beginning of the period whose report a person deleted: it is not written again; null: none was. */
  deletedReport: number | null;
  customer: CustomerFacts;
  /** Which of those whose comments were noticed belong to the team. */
  commenters: string[];
  /** The open work of the people of the desk; null: nobody is assigned now. */
  people: ReadonlyMap<string, PersonFacts> | null;
}

/** What is known of a person of the desk, by login in small letters. */
export interface PersonFacts {
  /** Open work, weighted by priority. */
  load: number;
  /** Median time to first responses, in milliseconds; null: too few to tell. */
  responseTime: number | null;
  /** When a ticket was last given to them, milliseconds since 1970; null: never. */
  assignedAt: number | null;
}
