import { LABELS } from "../messages/label.ts";
import type { Settings } from "../settings/schema.ts";
import type { Action, LabelSpec, LabelWish } from "../ticket/action.ts";
import { isSilent } from "../ticket/demotion.ts";
import type { Ticket } from "../ticket/ticket.ts";
import { kindLabel, kindLabels } from "./classify.ts";
import type { Facts } from "./facts.ts";

export const has = (labels: string[], name: string): boolean =>
  labels.some((label) => label.toLowerCase() === name.toLowerCase());

/**
 * What triage wants of a ticket's labels: all additions in one action, removals only of labels that are ours.
 * `own`: labels of the repository that its history makes sure of.
 */
export function labelActions(
  ticket: Ticket,
  { thread: { labels: present }, underWay, silent }: Pick<Facts, "thread" | "underWay" | "silent">,
  settings: Settings,
  own: readonly LabelSpec[] = [],
): Action[] {
  const lacking = (ticket.triage?.missing.length ?? 0) > 0;
  const stale = staleKinds(ticket, present, settings);
  const needsInfo = settings.labels.needsInfo;
  const mended = needsInfo && !lacking && isOurs(ticket, present, needsInfo) ? [needsInfo] : [];
  // Set before we heard that people had refused it where the thread came from.
  const refused = ticket.vetoedLabels.filter((label) => isOurs(ticket, present, label));
  const guessed = [
    ...kindWishes(ticket, stale, settings),
    ...own.map(({ name, color, description }) => ({ name, color, description, yieldsTo: [] })),
  ];
  const wishes = [
    ...guessed.filter(({ name }) => !isSilent(silent, "label", name)),
    ...duplicateWishes(ticket, settings),
    ...(needsInfo && lacking ? [{ name: needsInfo, ...LABELS.needsInfo, yieldsTo: [] }] : []),
  ].filter(({ name }) => !has(present, name) && !has(ticket.vetoedLabels, name));
  // What was wished for before and may have been set by now. Being unsure is no reason to take a kind back.
  const keeps = [...present, ...ticket.vetoedLabels, ...(ticket.triage?.kind ? [] : kindLabels(settings))];
  const earlier = underWay.triage.filter((name) => !has(keeps, name));
  return [
    ...[...new Set([...stale, ...mended, ...refused])].map((label): Action => ({ type: "unlabel", label })),
    ...additions(wishes, earlier),
  ];
}

function additions(wishes: LabelWish[], earlier: string[]): Action[] {
  const names = wishes.map(({ name }) => name);
  const abandoned = earlier.filter((name) => !has(names, name));
  if (wishes.length + abandoned.length === 0) return [];
  return [{ type: "label", slot: "triage", labels: wishes, ...(abandoned.length > 0 ? { abandoned } : {}) }];
}

const isOurs = (ticket: Ticket, present: string[], name: string) =>
  has(ticket.ownLabels, name) && has(present, name);

/** The label of the kind, once sure, unless a person chose. Labels of other kinds are yielded to. */
function kindWishes(ticket: Ticket, stale: string[], settings: Settings): LabelWish[] {
  const kind = ticket.triage?.kind;
  if (!kind || ticket.kindByPerson) return [];
  const name = kindLabel(kind, settings);
  if (!name) return [];
  const yieldsTo = kindLabels(settings).filter((label) => label !== name && !stale.includes(label));
  return [{ name, ...LABELS[kind], yieldsTo }];
}

/** Only beside the comment that links the original: the label alone tells nobody which it is. */
function duplicateWishes(
  { suggestions, withdrawn, refusedComments }: Ticket,
  settings: Settings,
): LabelWish[] {
  const name = settings.labels.duplicate;
  const linked = settings.mode === "reply" && !withdrawn && !refusedComments.includes("triage");
  if (!name || !linked || !suggestions || suggestions.duplicates.length === 0) return [];
  return [{ name, ...LABELS.duplicate, yieldsTo: [] }];
}

/** Labels of kinds that we set and no longer believe in. Being unsure is no reason to take one back. */
function staleKinds(ticket: Ticket, present: string[], settings: Settings): string[] {
  const kind = ticket.triage?.kind;
  if (!kind || ticket.kindByPerson) return [];
  return kindLabels(settings).filter(
    (label) => label !== kindLabel(kind, settings) && isOurs(ticket, present, label),
  );
}
