/** What must be known of an issue before anybody is pointed to it. */
export interface LinkFacts {
  /** What it was closed as a duplicate of. */
  duplicateOf: number | null;
  /** A thread that not everybody who reads the ticket may read. */
  private: boolean;
  /** A security report: naming it would advertise it. */
  security: boolean;
}

/**
 * Where to point instead of `to`: the root of what it is itself a duplicate of. Null when there is nowhere to point: the
 * chain comes back to `from` (null: it is in another repository) or never ends, leaves what is known, or passes a private or a security thread.
 */
export function linkTarget(
  facts: (number: number) => LinkFacts | undefined,
  from: number | null,
  to: number,
): number | null {
  const passed = new Set(from === null ? [] : [from]);
  let at = to;
  for (;;) {
    const here = facts(at);
    if (!here || here.private || here.security || passed.has(at)) return null;
    if (here.duplicateOf === null) return at;
    passed.add(at);
    at = here.duplicateOf;
  }
}

/** Would calling `from` a duplicate of `to` close a circle? */
export function closesCircle(
  facts: (number: number) => LinkFacts | undefined,
  from: number,
  to: number,
): boolean {
  const passed = new Set<number>();
  for (let at: number | null = to; at !== null && !passed.has(at); at = facts(at)?.duplicateOf ?? null) {
    if (at === from) return true;
    passed.add(at);
  }
  return false;
}
