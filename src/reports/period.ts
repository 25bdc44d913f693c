/** A stretch of time: `until` is not in it. Milliseconds since 1970. */
export interface Period {
  since: number;
  until: number;
}

export function within(at: number, { since, until }: Period): boolean {
  return at >= since && at < until;
}

/** The stretch of the same length right before. */
export function before({ since, until }: Period): Period {
  return { since: since - (until - since), until: since };
}
