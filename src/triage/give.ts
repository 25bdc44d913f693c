import { hasName, sameName } from "../customers/plan.ts";
import type { Settings } from "../settings/schema.ts";
import type { Action } from "../ticket/action.ts";
import type { ServiceState } from "../ticket/service.ts";
import type { Thread } from "../ticket/thread.ts";
import type { Ticket } from "../ticket/ticket.ts";
import type { Candidate, GivenWork } from "./assignment.ts";
import { assign, rebalance } from "./assignment.ts";
import type { Facts } from "./facts.ts";
import { shifts } from "./policies.ts";
import { nextAbsence, presence } from "./rota.ts";
import { HOUR } from "./time-zone.ts";

/** A ticket that nobody is free for is looked at again after this. */
const AGAIN = 4 * HOUR;

/** A ticket's assignment as it should be: the state, what is to be done, and when to look again. */
export interface Given {
  state: ServiceState;
  actions: Action[];
  dueAt: number | null;
}

/**
 * Gives a ticket to somebody of the team, or on to somebody else when who had it from us is away. Whom a person
 * assigned keeps it, and whom a person took off does not get it back.
 */
export function give(
  ticket: Ticket,
  before: ServiceState,
  { thread, people }: Pick<Facts, "thread" | "people">,
  settings: Settings,
  now: number,
): Given {
  const { assignees } = thread;
  const none = (state = before, dueAt: number | null = null): Given => ({ state, actions: [], dueAt });
  const state = followHands(before, assignees);
  const level = state.priority?.level;
  const { enabled, strategy, for: levels } = settings.assignment;
  const byPeople = assignees.filter((login) => !hasName(state.given, login));
  const may = enabled && thread.kind === "issue" && byPeople.length === 0;
  if (!may || !level || !people) return none(state);
  const candidates = candidatesOf(settings, people);
  const work = {
    level,
    topics: topicsOf(ticket, thread),
    refused: state.refused,
  };
  const [assignee] = state.given;
  if (assignee === undefined) {
    if (!levels.includes(level)) return none(state);
    const { login, because } = assign({ ...work, assignees: [] }, candidates, strategy, now);
    if (login === null) return none({ ...state, givenBecause: because }, now + AGAIN);
    const given = { ...state, given: [login], givenBecause: [`assigned to ${login}`, ...because] };
    return {
      state: given,
      actions: [{ type: "assign", logins: [login] }],
      dueAt: nextLook(settings, login, now),
    };
  }
  return handOn(state, { ...work, key: ticket.key, assignee }, candidates, settings, now);
}

/** On to somebody else, if who has it is away; the others who joined stay. */
function handOn(
  state: ServiceState,
  work: GivenWork,
  candidates: readonly Candidate[],
  settings: Settings,
  now: number,
): Given {
  const { assignee } = work;
  const [move] = rebalance([work], candidates, settings.assignment.strategy, now);
  if (!move) return { state, actions: [], dueAt: nextLook(settings, assignee, now) };
  if (move.to === null) {
    return { state: { ...state, givenBecause: move.because }, actions: [], dueAt: now + AGAIN };
  }
  const givenBecause = [`handed on from ${assignee}, who is away, to ${move.to}`, ...move.because];
  return {
    state: { ...state, given: [move.to, ...state.given.slice(1)], givenBecause },
    actions: [
      { type: "assign", logins: [move.to] },
      { type: "unassign", logins: [assignee] },
    ],
    dueAt: nextLook(settings, move.to, now),
  };
}

/** A path of at least two parts, as code, logs and prose name files. */
const PATH = /(?<![\w./:-])\.?\/?((?:[\w.-]+\/)+[\w.-]+)/g;
const MOST_PATHS = 50;
/** Who names the file below this did not mean it to decide. */
const LENGTH = 8_000;

function topicsOf({ triage, language }: Ticket, { title, body, labels }: Thread): string[] {
  const text = `${title}\n${body}`.slice(0, LENGTH);
  const paths = [...text.matchAll(PATH)].slice(0, MOST_PATHS).flatMap(([, path]) => path ?? []);
  return [triage?.kind, language, ...labels, ...paths].filter((topic) => typeof topic === "string");
}

/** What people did by hand is seen on the thread too: somebody else whom they assigned takes the ticket over. */
function followHands(state: ServiceState, assignees: readonly string[]): ServiceState {
  const others = assignees.filter((login) => !hasName(state.given, login));
  if (others.length === 0 || state.given.length === 0) return state;
  return { ...state, given: state.given.filter((login) => hasName(assignees, login)) };
}

/** After an `unassigned` event: who was taken off by a person does not get the ticket back from us. */
export function takenOff(state: ServiceState, login: string): ServiceState {
  const given = state.given.filter((one) => !sameName(one, login));
  const refused = hasName(state.refused, login) ? state.refused : [...state.refused, login];
  return { ...state, given, refused };
}

function candidatesOf(settings: Settings, people: NonNullable<Facts["people"]>): Candidate[] {
  return shifts(settings).map((shift) => {
    const known = people.get(shift.person.login.toLowerCase());
    const { load = 0, responseTime = null, assignedAt = null } = known ?? {};
    return { shift, load, responseTime, assignedAt };
  });
}

/** An absence that begins is looked at as it begins. */
function nextLook(settings: Settings, login: string, now: number): number | null {
  const shift = shifts(settings).find(({ person }) => sameName(person.login, login));
  return shift ? nextAbsence(shift, now) : null;
}

/** When a ticket that we gave to somebody must be looked at, as they are or will be away; null: not that we know. */
export function handsDue({ given }: ServiceState, settings: Settings, now: number): number | null {
  const [assignee] = given;
  if (!settings.assignment.enabled || assignee === undefined) return null;
  const shift = shifts(settings).find(({ person }) => sameName(person.login, assignee));
  if (shift && presence(shift, now).state === "away") return now;
  return nextLook(settings, assignee, now);
}
