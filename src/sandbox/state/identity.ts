import type { Entity, State } from "./state.ts";

/**
 * Where each kind of id starts. Issues, their comments and labels lie above 2^31, as on github.com, so that
 * whoever keeps them in 32 bits learns of it here.
 */
const FIRST = {
  account: 90_000_001,
  team: 5_000_001,
  repository: 700_000_001,
  label: 6_000_000_001,
  category: 40_000_001,
  issue: 3_200_000_001,
  discussion: 7_000_001,
  issueComment: 3_500_000_001,
  discussionComment: 11_000_001,
  reaction: 310_000_001,
  event: 15_000_000_001,
  app: 1_100_001,
  installation: 60_000_001,
  delivery: 150_000_000_001,
};
export type Kind = keyof typeof FIRST;

const PREFIX: Record<Kind, string> = {
  account: "U",
  team: "T",
  repository: "R",
  label: "LA",
  category: "DIC",
  issue: "I",
  discussion: "D",
  issueComment: "IC",
  discussionComment: "DC",
  reaction: "REA",
  event: "EV",
  app: "A",
  installation: "IN",
  delivery: "HD",
};

export interface Identity {
  id: number;
  nodeId: string;
}

/** The next integer id of a kind and its opaque node id, which carries GitHub's prefix of the type. */
export function newIdentity(state: State, kind: Kind, prefix = PREFIX[kind]): Identity {
  const id = state.counters.get(kind) ?? FIRST[kind];
  state.counters.set(kind, id + 1);
  return { id, nodeId: `${prefix}_kwDO${Buffer.from(`${kind}:${id}`).toString("base64url")}` };
}

/** Makes an entity findable by its node id. */
export function register<T extends Entity>(state: State, entity: T): T {
  state.nodes.set(entity.nodeId, entity);
  return entity;
}
