import { idempotencyKey } from "../ticket/action.ts";
import { parseScopeKey, type Scope, type ScopeKey } from "../ticket/delivery.ts";
import {
  EXAMPLE,
  INSTALLATION,
  LESSONS,
  OUTBOX,
  OUTCOME,
  REPOSITORY,
  THREAD,
  TICKET,
} from "../ticket/people.ts";
import { type Mention, mentionsOf, type Shape, type Wanted, withoutPerson } from "../ticket/person.ts";
import type { Documents, Kept } from "./store.ts";

/** Where people stand in each document; a new one cannot be kept without saying so here. */
const DOCUMENTS: { [S in Scope]: Shape<Documents[S]> } = {
  ticket: TICKET,
  thread: THREAD,
  example: EXAMPLE,
  repository: REPOSITORY,
  installation: INSTALLATION,
  roster: {
    fields: {
      groups: { each: { beginning: "", shape: { fields: { entries: { list: "login" } } } } },
      files: {
        each: {
          beginning: "",
          shape: { fields: { entries: { list: { byType: { login: { fields: { name: "login" } } } } } } },
        },
      },
      problems: { each: { beginning: "", shape: { list: { fields: { message: "sentence" } } } } },
    },
  },
  sponsors: {
    fields: {
      ledger: { list: { fields: { sponsor: "login" } } },
      synced: { fields: { entries: { list: { fields: { sponsor: "login" } } } } },
    },
  },
  // A project's own files: whoever is named there is named by the project, in its history too.
  shelf: {},
  notices: {},
  mirror: {},
};

/** All that is kept of a scope. */
function shapeOf(scope: ScopeKey): Shape<Kept> {
  const [kind] = parseScopeKey(scope);
  return {
    fields: {
      document: DOCUMENTS[kind] as Shape<Documents[Scope]>,
      outbox: OUTBOX,
      outcomes: { each: { beginning: "", shape: { fields: { outcome: OUTCOME } } } },
      lessons: LESSONS,
    },
  };
}

/** Documents of older versions do not say who gave an answer; what was said in the thread may. */
function withAnswerer(document: Kept["document"]): Kept["document"] {
  if (!("said" in document) || !document.answer || document.answer.author !== undefined) return document;
  const { answer } = document;
  const said = document.said?.find(({ url }) => url === answer.url);
  return said ? { ...document, answer: { ...answer, author: said.author } } : document;
}

/** Everything that names a person in what is kept of a scope; of the document without the word `document`. */
export function mentionsIn(scope: ScopeKey, kept: Kept, wanted: Wanted): Mention[] {
  const document = withAnswerer(kept.document);
  const named = mentionsOf(shapeOf(scope), { ...kept, document }, wanted).map(({ path, value }) => {
    return { path: path.replace(/^document\.?/, ""), value };
  });
  const keyed = Object.keys(kept.outcomes).filter((key) => keyWithout(key, wanted) !== key);
  return [...named, ...keyed.map((key) => ({ path: `outcomes.${key}`, value: key }))];
}

/** What is kept of a scope without a person. Work that was for nobody else is gone. */
export function keptWithout(scope: ScopeKey, kept: Kept, wanted: Wanted): Kept {
  const document = withAnswerer(kept.document);
  const without = withoutPerson(shapeOf(scope), { ...kept, document }, wanted);
  const [, id] = parseScopeKey(scope);
  const outbox = without.outbox.flatMap(({ entry, savedAt }) => {
    const { action } = entry;
    if (action.type !== "assign" && action.type !== "unassign") return [{ entry, savedAt }];
    if (action.logins.length === 0) return [];
    return [{ entry: { ...entry, key: idempotencyKey(id, action) }, savedAt }];
  });
  const outcomes = Object.entries(without.outcomes).flatMap(([key, outcome]) => {
    const kept = keyWithout(key, wanted);
    return kept === null ? [] : [[kept, outcome] as const];
  });
  return { ...without, outbox, outcomes: Object.fromEntries(outcomes) };
}

/** The key of an action names whom it assigned: without the person, or null when it named nobody else. */
function keyWithout(key: string, { login }: Wanted): string | null {
  const [, beginning, logins = ""] = /^(.*:(?:un)?assign:)(.*)$/.exec(key) ?? [];
  if (beginning === undefined) return key;
  const others = logins.split(",").filter((one) => one.toLowerCase() !== login.toLowerCase());
  return others.length === 0 ? null : `${beginning}${others.join(",")}`;
}
