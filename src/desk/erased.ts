import { createHash } from "node:crypto";
import { GHOST } from "../ticket/person.ts";
import type { Erased, Ticket } from "../ticket/ticket.ts";

/** By what an erased person is known again on one ticket, and nothing else is known of them. */
export function erasedMark({ salt }: Pick<Erased, "salt">, login: string): string {
  return createHash("sha256").update(`${salt}${login.toLowerCase()}`).digest("hex").slice(0, 32);
}

/** What stands for them where their word is counted: what stands for the reporter, or nobody else's name. */
export function erasedName({ author }: Pick<Erased, "author">, mark: string): string {
  return mark === author ? GHOST : `erased ${mark}`;
}

/** Under what name a person's word is counted on a ticket: the same as before, were they erased from it meanwhile. */
export function countedAs({ erased }: Pick<Ticket, "erased">, login: string): string {
  if (!erased) return login;
  const mark = erasedMark(erased, login);
  return erased.marks.includes(mark) ? erasedName(erased, mark) : login;
}
