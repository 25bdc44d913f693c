import type { BacklogThread } from "./backlog-thread.ts";
import type { Fact } from "./fact.ts";
import { GHOST, REPORTER } from "./person.ts";
import type { Repository, Rota } from "./repository.ts";
import type { ServiceState } from "./service.ts";
import type { Suggestions } from "./suggestion.ts";
import type { Ticket } from "./ticket.ts";

/** A ticket of which only what figures are counted from is left: nobody's name, nobody's words. */
export function withoutPeople(ticket: Ticket): Ticket {
  // What the reporter said of our help stays the reporter's.
  const reporter = ticket.author === GHOST ? GHOST : REPORTER;
  const people = new Map(ticket.author === null ? [] : [[ticket.author.toLowerCase(), reporter]]);
  const anonymous = (by: string) => {
    const known = people.get(by) ?? `person ${people.size + 1}`;
    people.set(by, known);
    return known;
  };
  const {
    undo: _undo,
    teamComments: _team,
    signs: _signs,
    nameless: _nameless,
    assignees: _assignees,
    ...rest
  } = ticket;
  return {
    ...rest,
    // Whoever was erased does not come back with the next word on the ticket.
    author: ticket.author === GHOST ? GHOST : null,
    triage: ticket.triage && { ...ticket.triage, because: [] },
    suggestions: ticket.suggestions && unquoted(ticket.suggestions),
    heard: [],
    // Nobody's reactions are looked at any more: they would come back under their names, and be counted twice.
    watch: null,
    dueAt: ticket.wakeAt === undefined && !ticket.watch ? ticket.dueAt : (ticket.wakeAt ?? null),
    ...(ticket.others ? { others: [] } : {}),
    ...(ticket.credit ? { credit: { ...ticket.credit, customer: GHOST } } : {}),
    ...(ticket.feedback
      ? { feedback: ticket.feedback.map((one) => ({ ...one, text: null, respondent: null })) }
      : {}),
    ...(ticket.service ? { service: unpeopled(ticket.service) } : {}),
    ...(ticket.privateService ? { privateService: unpeopled(ticket.privateService) } : {}),
    timeline: (ticket.timeline ?? []).flatMap((fact): Fact[] => {
      if (fact.type === "assigned" || fact.type === "unassigned") return [];
      return fact.type === "rated" ? [{ ...fact, by: anonymous(fact.by.toLowerCase()) }] : [fact];
    }),
    anonymous: true,
  };
}

function unpeopled(service: ServiceState): ServiceState {
  const priority = service.priority && { ...service.priority, because: [] };
  return { ...service, priority, because: [], given: [], refused: [], givenBecause: [] };
}

function unquoted(suggestions: Suggestions): Suggestions {
  const { answers, related } = suggestions;
  return {
    ...suggestions,
    answers: answers.map((one) => ({ ...one, passage: null })),
    related: related.map((one) => ({ ...one, passage: null })),
  };
}

/** Does a thread of the backlog still say who wrote something? */
export function namesPeople({ author, said = [], answer }: BacklogThread): boolean {
  return (author !== null && author !== GHOST) || said.length > 0 || (answer?.author ?? null) !== null;
}

/** A thread of the backlog of which only what it is about is left: duplicates are found by it. */
export function withoutAuthors(thread: BacklogThread): BacklogThread {
  const { author, answer } = thread;
  return {
    ...thread,
    author: author === GHOST ? GHOST : null,
    said: [],
    answer: answer && (answer.author === undefined ? answer : { ...answer, author: null }),
  };
}

/** Roles are believed for an hour: those of a repository in which nothing happens are not kept for the next time. */
const ROLES_MS = 86_400_000;

/** What a repository remembers of its team, without those of whom nothing was heard since `before`. */
export function withoutOldTeam(repository: Repository, before: number, now: number): Repository {
  const { roles, rota } = repository;
  return {
    ...repository,
    roles: roles && roles.at < now - ROLES_MS ? null : roles,
    ...(rota ? { rota: rotaSince(rota, before, now) } : {}),
  };
}

/** Documents of older versions do not say when somebody responded last: theirs count from now on. */
function rotaSince({ assignedAt, responses, respondedAt = {} }: Rota, before: number, now: number): Rota {
  const since = (ats: Record<string, number>) =>
    Object.fromEntries(Object.entries(ats).filter(([, at]) => at >= before));
  const lately = since(
    Object.fromEntries(Object.keys(responses).map((login) => [login, respondedAt[login] ?? now])),
  );
  return {
    assignedAt: since(assignedAt),
    responses: Object.fromEntries(
      Object.entries(responses).filter(([login]) => Object.hasOwn(lately, login)),
    ),
    respondedAt: lately,
  };
}

/** Whoever was asked how it was so long ago may be asked again: it need not be known. */
export function withoutOldAsking<T extends object>(document: T, before: number): T {
  const kept = Object.entries(document).filter(
    ([field, at]) => !(/^surveyed(?:InPrivate)?:/.test(field) && typeof at === "number" && at < before),
  );
  return Object.fromEntries(kept) as T;
}
