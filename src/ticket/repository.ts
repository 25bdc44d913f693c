import type { Doubt } from "../learning/agreement.ts";
import type { Examination } from "../learning/promotion.ts";
import type { Demotion } from "./demotion.ts";
import type { LabelSpec, ReportSubject } from "./action.ts";
import type { TicketCredits } from "./credit.ts";
import type { Problem } from "./problem.ts";
import type { ThreadKind } from "./thread.ts";

/** A label that a repository has. */
export interface KnownLabel extends LabelSpec {
  /** Discussions are labelled by it; null where a server does not tell. */
  nodeId: string | null;
}

/** A settings file as last read: its last good text stays in force while a newer one is broken. */
export interface SettingsFile {
  /** Blob id of the newest version read; null when the repository has no such file. */
  sha: string | null;
  /** The newest version that could be used; null when there never was one. */
  lastGood: string | null;
  /** The newest version, if it could not be used. */
  broken: string | null;
  readAt: number;
}

/** An issue form or template, reduced to what a bug report must answer. */
export interface IssueForm {
  path: string;
  name: string;
  /** Labels that GitHub puts on issues made with this form. */
  labels: string[];
  fields: { label: string; required: boolean }[];
}

export interface HistoryCursor {
  /** The way in which the features were made: when it changes, everything is read again. */
  version: string;
  /** What is read now; null: all was read. */
  kind: ThreadKind | null;
  /** GitHub's cursor of the last page. */
  after: string | null;
  /** How many threads of this kind were read. */
  threads: number;
}

/** The newest report that was written. */
export interface ShownReport {
  /** Beginning of its period, milliseconds since 1970. */
  period: number;
  number: number;
  nodeId: string;
  digest: string;
  /** Somebody deleted it, or GitHub lets us open none: there is none for this period any more. */
  deleted: boolean;
  /** The issue of the one before. Not in documents of older versions. */
  previous?: number | null;
  /** We asked GitHub to pin it. Not in documents of older versions. */
  pinned?: boolean;
}

/** What the desk remembers of a repository: caches of GitHub's state, kept current by webhooks. */
export interface Repository {
  id: number;
  installationId: number;
  fullName: string;
  private: boolean;
  archived: boolean;
  /** Threads opened before this moment are read, never acted on. Milliseconds since 1970. */
  since: number;
  /** All changes up to here were noticed: reconciling reads from here on. Milliseconds since 1970. */
  readUntil: number;
  /** The app was removed from it, or it was deleted. */
  gone: boolean;
  /**
   * When a webhook last said that something below has changed: what was asked for before that is not kept. Not there:
   * never. Milliseconds since 1970.
   */
  staleAt?: number;
  settings: SettingsFile | null;
  /** Labels that exist; null when they must be read again. */
  labels: KnownLabel[] | null;
  forms: IssueForm[] | null;
  /** Where security reports belong; null when it must be read again. */
  security: { policyUrl: string | null; privateReportingUrl: string | null } | null;
  /** `role_name` of people by login, as read at `at`; `complete`: nobody else has a role here. */
  roles: { at: number; complete: boolean; byLogin: Record<string, string> } | null;
  /** How far the threads from before our time were read for learning; null: not begun. */
  history: HistoryCursor | null;
  /** The one issue that shows Problems of the settings file, and the digest of what it says. */
  problemIssue: { number: number; digest: string; open: boolean } | null;
  /** Whose files answer here; null: not read yet. */
  sources: Source[] | null;
  /** What is wrong with its own articles, as last read; absent: nothing. */
  articleProblems?: Problem[];
  /** When a push last changed a Markdown file here. Milliseconds since 1970. */
  articlesChangedAt: number;
  /** null: not begun. */
  backlog: BacklogProgress | null;
  /** Reports that stand here. Not in documents of older versions. */
  reports?: Partial<Record<ReportSubject, ShownReport>>;
  /** What the people of the desk did here. Not in documents of older versions. */
  rota?: Rota;
  /** What fell silent here. Not in documents of older versions. */
  silent?: Demotion[];
  /** Only in documents of older versions; now the installation's. */
  [surveyed: `surveyed:${string}`]: number | undefined;
  /** Absent: nothing was learned yet. */
  learning?: Learning;
}

/** What is learned of the history; moments in milliseconds since 1970. */
export interface Learning {
  /** Only what was said before this teaches, by command; null: all does. */
  until: number | null;
  /** What was learned last and not promoted; null: it was. */
  aside: KeptAside | null;
  /** What was said until here made the model in force. Not in documents of older versions, and before there is a model. */
  promotedAt?: number;
  /** Who does not teach, by command: logins in small letters. Absent: everybody of the team teaches. */
  without?: { login: string }[];
  /** Who teaches nothing because their labels contradict all others', when the history was last learned. */
  doubts?: Doubt[];
}

/** A model that was worse than the one in force, which goes on without what was said from `since` on. */
export interface KeptAside {
  at: number;
  since: number;
  examination: Examination;
}

/** What is remembered of people, by login in small letters, for whose turn it is and who is quick. */
export interface Rota {
  /** When a ticket was last given to them, milliseconds since 1970. */
  assignedAt: Record<string, number>;
  /** Their last times to a first response, in milliseconds, the newest last. */
  responses: Record<string, number[]>;
  /** When they last made such a response, milliseconds since 1970. Not in documents of older versions. */
  respondedAt?: Record<string, number>;
}

/** What was read of a repository whose files answer in another, or in itself. */
export interface Source {
  /** `owner/name`, as the settings name it. */
  fullName: string;
  /** null: it does not exist, or is not ours to see. */
  repositoryId: number | null;
  private: boolean;
  /** Patterns by which its files were chosen. */
  patterns: string[];
  /** Milliseconds since 1970. */
  readAt: number;
  /** How many files could not be read at once, and wait for the next reading. */
  waiting: number;
}

/** How far the backlog was read for the first time; `after` is GitHub's cursor. */
export interface BacklogProgress {
  kind: ThreadKind;
  after: string | null;
  complete: boolean;
}

/** What the desk remembers of an installation. */
export interface Installation {
  id: number;
  account: string;
  suspended: boolean;
  gone: boolean;
  /** When permissions were last given, or given back. Not in documents of older versions. */
  permittedAt?: number;
  /** When it was installed: its first repositories' cursors start here. Milliseconds since 1970. */
  since: number;
  /** `.github/frontdesk.yml` of `OWNER/.github` and of the private `OWNER/.github-private`; null: not read yet. */
  organisationSettings: SettingsFile | null;
  privateSettings: SettingsFile | null;
  /** Movements of incident credits, a field a ticket: two processes that write at the same time overwrite nothing. */
  [credits: `credits:${string}`]: TicketCredits | undefined;
  /**
   * When a person, by login in small letters, was last asked how it was: a field each, so that two workers lose nothing.
   * In a private repository it is noted apart, since no public one may do otherwise because of that; older versions
   * noted all of it as `surveyed`.
   */
  [surveyed: `surveyed:${string}` | `surveyedInPrivate:${string}`]: number | undefined;
}
