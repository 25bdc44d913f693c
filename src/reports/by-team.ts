import type { Fact } from "../ticket/fact.ts";

/** Was that the work of a person of the team? Older documents say of an assignment only that it was not the desk's. */
export function byTeam(fact: Fact): boolean {
  switch (fact.type) {
    case "ordered":
      return true;
    case "assigned":
    case "unassigned":
      return (fact.by ?? "team") === "team";
    case "spoke":
    case "labelled":
    case "unlabelled":
    case "closed":
    case "reopened":
      return fact.by === "team";
    default:
      return false;
  }
}
