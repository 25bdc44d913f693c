import type { OutboxEntry } from "../../src/ticket/action.ts";
import type { Delivery, ScopeKey } from "../../src/ticket/delivery.ts";
import type { Example } from "../../src/ticket/example.ts";
import type { Lesson } from "../../src/ticket/lesson.ts";
import type { BacklogThread } from "../../src/ticket/backlog-thread.ts";
import type { Installation, Repository } from "../../src/ticket/repository.ts";
import { newTicket, type Ticket } from "../../src/ticket/ticket.ts";

/** Noon of some day; the samples' times count from here. */
export const NOON = Date.UTC(2026, 0, 15, 12);

export function sampleTicket(key: string, changes: Partial<Ticket> = {}): Ticket {
  const [repositoryId, number] = key.split("/").map(Number) as [number, number];
  const ticket = newTicket({
    installationId: 3,
    repositoryId,
    repository: "octo-org/widgets",
    kind: "issue",
    number,
    nodeId: `I_${key}`,
    url: `https://github.com/octo-org/widgets/issues/${number}`,
    title: "The widget wobbles",
    body: "It should stand still. \u{1F600}",
    author: { login: "mona", bot: false },
    labels: [],
    assignees: [],
    state: "open",
    stateReason: null,
    locked: false,
    private: false,
    archived: false,
    category: null,
    answered: false,
    createdAt: NOON,
    updatedAt: NOON,
  });
  return { ...ticket, ...changes };
}

export function sampleRepository(id: number, changes: Partial<Repository> = {}): Repository {
  return {
    id,
    installationId: 3,
    fullName: `octo-org/widgets-${id}`,
    private: false,
    archived: false,
    since: NOON,
    readUntil: NOON,
    gone: false,
    settings: null,
    labels: null,
    forms: null,
    security: null,
    roles: null,
    history: null,
    problemIssue: null,
    sources: null,
    articlesChangedAt: 0,
    backlog: null,
    ...changes,
  };
}

export function sampleThread(repositoryId: number, number: number): BacklogThread {
  return {
    repositoryId,
    number,
    kind: "issue",
    url: `https://github.com/octo-org/widgets/issues/${number}`,
    title: "The widget wobbles",
    body: "It should stand still.",
    author: "mona",
    labels: ["bug"],
    createdAt: NOON,
    updatedAt: NOON,
    closedAt: null,
    stateReason: null,
    milestone: null,
    comments: 2,
    same: [],
    answer: null,
    hidden: false,
  };
}

export function sampleExample(repositoryId: number, number: number, labels: Example["labels"] = []): Example {
  const features = "AAEC/w==";
  return {
    repositoryId,
    number,
    createdAt: NOON,
    features,
    version: "1",
    labels,
    removed: [],
    excluded: false,
  };
}

export function sampleInstallation(id: number): Installation {
  return {
    id,
    account: "octo-org",
    suspended: false,
    gone: false,
    since: NOON,
    organisationSettings: null,
    privateSettings: null,
  };
}

export function sampleDelivery(id: string, scope: ScopeKey, changes: Partial<Delivery> = {}): Delivery {
  const payload = JSON.stringify({ action: "opened", text: `of ${id}: "quoted", \u00e9\u{1F600}` });
  return { id, event: "issues", scope, payload, receivedAt: NOON, ...changes };
}

export function sampleEntry(key: string, changes: Partial<OutboxEntry> = {}): OutboxEntry {
  return {
    key,
    action: { type: "comment", slot: "triage", body: "Thank you." },
    decidedAt: NOON,
    failures: 0,
    snapshotAt: NOON,
    notBefore: 0,
    parked: null,
    ...changes,
  };
}

export function sampleLesson(ticket: string, subject: string, at = NOON): Lesson {
  const repositoryId = Number(ticket.split("/")[0]);
  return { ticket, repositoryId, type: "label-removed", subject, by: "mona", byTeam: false, at };
}
