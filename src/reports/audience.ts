import { type Fact, inOrder, isSaidElsewhere, type Rated } from "../ticket/fact.ts";

/**
 * What of a ticket's facts the readers of a figure may know, in the order in which it happened. `confidential`: for a
 * private place, where a private customer's promises stand instead of what the public was to believe, and where the
 * answers to surveys elsewhere count. In public none of these does, whoever gave them: what nobody can see on the thread
 * would tell of who is a customer.
 */
export function factsFor(timeline: readonly Fact[], confidential: boolean): Fact[] {
  const isHidden = (fact: Fact) => fact.type === "sla" && fact.private === true;
  const served = confidential && timeline.some(isHidden);
  const isTold = (fact: Fact) =>
    fact.type === "sla" ? isHidden(fact) === served : confidential || !isSaidElsewhere(fact);
  const facts = timeline.filter(isTold).sort(inOrder);
  return facts.some(isSaidElsewhere) ? whatStands(facts) : facts;
}

/** Whoever takes back what they said on the thread is left with what they had said elsewhere. */
function whatStands(facts: readonly Fact[]): Fact[] {
  const elsewhere = new Map<string, Rated>();
  return facts.map((fact) => {
    if (fact.type !== "rated") return fact;
    const person = fact.by.toLowerCase();
    if (isSaidElsewhere(fact)) elsewhere.set(person, fact);
    const before = elsewhere.get(person);
    return fact.rating === null && before ? { ...before, at: fact.at } : fact;
  });
}
