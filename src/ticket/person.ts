import type { Fact } from "./fact.ts";
import type { Ticket } from "./ticket.ts";

/** What stands where a person stood: the name that GitHub gives to deleted accounts. */
export const GHOST = "ghost";

/** Names of things, not of people, even where a person's account owns them; and the operator's own settings. */
const NOT_PEOPLE: ReadonlySet<string> = new Set([
  "account",
  "fullName",
  "repository",
  "url",
  "key",
  "ticket",
  "nodeId",
  "settings",
  "organisationSettings",
  "privateSettings",
  "security",
  "labels",
]);

/** Fields that say whose the object around them is, and those that hold what that person wrote. */
const OWNERS = ["author", "respondent", "by"] as const;
const WORDS: ReadonlySet<string> = new Set(["title", "body", "text", "features"]);

/** Something that is known of a person, and where in a document. */
export interface Mention {
  /** `feedback[0].respondent`. */
  path: string;
  /** The object that is theirs, else the bare text that names them. */
  value: unknown;
}

/** Everything in a document that names a person. Login names are compared without case. */
export function mentionsOf(document: unknown, login: string): Mention[] {
  const name = nameOf(login);
  const walk = (value: unknown, path: string): Mention[] => {
    if (typeof value === "string") return name.test(value) ? [{ path, value }] : [];
    if (value === null || typeof value !== "object") return [];
    if (!Array.isArray(value) && isTheirs(value, name)) return [{ path, value }];
    return Object.entries(value).flatMap(([key, inner]): Mention[] => {
      if (NOT_PEOPLE.has(key)) return [];
      const at = Array.isArray(value) ? `${path}[${key}]` : path === "" ? key : `${path}.${key}`;
      return name.test(key) ? [{ path: at, value: inner }] : walk(inner, at);
    });
  };
  return walk(document, "");
}

/** The document without the person: their name becomes GitHub's for deleted accounts, what they wrote is gone. */
export function withoutPerson<T>(document: T, login: string): T {
  const name = nameOf(login);
  const walk = (value: unknown): unknown => {
    if (typeof value === "string") return value.replace(name, (_, before: string) => `${before}${GHOST}`);
    if (value === null || typeof value !== "object") return value;
    if (Array.isArray(value)) return value.map(walk);
    const theirs = isTheirs(value, name);
    return Object.fromEntries(
      Object.entries(value).flatMap(([key, inner]) => {
        if (NOT_PEOPLE.has(key)) return [[key, inner]];
        if (name.test(key)) return [];
        return [[key, theirs && WORDS.has(key) && typeof inner === "string" ? "" : walk(inner)]];
      }),
    );
  };
  return walk(document) as T;
}

function isTheirs(value: object, name: RegExp): boolean {
  return OWNERS.some((field) => {
    const owner = (value as Record<string, unknown>)[field];
    return typeof owner === "string" && name.test(owner);
  });
}

/** The whole login, not a part of a longer one; also as `surveyed:login` and within sentences of ours. */
function nameOf(login: string): RegExp {
  const escaped = login.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
  return new RegExp(`(^|[^a-z\\d_/-])${escaped}(?![a-z\\d_/-])`, "i");
}

/** How the reporter is named where nobody is. */
export const REPORTER = "reporter";

/** A ticket of which only what figures are counted from is left: nobody's name, nobody's words. */
export function withoutPeople(ticket: Ticket): Ticket {
  // What the reporter said of our help stays the reporter's.
  const people = new Map(ticket.author === null ? [] : [[ticket.author.toLowerCase(), REPORTER]]);
  const anonymous = (by: string) => {
    const known = people.get(by) ?? `person ${people.size + 1}`;
    people.set(by, known);
    return known;
  };
  const { undo: _undo, teamComments: _team, signs: _signs, assignees: _assignees, ...rest } = ticket;
  return {
    ...rest,
    author: null,
    heard: [],
    ...(ticket.others ? { others: [] } : {}),
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

function unpeopled(service: NonNullable<Ticket["service"]>): NonNullable<Ticket["service"]> {
  return { ...service, because: [], given: [], refused: [], givenBecause: [] };
}
