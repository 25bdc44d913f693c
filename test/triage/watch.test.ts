import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import type { Settings } from "../../src/settings/schema.ts";
import type { ThreadEvent } from "../../src/ticket/event.ts";
import type { Comment } from "../../src/ticket/thread.ts";
import { newTicket, type Ticket } from "../../src/ticket/ticket.ts";
import { listenedTo, looked, mayLook, nextLook, watched } from "../../src/triage/watch.ts";
import { byTeam, facts, maintainer, NOW, reporter, settings, thread } from "../builders/facts.ts";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

const watching: Ticket = {
  ...newTicket(thread()),
  comments: { triage: { nodeId: "ours", digest: "" } },
  watch: { from: NOW, looks: 0 },
};
const BY_TEAM: Settings = settings({ satisfaction: { ...settings().satisfaction, teamReplies: true } });
const byMaria = facts(byTeam);

const comment = (nodeId: string, author = reporter): Comment => ({
  nodeId,
  author,
  body: "Please try again.",
  createdAt: NOW,
  updatedAt: NOW,
});
const saying = (nodeId: string, author = reporter): ThreadEvent => ({
  scope: "ticket",
  thread: thread(),
  actor: author,
  type: "commented",
  comment: comment(nodeId, author),
});
const said = (ticket: Ticket, at: number) => watched(ticket, saying(`c${at}`), facts(), settings(), [], at);
const lookAt = (ticket: Ticket, at: number): Ticket => ({ ...ticket, ...looked(ticket, settings(), at) });

describe("the next look", () => {
  it("comes after each interval, and one look stands for all that were missed", () => {
    expect(nextLook(watching, settings())).toBe(NOW + HOUR);
    const once = lookAt(watching, NOW + HOUR);
    expect(nextLook(once, settings())).toBe(NOW + DAY);
    expect(once.dueAt).toBe(NOW + DAY);
    expect(nextLook(lookAt(once, NOW + 8 * DAY), settings())).toBe(NOW + 30 * DAY);
    expect(nextLook(lookAt(once, NOW + 31 * DAY), settings())).toBeNull();
  });

  it("comes sooner after somebody spoke", () => {
    const quiet = lookAt(watching, NOW + HOUR);
    expect(nextLook(said(quiet, NOW + 2 * HOUR), settings())).toBe(NOW + 3 * HOUR);
    const over = lookAt(watching, NOW + 31 * DAY);
    expect(nextLook(said(over, NOW + 40 * DAY), settings())).toBe(NOW + 40 * DAY + HOUR);
  });

  it("never comes later because somebody spoke", () => {
    fc.assert(
      fc.property(fc.array(fc.record({ wait: fc.nat(3 * HOUR), looks: fc.boolean() })), (steps) => {
        let ticket = watching;
        let at = NOW;
        for (const { wait, looks } of steps) {
          at += wait;
          const next = nextLook(ticket, settings()) ?? Infinity;
          if (looks && next <= at) ticket = lookAt(ticket, at);
          const before = nextLook(ticket, settings()) ?? Infinity;
          ticket = said(ticket, at);
          expect(nextLook(ticket, settings())).toBe(Math.min(before, at + HOUR));
        }
      }),
    );
  });

  it("comes about once an hour on a thread with a comment each fifty minutes", () => {
    let ticket = watching;
    let looks = 0;
    for (let at = NOW + 50 * MINUTE; at < NOW + 40 * HOUR; at += 50 * MINUTE) {
      if ((nextLook(ticket, settings()) ?? Infinity) <= at) {
        ticket = lookAt(ticket, at);
        looks++;
      }
      ticket = said(ticket, at);
    }
    expect(looks).toBeGreaterThanOrEqual(20);
  });

  it("may come a quarter of an hour before its time, and is not owed again then", () => {
    expect(mayLook(watching, settings(), NOW + 44 * MINUTE)).toBe(false);
    expect(mayLook(watching, settings(), NOW + 45 * MINUTE)).toBe(true);
    expect(nextLook(lookAt(watching, NOW + 45 * MINUTE), settings())).toBe(NOW + DAY);
    const hasty = settings({ satisfaction: { ...settings().satisfaction, polling: [4_000] } });
    expect(mayLook(watching, hasty, NOW + 2_999)).toBe(false);
    expect(mayLook(watching, hasty, NOW + 3_000)).toBe(true);
  });
});

describe("the team's comments", () => {
  const heard = (ticket: Ticket, nodeId: string, change = BY_TEAM) =>
    watched(ticket, saying(nodeId, maintainer), byMaria, change, [], NOW);

  it("are watched only where the settings say so, and never a customer's", () => {
    expect(listenedTo(heard(watching, "one"))).toEqual(["ours", "one"]);
    expect(listenedTo(heard(watching, "one", settings()))).toEqual(["ours"]);
    expect(listenedTo(watched(watching, saying("one"), facts(), BY_TEAM, [], NOW))).toEqual(["ours"]);
  });

  it("are watched on a ticket on which we said nothing", () => {
    const ticket = heard({ ...watching, comments: {}, watch: null }, "one");
    expect(nextLook(ticket, BY_TEAM)).toBe(NOW + HOUR);
  });

  it("are the newest five", () => {
    const ticket = ["1", "2", "3", "4", "5", "6", "2"].reduce((known, id) => heard(known, id), watching);
    expect(listenedTo(ticket)).toEqual(["ours", "3", "4", "5", "6", "2"]);
  });

  it("that no delivery told of are watched too", () => {
    const event: ThreadEvent = {
      scope: "ticket",
      thread: thread(),
      actor: null,
      type: "noticed",
      comments: [comment("one", maintainer), comment("two")],
    };
    const found = watched(watching, event, facts({ commenters: ["maria"] }), BY_TEAM, [], NOW);
    expect(listenedTo(found)).toEqual(["ours", "one"]);
  });

  it("are not asked for any more once they were deleted", () => {
    const event: ThreadEvent = {
      scope: "ticket",
      thread: thread(),
      actor: maintainer,
      type: "comment-deleted",
      comment: comment("1"),
    };
    const ticket = heard(heard(watching, "1"), "2");
    expect(listenedTo(watched(ticket, event, byMaria, BY_TEAM, [], NOW))).toEqual(["ours", "2"]);
  });
});
