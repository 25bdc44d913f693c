import { expect, it } from "@jest/globals";
import type { ThreadEvent } from "../../src/ticket/event.ts";
import { newTicket, type Ticket } from "../../src/ticket/ticket.ts";
import type { Facts } from "../../src/triage/facts.ts";
import { surveyOf } from "../../src/triage/survey.ts";
import { facts, NOW, otherBot, settings, TEXTS, thread } from "../builders/facts.ts";

const DAY_MS = 86_400_000;
const closed = thread({ ...TEXTS.feature, state: "closed" });
const about = (kind: "feature" | "security"): Ticket["triage"] => ({
  kind,
  confidence: 0.97,
  because: [],
  missing: [],
  asked: false,
  at: NOW,
});
const question = { nodeId: "IC_9", digest: "" };

it.each<
  [string, boolean, Partial<Ticket>, Partial<Facts>, { onClose?: boolean; type?: "closed" | "reopened" }]
>([
  ["asks the reporter of a closed ticket", true, { triage: about("feature") }, {}, {}],
  ["asks nobody where nobody wants it", false, {}, {}, { onClose: false }],
  ["asks nobody of what we closed ourselves", false, { closedByUs: true }, {}, {}],
  ["asks nobody of a suspected vulnerability", false, { triage: about("security") }, {}, {}],
  ["asks once a ticket", false, { comments: { "survey:1": question } }, {}, {}],
  ["asks nobody of the team", false, {}, { authorOnTeam: true }, {}],
  ["asks no bot", false, {}, { thread: { ...closed, author: otherBot } }, {}],
  ["asks no deleted account", false, {}, { thread: { ...closed, author: null } }, {}],
  ["asks nobody when it is open again by now", false, {}, { thread: { ...closed, state: "open" } }, {}],
  ["asks nobody at another event", false, {}, {}, { type: "reopened" }],
  ["asks nobody again within the days", false, {}, { surveyedAt: NOW - 90 * DAY_MS + 1 }, {}],
  ["asks again after them", true, {}, { surveyedAt: NOW - 90 * DAY_MS }, {}],
])("%s: %s", (_, asked, ticket, known, { onClose = true, type = "closed" }) => {
  const { satisfaction } = settings();
  const wanted = settings({ satisfaction: { ...satisfaction, survey: { onClose, everyDays: 90 } } });
  const here = facts({ thread: closed, ...known });
  const event: ThreadEvent = { scope: "ticket", type, thread: here.thread, actor: null };
  expect(surveyOf({ ...newTicket(closed), ...ticket }, event, here, wanted, NOW)).toHaveLength(asked ? 1 : 0);
});
