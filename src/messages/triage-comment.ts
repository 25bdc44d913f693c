import { comment } from "./comment.ts";
import { percent } from "./language.ts";
import { link } from "./link.ts";
import { neutralize } from "./sanitize.ts";
import { paragraph, say, type Voice } from "./template.ts";

/** A section of an article that may help. */
export interface Answer {
  title: string;
  url: string;
  /** The headings that lead to the section, outermost first. */
  headings: string[];
  /** The passage that answers, or nothing to quote. */
  passage: string | null;
}

/** An earlier ticket that this one looks like. */
export interface Duplicate {
  /** `#12`, or `owner/name#12` in another repository. */
  name: string;
  title: string;
  url: string;
  /** `fixed` knows the version, `done` was completed in an unknown one, `unfixed` was closed otherwise. */
  state: { type: "open" } | { type: "fixed"; version: string } | { type: "done" } | { type: "unfixed" };
}

/** Where a repository wants security reports: its policy, its form for private reports; null where it has none. */
export interface SecurityChannels {
  policyUrl: string | null;
  privateReportingUrl: string | null;
}

/** What the one triage comment of a ticket is to say. Texts may come from users: all are neutralised here. */
export interface TriageComment extends Voice {
  /** The reporter's login, null when the account is gone, left out for no greeting. */
  greeting?: string | null;
  /** The kind that was applied, with its calibrated probability. */
  kind?: { kind: KindName; confidence: number };
  /** Names of the fields that the report lacks. */
  missing?: string[];
  /** What was missing has been given: say thank you. */
  complete?: boolean;
  /** Where security reports belong: then nothing else is said, so that nothing of the report is repeated. */
  securityPointer?: SecurityChannels;
  /** Say that the ticket has arrived, even when there is nothing else to say. */
  acknowledgement: boolean;
  answers?: Answer[];
  duplicates?: Duplicate[];
  /** The ticket is closed, as its original is still open. */
  closed?: boolean;
  /** Articles that are only mentioned, in the collapsed part. */
  related?: Answer[];
  /** The reporter said that it did not help: our suggestions are taken back. */
  withdrawn?: boolean;
  /** Why it was decided so: English sentences, what contributed most first. */
  because: string[];
}

export type KindName = "bug" | "feature" | "question" | "documentation" | "performance" | "security";

/** More than these make the comment longer than people read. */
const MOST = { missing: 20, answers: 3, duplicates: 3, related: 5, reasons: 12 } as const;

/** What each kind is called. */
export const KIND_SENTENCE = {
  bug: "kindBug",
  feature: "kindFeature",
  question: "kindQuestion",
  documentation: "kindDocumentation",
  performance: "kindPerformance",
  security: "kindSecurity",
} as const;

/** The body of the triage comment, or null when there is nothing useful to say. */
export function triageComment(triage: TriageComment): string | null {
  const body = bodyOf(triage);
  if (body.length === 0) return null;
  const corrections = triage.kind && !triage.securityPointer ? [say(triage, "correctTeam")] : [];
  if (triage.withdrawn) return comment(triage, "triage", body, corrections);
  corrections.push(say(triage, "correctReporter"));
  const blocks = [...greeting(triage), ...body, ...(triage.securityPointer ? [] : why(triage))];
  return comment(triage, "triage", blocks, corrections);
}

function greeting({ greeting: login, ...voice }: TriageComment): string[] {
  if (login === undefined) return [];
  return [login === null ? say(voice, "greetingAnonymous") : say(voice, "greeting", { login })];
}

function bodyOf(triage: TriageComment): string[] {
  if (triage.securityPointer) return [security(triage, triage.securityPointer)];
  if (triage.withdrawn) return [say(triage, "withdrawn")];
  return [
    ...acknowledgement(triage),
    ...(triage.duplicates ?? []).slice(0, MOST.duplicates).map((earlier) => duplicate(triage, earlier)),
    ...(triage.closed ? [say(triage, "duplicateClosed")] : []),
    ...answers(triage, triage.answers ?? []),
    ...(triage.complete ? [say(triage, "complete")] : missing(triage, triage.missing ?? [])),
  ];
}

function acknowledgement({ acknowledgement: wanted, kind, ...voice }: TriageComment): string[] {
  if (!wanted) return [];
  const filed = kind ? [say(voice, "filedAs", { kind: say(voice, KIND_SENTENCE[kind.kind]) })] : [];
  return [paragraph(voice, [say(voice, "acknowledgement"), ...filed])];
}

function security(voice: Voice, { policyUrl, privateReportingUrl }: SecurityChannels): string {
  const ways = [
    ...(policyUrl ? [say(voice, "securityPolicy", { url: { url: policyUrl } })] : []),
    ...(privateReportingUrl ? [say(voice, "securityForm", { url: { url: privateReportingUrl } })] : []),
  ];
  const channels = ways.length > 0 ? ways : [say(voice, "securityNoChannel")];
  return paragraph(voice, [say(voice, "securityPointer"), ...channels]);
}

function duplicate(voice: Voice, { name, title, url, state }: Duplicate): string {
  const issue = { markdown: link(`${title} (${name})`, url) };
  switch (state.type) {
    case "open":
      return say(voice, "duplicateOpen", { issue });
    case "fixed":
      return say(voice, "duplicateFixed", { issue, version: state.version });
    case "done":
      return say(voice, "duplicateDone", { issue });
    case "unfixed":
      return say(voice, "duplicateRegression", { issue });
  }
}

function articleLink({ title, headings, url }: Answer): string {
  return link([title, ...headings].join(" › "), url);
}

/** Links as a list, the passage of each as a quote under it. */
function answers(voice: Voice, found: Answer[]): string[] {
  if (found.length === 0) return [];
  const items = found.slice(0, MOST.answers).map((article) => {
    const passage = neutralize(article.passage ?? "", { allow: "block", maxLength: 600 });
    const quote = passage === "" ? [] : passage.split("\n").map((line) => `  > ${line}`.trimEnd());
    return [`- ${articleLink(article)}`, ...quote].join("\n");
  });
  return [say(voice, "answer"), items.join("\n")];
}

function missing(voice: Voice, fields: string[]): string[] {
  if (fields.length === 0) return [];
  const items = fields.slice(0, MOST.missing).map((field) => `- ${neutralize(field, { maxLength: 120 })}`);
  return [say(voice, "missing"), items.join("\n"), say(voice, "missingHow")];
}

/** The collapsed part: the kind with its probability, the reasons, what else is related. */
function why({ kind, because, related = [], ...voice }: TriageComment): string[] {
  const certainty = kind && {
    kind: say(voice, KIND_SENTENCE[kind.kind]),
    percent: percent(kind.confidence, voice.language ?? "en"),
  };
  const links = related.slice(0, MOST.related).map(articleLink).join(", ");
  const reasons = because.slice(0, MOST.reasons).map((reason) => `- ${neutralize(reason)}`);
  const parts = [
    ...(certainty ? [say(voice, "whyKind", certainty)] : []),
    ...(reasons.length > 0 ? [say(voice, "whyReasons"), reasons.join("\n")] : []),
    ...(links ? [say(voice, "related", { links: { markdown: links } })] : []),
  ];
  if (parts.length === 0) return [];
  return [[`<details>\n<summary>${say(voice, "whySummary")}</summary>`, ...parts, "</details>"].join("\n\n")];
}
