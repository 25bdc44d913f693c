import { saysUseless } from "../kb/solution.ts";
import { type CommandReply, commandReply } from "../messages/command-reply.ts";
import type { Action, CommentSlot } from "../ticket/action.ts";
import { type Command, mayCommand, type Mistake } from "./commands.ts";
import type { Decision } from "./decide.ts";
import { answer, duplicate, notHelpful, why } from "./help-commands.ts";
import { kind, label, priority } from "./label-commands.ts";
import { voiceOf } from "./reply.ts";
import { redeem } from "./credits.ts";
import { assign, escalate, report, sla, unassign, waiting } from "./service-commands.ts";
import { type Obeyed, obeyed, type Order } from "./obeyed.ts";
import { undo } from "./undo.ts";
import { disappointment, praise } from "./verdict.ts";
import { withVerdict } from "./unsay.ts";

/**
 * Obeys the commands of a comment in their order. Each comment is answered by one reaction: thumbs-up when all of it was
 * done, confused when something was not; words come only where somebody asked for them or cannot know what went wrong.
 * What stands in the comment besides is for people.
 */
export function obey(order: Order, commands: readonly Command[], mistakes: readonly Mistake[]): Decision {
  const { comment, settings } = order;
  const permitted = commands.filter(({ name }) => mayCommand(name, partOf(order)));
  let { ticket } = order;
  const decision: Decision = { ticket, plan: [], lessons: [], because: [] };
  const replies: CommandReply[] = [];
  let failed = permitted.length < commands.length;
  for (const command of lastWords(permitted)) {
    const done = obeyOne({ ...order, ticket }, command);
    if (done.reply) replies.push(done.reply);
    if (!done.ok) {
      failed = true;
      continue;
    }
    ticket = { ...done.ticket, ...(done.undo ? { undo: withVerdict(done.undo, done.lessons, order) } : {}) };
    decision.plan.push(...done.plan.map((action) => inTheirName(action, order)));
    decision.lessons.push(...done.lessons);
    decision.because.push(done.because);
  }
  const hint = hintFor(order, commands, mistakes);
  if (hint) replies.push(hint);
  const slot: CommentSlot = `reply:${comment.nodeId}`;
  const said: Action[] =
    replies.length > 0
      ? [{ type: "comment", slot, body: commandReply(voiceOf(ticket, settings), slot, replies) }]
      : [];
  const content = failed || mistakes.length > 0 ? "confused" : "+1";
  const react: Action = { type: "react", commentNodeId: comment.nodeId, content };
  return {
    ...decision,
    ticket: hint ? { ...ticket, hinted: true } : ticket,
    plan: [...decision.plan, react, ...said],
  };
}

/** What a command decides, where another one in the same comment may decide otherwise; null: nothing like that. */
function decides(command: Command): "kind" | "priority" | "state" | "hold" | null {
  switch (command.name) {
    case "kind":
    case "priority":
      return command.name;
    case "close":
    case "reopen":
      return "state";
    case "sla":
      return command.what === "show" ? null : "hold";
    default:
      return null;
  }
}

/**
 * Of several words on the same thing the last one counts: obeyed one by one, two kinds would both get their label. What an
 * `/undo` between them takes back is there to be taken back.
 */
function lastWords(commands: readonly Command[]): Command[] {
  return commands.filter((command, place) => {
    const about = decides(command);
    const rest = commands.slice(place + 1);
    const undone = rest.findIndex(({ name }) => name === "undo");
    const later = undone < 0 ? rest : rest.slice(0, undone);
    return about === null || !later.some((one) => decides(one) === about);
  });
}

/**
 * What a command does to labels and to the ticket's state is the doing of who gave it. Labels of triage are not: that
 * wish may hold what we had guessed before.
 */
function inTheirName(action: Action, { facts }: Order): Action {
  const orderedBy = facts.actor.team ? "team" : "reporter";
  switch (action.type) {
    case "label":
      return action.slot === "triage" ? action : { ...action, orderedBy };
    case "unlabel":
    case "close":
    case "reopen":
      return { ...action, orderedBy };
    default:
      return action;
  }
}

const partOf = ({ by, ticket, facts }: Pick<Order, "by" | "ticket" | "facts">) => ({
  team: facts.actor.team,
  reporter: by === ticket.author,
});

/** A typo, or a command that is not for the reporter, is explained once a ticket: whoever writes on knows by then. */
function hintFor(
  order: Order,
  commands: readonly Command[],
  mistakes: readonly Mistake[],
): CommandReply | null {
  if (order.ticket.hinted) return null;
  const [mistake] = mistakes;
  if (mistake) return correctionOf(mistake);
  const refused = commands.find(({ name }) => !mayCommand(name, partOf(order)));
  return refused && partOf(order).reporter ? { type: "team-only", command: `/${refused.name}` } : null;
}

function correctionOf({ text, meant, usage }: Mistake): CommandReply {
  const command = text.split(/\s/, 1)[0] ?? text;
  const known = command.toLowerCase() === `/${meant}`;
  return known ? { type: "usage", usage } : { type: "unknown", command, suggestion: usage };
}

function obeyOne(order: Order, command: Command): Obeyed {
  const { ticket, facts } = order;
  const closed = facts.thread.state === "closed";
  switch (command.name) {
    case "priority":
      return priority(order, command.level);
    case "kind":
      return kind(order, command.kind);
    case "label":
      return label(order, command.label);
    case "assign":
      return assign(order, command.logins);
    case "unassign":
      return unassign(order, command.logins);
    case "waiting":
      return waiting(order);
    case "sla":
      return sla(order, command.what);
    case "escalate":
      return escalate(order, command.reason);
    case "redeem":
      return redeem(order, command.credits);
    case "duplicate":
      return duplicate(order, command.of);
    case "answer":
      return answer(order, command.article);
    case "why":
      return why(order);
    case "improved":
      return obeyed(order, {
        ticket: { ...ticket, improvement: command.ref },
        because: `/improved ${command.ref} by ${order.by}`,
        undo: { fields: { improvement: ticket.improvement ?? null } },
      });
    case "report":
      return report(order);
    case "undo":
      return undo(order);
    case "help":
      return obeyed(order, { because: "/help", reply: { type: "help" } });
    case "mute":
      return obeyed(order, {
        ticket: { ...ticket, muted: true },
        because: `/mute by ${order.by}`,
        undo: { fields: { muted: ticket.muted ?? false } },
      });
    case "close":
      return obeyed(order, {
        plan: closed ? [] : [{ type: "close", reason: "completed" }],
        lessons: closed || saysUseless(order.comment.body) ? [] : praise(ticket, facts, null, order.now),
        because: `/close by ${order.by}`,
        undo: closed ? null : { actions: [{ type: "reopen" }] },
      });
    case "reopen":
      return obeyed(order, {
        plan: closed ? [{ type: "reopen" }] : [],
        lessons: closed ? disappointment(ticket, facts, order.now) : [],
        because: `/reopen by ${order.by}`,
        undo: closed ? { actions: [{ type: "close", reason: "completed" }] } : null,
      });
    case "not-helpful":
      return notHelpful(order);
  }
}
