import { describe, expect, it } from "@jest/globals";
import { learnLabels, type RepositoryModel } from "../../src/learning/repository-model.ts";
import type { Settings } from "../../src/settings/schema.ts";
import type { Thread } from "../../src/ticket/thread.ts";
import { newTicket, type Ticket } from "../../src/ticket/ticket.ts";
import { decide } from "../../src/triage/decide.ts";
import { otherBot, facts, NOW, settings, shippedModel, TEXTS, thread } from "../builders/facts.ts";
import { makeLesson, makeTickets } from "../learning/corpus.ts";

const lessons = makeTickets(300).map((ticket) => makeLesson(ticket));
const learned = learnLabels(lessons, { shipped: shippedModel });

const LABELS = ["network", "editor", "bug", "enhancement", "question", "needs-info"];
const labels = LABELS.map((name) => ({ name, color: "c5def5", description: "" }));

const socket = {
  title: "fails after updating the socket",
  body: "every time the socket fails after updating the proxy on Linux.",
};

interface Given {
  the?: Partial<Thread>;
  ticket?: Partial<Ticket>;
  rules?: Settings;
  model?: RepositoryModel | null;
  exist?: string[];
}

function decided({ the = {}, ticket = {}, rules = settings(), model = learned, exist = LABELS }: Given) {
  const all = facts({
    thread: thread({ ...socket, ...the }),
    learned: model,
    labels: labels.filter(({ name }) => exist.includes(name)),
  });
  const known = { ...newTicket(all.thread), ...ticket };
  const event = { scope: "ticket", type: "edited", thread: all.thread, actor: all.actor.person } as const;
  const decision = decide(known, event, all, rules, NOW);
  if (!decision) throw new Error("a ticket that is known is always ours");
  return decision;
}

/** All labels that one additive request would set. */
function wished(given: Given): string[] {
  const actions = decided(given).plan.filter((action) => action.type === "label");
  expect(actions.length).toBeLessThanOrEqual(1);
  return actions.flatMap((action) => action.labels.map(({ name }) => name)).sort();
}

const classification = (change: Partial<Settings["classification"]>) =>
  settings({ classification: { ...settings().classification, ...change } });
const named = (change: Partial<Settings["labels"]>) =>
  settings({ labels: { ...settings().labels, ...change } });

describe("the repository's own labels", () => {
  it.each<[string, Given, string[]]>([
    ["are set together with the kind", {}, ["bug", "network"]],
    ["are set beside a kind that somebody chose", { the: { labels: ["question"] } }, ["network"]],
    ["are not set twice", { the: { labels: ["Network"] } }, ["bug"]],
    ["are not set where a person took them off", { ticket: { vetoedLabels: ["network"] } }, ["bug"]],
    ["are not set where they do not exist any more", { exist: ["bug"] }, ["bug"]],
    [
      "are not set when settings ignore them, in any case",
      { rules: classification({ ignoreLabels: ["NETWORK"] }) },
      ["bug"],
    ],
    ["are not set when they mean a state", { rules: named({ needsInfo: "network" }) }, ["bug"]],
    [
      "are not set when they mean a priority",
      { rules: named({ priorities: ["network", null, null, null] }) },
      ["bug"],
    ],
    ["are not set when they mean another kind", { rules: named({ documentation: "network" }) }, ["bug"]],
    ["are not set without a history", { model: null }, ["bug"]],
    ["are set in label mode too", { rules: settings({ mode: "label" }) }, ["bug", "network"]],
    ["are not set by a desk that observes", { rules: settings({ mode: "observe" }) }, []],
    ["are not set on a suspected vulnerability", { the: TEXTS.vulnerability }, []],
    ["are not set on what a bot wrote", { the: { author: otherBot } }, []],
    ["are not set when nothing speaks for one", { the: TEXTS.unclear }, []],
  ])("%s", (_, given, expected) => {
    expect(wished(given)).toEqual(expected);
  });

  it("are explained with what spoke for them", () => {
    const because = decided({}).because.filter((reason) => reason.startsWith('the label "network": '));
    expect(because).toHaveLength(1);
    expect(because[0]).toMatch(/socket|proxy/);
  });
});

/** What sixty tickets of each kind teach that read alike, each kind in its own way. */
function taught(texts: Record<string, { title: string; body: string }>): RepositoryModel {
  const made = Array.from({ length: 60 }, (_, i) =>
    Object.entries(texts).map(([kind, { title, body }]) => ({
      title: `${title} ${i}`,
      body,
      labels: [kind],
    })),
  );
  return learnLabels(
    made.flat().map((one) => makeLesson(one)),
    { shipped: shippedModel },
  );
}

describe("the kind of a ticket", () => {
  const crash = { title: "Crashes with an error", body: "It throws an exception." };
  const kindOf = (the: { title: string; body: string }, model: RepositoryModel | null) =>
    decided({ the, model }).ticket.triage?.kind;

  it.each([
    [
      "is told by the repository's own words where the shipped model is unsure",
      "enhancement",
      { title: "Lanterns in the garden", body: "The lanterns of the garden, in blue." },
      null,
      "feature",
    ],
    [
      "can be performance only with the repository's own evidence",
      "performance",
      { title: "Rendering is slow", body: "Rendering takes 20 s and uses 4 GB of memory." },
      null,
      "performance",
    ],
    [
      "is never security by what was learned",
      "security",
      { title: "Tokens of the panel", body: "The panel keeps its tokens in the page." },
      null,
      null,
    ],
  ])("%s", (_, label, text, without, expected) => {
    expect(kindOf(text, null)).toBe(without);
    expect(kindOf({ ...text, title: `${text.title} 7` }, taught({ bug: crash, [label]: text }))).toBe(
      expected,
    );
  });
});
