import { readFileSync } from "node:fs";
import { loadModel } from "../../src/learning/kind-model.ts";
import type { Settings } from "../../src/settings/schema.ts";
import { defaultSettings } from "../../src/settings/schema.ts";
import type { Person, Thread } from "../../src/ticket/thread.ts";
import type { Facts } from "../../src/triage/facts.ts";

/** An hour after the threads of these builders were opened. */
export const NOW = Date.UTC(2026, 2, 2, 11);
export const OPENED = NOW - 3_600_000;

export const shippedModel = loadModel(
  readFileSync(new URL("../../src/learning/shipped/kinds.model", import.meta.url)),
);

export const reporter: Person = { login: "mona", bot: false };
export const maintainer: Person = { login: "maria", bot: false };
export const otherBot: Person = { login: "renovate[bot]", bot: true };

/** Texts whose kind no model should doubt. */
export const TEXTS = {
  bug: {
    title: "Crash with a stack trace when a widget is removed",
    body: "The program crashes with an error as soon as I remove a widget.\n\n### Steps to reproduce\n\n1. Open a board\n2. Press x\n\n### Expected behavior\n\nNo crash.\n\n### Version\n\n3.2.1\n\n```\nTypeError: Cannot read properties of undefined (reading 'rows')\n    at Layout.measure (layout.js:212:18)\n```",
  },
  vagueBug: {
    title: "Bug: charts are broken after the update",
    body: "Since the last update the charts do not draw any more and there is an error in the corner. It worked before. Please fix this bug.",
  },
  feature: {
    title: "Feature request: export a board as PNG",
    body: "It would be great if a board could be exported as an image. I would like a command for it, and an option for the size. Please add support for this feature.",
  },
  unclear: { title: "Something", body: "Please see the picture." },
  vulnerability: {
    title: "Remote code execution through a crafted board file",
    body: "An attacker can get arbitrary code execution. I have a working exploit and a proof of concept.",
  },
} as const;

export function thread(change: Partial<Thread> = {}): Thread {
  return {
    installationId: 1,
    repositoryId: 12,
    repository: "octo-org/lantern",
    kind: "issue",
    number: 7,
    nodeId: "I_7",
    url: "https://github.com/octo-org/lantern/issues/7",
    ...TEXTS.bug,
    author: reporter,
    labels: [],
    assignees: [],
    state: "open",
    stateReason: null,
    locked: false,
    private: false,
    archived: false,
    category: null,
    answered: false,
    createdAt: OPENED,
    updatedAt: OPENED,
    ...change,
  };
}

export function discussion(change: Partial<Thread> = {}): Thread {
  const category = { name: "Q&A", answerable: true };
  return thread({ kind: "discussion", nodeId: "D_7", category, ...change });
}

export function facts(change: Partial<Facts> = {}): Facts {
  return {
    thread: thread(),
    readByUs: false,
    text: "",
    toldAt: (change.thread ?? thread()).updatedAt,
    actor: { person: reporter, self: false, team: false },
    authorOnTeam: false,
    before: null,
    since: 0,
    underWay: { adding: [], triage: [], removing: [] },
    forms: [],
    security: { policyUrl: "https://github.com/octo-org/lantern/security/policy", privateReportingUrl: null },
    model: shippedModel,
    found: null,
    learned: null,
    labels: [],
    customer: {
      requester: { login: "mona", organizations: [], teams: [] },
      sources: { files: new Map(), sponsors: new Map(), owner: "octo-org" },
      credits: new Map(),
    },
    silent: [],
    mood: null,
    surveyedAt: null,
    ordered: { original: null, article: null },
    deletedReport: null,
    commenters: [],
    people: null,
    ...change,
  };
}

export const byTeam = { actor: { person: maintainer, self: false, team: true } };

export function settings(change: Partial<Settings> = {}): Settings {
  return { ...defaultSettings, ...change };
}
