import type { Decision } from "./decide.ts";

/** Two decisions in a row as one: the second began with the ticket that the first left. */
export function followedBy(first: Decision, second: Decision): Decision {
  return {
    ticket: second.ticket,
    plan: [...first.plan, ...second.plan],
    lessons: [...first.lessons, ...second.lessons],
    because: [...first.because, ...second.because],
  };
}
