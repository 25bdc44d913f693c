/** How an earlier ticket stands: what there is to say about it differs. */
export type OriginalState =
  | { type: "open" }
  | { type: "fixed"; version: string }
  | { type: "done" }
  /** Closed without a fix: the new ticket may be a regression. */
  | { type: "unfixed" };

/** What GitHub says of an earlier ticket. */
export interface Original {
  number: number;
  state: "open" | "closed";
  stateReason: string | null;
  /** The milestone's title or the release that brought the fix, if known. */
  fixedIn: string | null;
}

export function originalState({ state, stateReason, fixedIn }: Original): OriginalState {
  if (state === "open") return { type: "open" };
  if (fixedIn !== null) return { type: "fixed", version: fixedIn };
  return stateReason === "completed" || stateReason === "RESOLVED" ? { type: "done" } : { type: "unfixed" };
}

const ORDER = ["open", "fixed", "done", "unfixed"] as const;

/** Open originals first, then what was fixed, then the rest; among equals the order stays. */
export function openFirst<T extends Original>(originals: readonly T[]): T[] {
  const place = (original: T) => ORDER.indexOf(originalState(original).type);
  return [...originals].sort((a, b) => place(a) - place(b));
}
