import type { Account, App, Installation, Repository, State } from "./state.ts";

/** Who does something: a person, or an app through its bot. */
export interface Actor {
  account: Account;
  app: App | null;
}

/** Something that webhooks tell of. The payload is complete but for repository, organisation, sender. */
export interface Happening {
  event: string;
  action: string | null;
  repository?: Repository;
  organization?: Account;
  /** Only this installation is told (its own installation events). */
  only?: Installation;
  /** Whose sponsors dashboard is told, instead of apps. */
  sponsored?: Account;
  sender: Account;
  payload: Record<string, unknown>;
}

/** The state and what surrounds it: time, addresses, and the ear of the webhooks. */
export interface World {
  state: State;
  /** Milliseconds since 1970: a real or a simulated clock. */
  now: () => number;
  /** `http://localhost:PORT`, where the pages are; the APIs are below `/api`. */
  origin: string;
  publish: (happening: Happening) => void;
}

/** GitHub's timestamps have whole seconds. */
export function iso(at: number): string {
  return `${new Date(Math.floor(at / 1000) * 1000).toISOString().slice(0, 19)}Z`;
}

export function isoOrNull(at: number | null): string | null {
  return at === null ? null : iso(at);
}
