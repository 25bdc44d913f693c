import type { Repository } from "../ticket/repository.ts";
import type { Person } from "../ticket/thread.ts";
import type { CustomerFacts } from "../triage/facts.ts";

/** Who asks, for the choice of a plan. */
export function customerOf(repository: Repository, author: Person | null): CustomerFacts {
  return {
    requester: { login: author?.login ?? "", organizations: [], teams: [] },
    sources: { files: new Map(), sponsors: new Map(), owner: repository.fullName.split("/")[0] ?? "" },
    credits: new Map(),
  };
}
