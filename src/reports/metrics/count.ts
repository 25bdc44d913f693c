/** How often something was done, and what became of it. */
export interface Count {
  given: number;
  right: number;
  wrong: number;
  missed: number;
}

export const nothing = (): Count => ({ given: 0, right: 0, wrong: 0, missed: 0 });

/** The count of one subject, begun where there is none yet. */
export function countOf(counts: Map<string, Count>, subject: string): Count {
  const count = counts.get(subject) ?? nothing();
  counts.set(subject, count);
  return count;
}
