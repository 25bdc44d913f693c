import type { RosterBook } from "../../customers/roster-book.ts";
import type { Roster } from "../../customers/roster.ts";
import type { SponsorBook } from "../../customers/sponsor-book.ts";
import type { Surroundings } from "../../notify/receiver.ts";
import { readReceiver } from "../../notify/receiver.ts";
import { parseSettings } from "../../settings/parse.ts";
import type { HeldRecord } from "../../store/holding.ts";
import type { Installation, Repository } from "../../ticket/repository.ts";

/** Lists of who has a plan that could not be brought up to date. */
export function failingLists({ scope, document }: HeldRecord): string[] {
  if (scope.startsWith("sponsors:")) {
    const { account, synced } = document as SponsorBook;
    return complaint(`the sponsors of ${account}`, synced);
  }
  if (!scope.startsWith("roster:")) return [];
  const { groups, files } = document as RosterBook;
  return Object.entries({ ...groups, ...files }).flatMap(([name, list]) => complaint(name, list));
}

function complaint(name: string, list: Roster<unknown> | null): string[] {
  if (!list?.failing) return [];
  const { reason, since } = list.failing;
  return [`${name} cannot be read since ${new Date(since).toISOString()}: ${reason}`];
}

/** Receivers that private settings name and that cannot be used with this environment. */
export function unusableReceivers({ scope, document }: HeldRecord, surroundings: Surroundings): string[] {
  const text = privateSettings(scope, document);
  const { settings } = text ? parseSettings(text, { private: true }) : { settings: null };
  const { slack = [], email = [], webhooks = [] } = settings?.notifications ?? {};
  const receivers = [
    ...slack.map((variable) => readReceiver("slack", variable, surroundings)),
    ...email.map((variable) => readReceiver("email", variable, surroundings)),
    ...webhooks.map((variable) => readReceiver("webhook", variable, surroundings)),
  ];
  return receivers.flatMap((receiver) => ("unusable" in receiver ? receiver.unusable : []));
}

function privateSettings(scope: string, document: HeldRecord["document"]): string | null {
  if (scope.startsWith("installation:")) return (document as Installation).privateSettings?.lastGood ?? null;
  if (!scope.startsWith("repository:")) return null;
  const repository = document as Repository;
  return repository.private ? (repository.settings?.lastGood ?? null) : null;
}
