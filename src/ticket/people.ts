import type { Action, OutboxEntry, Outcome } from "./action.ts";
import type { BacklogThread } from "./backlog-thread.ts";
import type { Example } from "./example.ts";
import type { Fact } from "./fact.ts";
import type { Lesson } from "./lesson.ts";
import type { Shape } from "./person.ts";
import type { Installation, Repository } from "./repository.ts";
import type { ServiceState } from "./service.ts";
import type { Suggestions } from "./suggestion.ts";
import type { Ticket, Triage } from "./ticket.ts";

/*
 * Where people stand in what is kept: a field that is not named here is none of theirs. Names of things (`repository`,
 * `url`, `account`) are none, even where a person's account owns them; nor are the operator's own settings.
 */

const TRIAGE: Shape<Triage> = { fields: { because: { list: "words" } } };

const SERVICE: Shape<ServiceState> = {
  fields: {
    because: { list: "sentence" },
    priority: { fields: { because: { list: "words" } } },
    given: { list: "login" },
    refused: { list: "login" },
    givenBecause: { list: "sentence" },
  },
};

const SUGGESTIONS: Shape<Suggestions> = {
  fields: {
    answers: { list: { fields: { title: "text", headings: { list: "text" }, passage: "text" } } },
    duplicates: { list: { fields: { title: "text" } } },
    related: { list: { fields: { title: "text", headings: { list: "text" }, passage: "text" } } },
  },
};

const FACT: Shape<Fact> = {
  byType: {
    rated: { fields: { by: "rater" } },
    assigned: { fields: { login: "login" } },
    unassigned: { fields: { login: "login" } },
  },
};

const ACTION: Shape<Action> = {
  byType: {
    comment: { fields: { body: "sentence" } },
    assign: { fields: { logins: { list: "login" } } },
    unassign: { fields: { logins: { list: "login" } } },
    mirror: { fields: { title: "text", body: "sentence" } },
    credit: { fields: { customer: "login" } },
    notify: { fields: { notice: { fields: { title: "text", text: "sentence" } } } },
    "send-notice": { fields: { notice: { fields: { title: "text", text: "sentence" } } } },
    "tell-maintainers": { fields: { title: "text", body: "sentence" } },
    "show-problems": { fields: { body: "text" } },
    "show-report": { fields: { body: "text" } },
  },
};

export const TICKET: Shape<Ticket> = {
  owner: "author",
  fields: {
    author: "login",
    triage: TRIAGE,
    suggestions: SUGGESTIONS,
    assignees: { list: "login" },
    service: SERVICE,
    privateService: SERVICE,
    others: { list: "login" },
    undo: {
      fields: {
        fields: {
          fields: { triage: TRIAGE, suggestions: SUGGESTIONS, credit: { fields: { customer: "login" } } },
        },
        priority: { fields: { priority: { fields: { because: { list: "words" } } } } },
        refused: { list: "login" },
        actions: { list: ACTION },
      },
    },
    credit: { fields: { customer: "login" } },
    signs: { each: { beginning: "", shape: { list: { fields: { by: "rater" } } } } },
    feedback: { list: { owner: "respondent", fields: { respondent: "login", text: "words" } } },
    timeline: { list: FACT },
  },
};

export const THREAD: Shape<BacklogThread> = {
  owner: "author",
  fields: {
    author: "login",
    title: "words",
    body: "words",
    said: { list: { owner: "author", fields: { author: "login", body: "words" } } },
    answer: { owner: "author", fields: { author: "login", body: "words" } },
  },
};

/** Of whom a thread's features are is known by its ticket and by the backlog's picture of it. */
export const EXAMPLE: Shape<Example> = { fields: { testimony: { list: { fields: { login: "login" } } } } };

export const REPOSITORY: Shape<Repository> = {
  namedBy: ["surveyed:"],
  fields: {
    roles: { fields: { byLogin: { namedBy: [""] } } },
    rota: {
      fields: { assignedAt: { namedBy: [""] }, responses: { namedBy: [""] }, respondedAt: { namedBy: [""] } },
    },
    learning: {
      fields: {
        without: { list: { fields: { login: "login" } } },
        doubts: { list: { fields: { login: "login" } } },
      },
    },
    articleProblems: { list: { fields: { message: "text" } } },
  },
};

export const INSTALLATION: Shape<Installation> = {
  namedBy: ["surveyed:", "surveyedInPrivate:"],
  each: { beginning: "credits:", shape: { fields: { customer: "login" } } as Shape<unknown> as never },
};

export const LESSONS: Shape<Lesson[]> = { list: { fields: { by: "login" } } };

export const OUTBOX: Shape<{ entry: OutboxEntry; savedAt: number }[]> = {
  list: { fields: { entry: { fields: { action: ACTION, parked: "sentence" } } } },
};

export const OUTCOME: Shape<Outcome> = {
  byType: {
    done: { fields: { logins: { list: "login" } } },
    skipped: { fields: { reason: "sentence" } },
    refused: { fields: { reason: "sentence" } },
  },
};
