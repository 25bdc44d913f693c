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
  sponsorship: 400_001,
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
  sponsorship: "S",
};

export interface Identity {
  id: number;
  nodeId: string;
}

/** MessagePack: a number in as many bytes as it needs from four on, as GitHub writes ids. */
function packed(id: number): Buffer {
  if (id < 0x80) return Buffer.from([id]);
  const wide = id > 0xffff_ffff;
  const bytes = Buffer.alloc(wide ? 9 : 5);
  bytes[0] = wide ? 0xcf : 0xce;
  if (wide) bytes.writeBigUInt64BE(BigInt(id), 1);
  else bytes.writeUInt32BE(id, 1);
  return bytes;
}

/**
 * The next integer id of a kind, and its node id as GitHub makes them today: a prefix for the type and, in
 * base 64, the MessagePack list `[0, repository id, id]`, or `[0, id]` for what belongs to no repository.
 */
export function newIdentity(
  state: State,
  kind: Kind,
  { repositoryId, prefix = PREFIX[kind] }: { repositoryId?: number; prefix?: string } = {},
): Identity {
  const id = state.counters.get(kind) ?? FIRST[kind];
  state.counters.set(kind, id + 1);
  const list = [0, ...(repositoryId === undefined ? [] : [repositoryId]), id];
  const bytes = Buffer.concat([Buffer.from([0x90 | list.length]), ...list.map(packed)]);
  return { id, nodeId: `${prefix}_${bytes.toString("base64url")}` };
}

/** Makes an entity findable by its node id. */
export function register<T extends Entity>(state: State, entity: T): T {
  state.nodes.set(entity.nodeId, entity);
  return entity;
}
