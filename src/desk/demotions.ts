import { demotionsIn, REMEMBERED_DAYS, REMEMBERED_MS } from "../reports/demotion.ts";
import { courseOf } from "../reports/course.ts";
import { jury } from "../reports/jury.ts";
import type { Settings } from "../settings/schema.ts";
import type { Demotion } from "../ticket/demotion.ts";
import { parseScopeKey, type ScopeKey } from "../ticket/delivery.ts";
import type { Repository } from "../ticket/repository.ts";
import type { Desk } from "./desk.ts";
import { raiseAlarm } from "./hand-over.ts";
import { readingOf } from "./reading.ts";
import { effectiveSettings } from "./settings.ts";

const HOUR_MS = 3_600_000;

/**
 * Measures what the desk did in a repository against what people made of it, and keeps what is to fall silent: a label, an
 * article, answers or duplicates altogether that are right more seldom than the settings ask for.
 */
export async function tendDemotions(desk: Desk, scope: ScopeKey): Promise<void> {
  const [kind, id] = parseScopeKey(scope);
  const turn = `demotions:${id}`;
  if (kind !== "repository" || (desk.memory.turns.use(turn) ?? 0) > desk.now()) return;
  const repository = await desk.store.read("repository", id);
  if (!repository?.settings || repository.gone) return;
  desk.memory.turns.set(turn, desk.now() + HOUR_MS);
  const settings = await effectiveSettings(desk, repository);
  const known = repository.silent ?? [];
  const silent = await measured(desk, repository, settings, known);
  if (JSON.stringify(silent) === JSON.stringify(known)) return;
  await desk.store.merge("repository", id, { silent });
  for (const one of silent) {
    if (!known.some(({ what, subject }) => what === one.what && subject === one.subject))
      await tell(desk, repository, one);
  }
}

async function measured(
  desk: Desk,
  repository: Repository,
  settings: Settings,
  known: readonly Demotion[],
): Promise<Demotion[]> {
  const now = desk.now();
  // Labels of states follow rules: whether they are liked is the settings' business.
  const { isRuled } = readingOf([{ repository, settings }]);
  const tally = jury({ since: now - REMEMBERED_MS, until: now }, isRuled);
  const { id, private: confidential } = repository;
  for await (const ticket of desk.store.tickets({ repositoryId: id })) {
    if (ticket.seenAt >= now - REMEMBERED_MS)
      tally.add(courseOf(ticket, { confidential, labels: settings.labels }));
  }
  const targets = {
    labels: settings.classification.targetPrecision,
    answers: settings.knowledge.reply.targetPrecision,
    duplicates: settings.duplicates.targetPrecision,
  };
  return demotionsIn(tally.result(), targets, known, now);
}

function tell(
  desk: Desk,
  { id, installationId, fullName }: Repository,
  { what, subject, precision, count, target, since }: Demotion,
): Promise<void> {
  const percent = (share: number) => `${Math.round(share * 100)}%`;
  const name = subject === "" ? what : `${what} ${JSON.stringify(subject)}`;
  return raiseAlarm(
    desk,
    { installationId, repositoryId: id },
    {
      slot: `silent:${id}:${what}:${subject}:${since}`,
      title: `${fullName}: ${name} falls silent`,
      text: `Right in ${percent(precision)} of ${count}; ${percent(target)} are asked for. It is tried again when that is forgotten, after ${REMEMBERED_DAYS} days.`,
    },
  );
}
