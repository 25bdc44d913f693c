import type { Fact } from "../../ticket/fact.ts";
import { byTeam } from "../by-team.ts";
import type { Closing, Course } from "../course.ts";
import { type Period, within } from "../period.ts";
import { type Share, shareOf } from "../share.ts";
import type { Tally } from "../tally.ts";

/** How long an end must hold before it counts as one. */
const HOLDS = 7 * 86_400_000;

/**
 * Deflection = tickets that the desk answered, that ended by that and without the team, and that nobody reopened within
 * 7 days / tickets that ended. A share from 0 to 1. A ticket counts once, with its first end, in the period in which the
 * seven days after it are over, so that none is judged too early.
 *
 * It ended by that: its reporter closed it (not as "not planned") or marked the desk's answer, or it was closed as a
 * duplicate of what the desk linked, by anybody but the team. Without the team: until then nobody of it spoke, gave a
 * command, moved a label or was assigned by a person. Help that was refused deflected nothing, and what the desk closes
 * because nobody answers it any more was deflected by nobody.
 */
export function deflection(period: Period): Tally<Share> {
  let ended = 0;
  let deflected = 0;
  return {
    add(course) {
      const [first] = course.closings;
      if (!course.served || !first || !within(first.at + HOLDS, period)) return;
      ended += 1;
      deflected += Number(isDeflected(course, first));
    },
    result: () => shareOf(deflected, ended),
  };
}

function isDeflected({ facts }: Course, end: Closing): boolean {
  const { at, reopenedAt } = end;
  const held = reopenedAt === null || reopenedAt >= at + HOLDS;
  const refused = facts.some((fact) => fact.type === "refused" && fact.at < at + HOLDS);
  const touched = facts.some((fact) => byTeam(fact) && fact.at <= at);
  return held && !refused && !touched && isByHelp(end, facts);
}

/** Ends that say that something else than our help was the reason. */
const OTHERWISE: readonly (string | null)[] = ["not_planned", "answered-by-others"];

/** Did our help end it? */
function isByHelp({ at, by, reason, original }: Closing, facts: readonly Fact[]): boolean {
  const shown = facts.filter((fact) => fact.type === "shown" && fact.by !== "team" && fact.at <= at);
  if (reason !== "duplicate") return by === "reporter" && !OTHERWISE.includes(reason) && shown.length > 0;
  return shown.some(
    (fact) =>
      fact.type === "shown" && fact.help === "duplicate" && (original === null || fact.id === original),
  );
}
