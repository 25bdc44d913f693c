import type { CommandReply } from "../messages/command-reply.ts";
import type { Settings } from "../settings/schema.ts";
import type { Action } from "../ticket/action.ts";
import type { Lesson } from "../ticket/lesson.ts";
import type { Comment } from "../ticket/thread.ts";
import type { Ticket } from "../ticket/ticket.ts";
import type { Undo } from "../ticket/undo.ts";
import type { Facts } from "./facts.ts";

/** What a command is obeyed with. `by`: who gave it. */
export interface Order {
  ticket: Ticket;
  comment: Comment;
  by: string;
  facts: Facts;
  settings: Settings;
  now: number;
}

/** What became of a command: what it changes, and what is said beside the reaction. */
export type Obeyed =
  | {
      ok: true;
      ticket: Ticket;
      plan: Action[];
      lessons: Lesson[];
      because: string;
      /** null: nothing that could be undone. */
      undo: Undo | null;
      reply: CommandReply | null;
    }
  | { ok: false; reply: CommandReply | null };

/** A command that was obeyed: what is left out stays as it is. */
export function obeyed(
  { ticket, comment }: Order,
  done: Partial<Omit<Extract<Obeyed, { ok: true }>, "ok" | "undo">> & {
    because: string;
    undo?: Partial<Undo> | null;
  },
): Obeyed {
  const { undo = null, ...rest } = done;
  const nothing = { priority: null, clockEvent: null, refused: null, fields: {}, actions: [] };
  return {
    ok: true,
    ticket,
    plan: [],
    lessons: [],
    reply: null,
    ...rest,
    undo: undo && { comment: comment.nodeId, ...nothing, ...undo },
  };
}

/** A command that cannot be obeyed, with the reason in words; null: the reaction says enough. */
export function refused(reply: CommandReply | null): Obeyed {
  return { ok: false, reply };
}
