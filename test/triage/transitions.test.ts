import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import type { Action } from "../../src/ticket/action.ts";
import type { ThreadEvent } from "../../src/ticket/event.ts";
import type { Comment, Person, Thread } from "../../src/ticket/thread.ts";
import type { Ticket } from "../../src/ticket/ticket.ts";
import { decide } from "../../src/triage/decide.ts";
import { facts, maintainer, reporter, settings, TEXTS, thread } from "../builders/facts.ts";

const desk = settings({ acknowledge: "always" });
const LABELS = ["bug", "enhancement", "question", "needs-info", "needs-human", "help wanted"];
const WORDS = ["It happens daily.", "/not-helpful", "/close", "/reopen", "Version 3.2.1 on Linux"];

/** What people do, as fast-check writes it. */
const step = fc.oneof(
  fc.record({ do: fc.constant("edit" as const), text: fc.constantFrom(...Object.values(TEXTS)) }),
  fc.record({
    do: fc.constant("comment" as const),
    body: fc.constantFrom(...WORDS),
    by: fc.constantFrom(reporter, maintainer),
  }),
  fc.record({ do: fc.constantFrom("label" as const, "unlabel" as const), label: fc.constantFrom(...LABELS) }),
  fc.record({ do: fc.constantFrom("close" as const, "reopen" as const, "due" as const, "notice" as const) }),
);
type Step = typeof step extends fc.Arbitrary<infer S> ? S : never;

/** A thread on GitHub with the desk's ticket of it, on which plans are carried out at once. */
class Played {
  at = thread().createdAt;
  thread: Thread = thread();
  ticket: Ticket | null = null;
  comments = 0;

  /** What a person does: the thread as it is then, and the event that tells of it. */
  happen(what: Step): ThreadEvent {
    this.at += 1_000;
    const on = (change: Partial<Thread>, by: Person) => {
      this.thread = { ...this.thread, ...change, updatedAt: this.at };
      return { scope: "ticket" as const, thread: this.thread, actor: by };
    };
    const { labels } = this.thread;
    switch (what.do) {
      case "edit":
        return { ...on(what.text, reporter), type: "edited" };
      case "comment": {
        const comment: Comment = {
          nodeId: `IC_${++this.comments}`,
          author: what.by,
          body: what.body,
          createdAt: this.at,
          updatedAt: this.at,
        };
        return { ...on({}, what.by), type: "commented", comment };
      }
      case "label":
        return {
          ...on({ labels: [...new Set([...labels, what.label])] }, maintainer),
          type: "labeled",
          label: what.label,
        };
      case "unlabel": {
        const left = labels.filter((label) => label !== what.label);
        return { ...on({ labels: left }, maintainer), type: "unlabeled", label: what.label };
      }
      case "close":
        return { ...on({ state: "closed" }, maintainer), type: "closed" };
      case "reopen":
        return { ...on({ state: "open" }, maintainer), type: "reopened" };
      case "due":
        return { ...on({}, reporter), type: "due" };
      case "notice":
        return { ...on({}, reporter), type: "noticed", comments: [] };
    }
  }

  /** What the desk makes of it, and does. */
  tell(event: ThreadEvent): Action[] {
    const team = event.actor === maintainer;
    const known = facts({
      thread: this.thread,
      readByUs: true,
      actor: { person: event.actor, self: false, team },
    });
    const decision = decide(this.ticket, event, known, desk, this.at);
    if (!decision) return [];
    this.ticket = decision.ticket;
    for (const action of decision.plan) this.carryOut(decision.ticket, action);
    return decision.plan;
  }

  private carryOut(decided: Ticket, action: Action): void {
    const ticket = this.ticket ?? decided;
    if (action.type === "label") {
      const names = action.labels.map(({ name }) => name);
      this.thread = { ...this.thread, labels: [...new Set([...this.thread.labels, ...names])] };
      this.ticket = { ...ticket, ownLabels: [...new Set([...ticket.ownLabels, ...names])] };
    }
    if (action.type === "unlabel") {
      this.thread = { ...this.thread, labels: this.thread.labels.filter((label) => label !== action.label) };
      this.ticket = { ...ticket, ownLabels: ticket.ownLabels.filter((label) => label !== action.label) };
    }
    if (action.type === "comment") {
      const comments = { ...ticket.comments, [action.slot]: { nodeId: "IC_own", digest: action.body } };
      this.ticket = { ...ticket, comments };
    }
  }
}

const opened = (played: Played): ThreadEvent => ({
  scope: "ticket",
  type: "opened",
  thread: played.thread,
  actor: reporter,
  movedFrom: null,
  discussed: false,
});

const steps = fc.array(step, { maxLength: 12 });

describe("whatever people do to a ticket", () => {
  it("a label that a person took off is never set again, and none but our own is taken off", () => {
    fc.assert(
      fc.property(steps, (script) => {
        const played = new Played();
        played.tell(opened(played));
        for (const what of script) {
          const own = played.ticket?.ownLabels ?? [];
          const vetoed = played.ticket?.vetoedLabels ?? [];
          const plan = played.tell(played.happen(what));
          const set = plan.flatMap((action) => (action.type === "label" ? action.labels : []));
          for (const { name } of set) expect(played.ticket?.vetoedLabels).not.toContain(name);
          for (const action of plan) if (action.type === "unlabel") expect(own).toContain(action.label);
          expect(played.ticket?.vetoedLabels).toEqual(expect.arrayContaining(vetoed));
        }
      }),
      { numRuns: 40, seed: 20 },
    );
  });

  it("one decision has at most one action for the triage comment, and one for each label", () => {
    fc.assert(
      fc.property(steps, (script) => {
        const played = new Played();
        for (const plan of [
          played.tell(opened(played)),
          ...script.map((what) => played.tell(played.happen(what))),
        ]) {
          const comments = plan.filter((action) => action.type === "comment" && action.slot === "triage");
          expect(comments.length).toBeLessThanOrEqual(1);
          const labels = plan.flatMap((action) =>
            action.type === "label" ? action.labels.map((l) => l.name) : [],
          );
          expect(new Set(labels).size).toBe(labels.length);
        }
      }),
      { numRuns: 40, seed: 21 },
    );
  });

  it("an event that comes twice changes nothing the second time", () => {
    fc.assert(
      fc.property(steps, (script) => {
        const played = new Played();
        for (const event of [opened(played), ...script.map((what) => () => played.happen(what))]) {
          const told = typeof event === "function" ? event() : event;
          played.tell(told);
          const { ticket, thread: after } = played;
          played.tell(told);
          expect([...played.thread.labels].sort()).toEqual([...after.labels].sort());
          expect(played.ticket?.vetoedLabels).toEqual(ticket?.vetoedLabels);
          expect(played.ticket?.comments).toEqual(ticket?.comments);
        }
      }),
      { numRuns: 40, seed: 22 },
    );
  });

  it("a comment that overtakes its thread's own delivery ends in the same labels and vetoes", () => {
    const told = (order: "as it was" | "overtaken", body: string, by: Person) => {
      const played = new Played();
      const first = opened(played);
      const second = played.happen({ do: "comment", body, by });
      for (const event of order === "as it was" ? [first, second] : [second, first]) played.tell(event);
      return {
        labels: [...played.thread.labels].sort(),
        vetoed: played.ticket?.vetoedLabels,
        withdrawn: played.ticket?.withdrawn,
        commented: played.ticket?.comments.triage !== undefined,
      };
    };
    fc.assert(
      fc.property(fc.constantFrom(...WORDS), fc.constantFrom(reporter, maintainer), (body, by) => {
        expect(told("overtaken", body, by)).toEqual(told("as it was", body, by));
      }),
    );
  });
});
