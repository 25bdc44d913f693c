import type { Account } from "../state/state.ts";
import type { World } from "../state/world.ts";
import { ownerActs, repositoryActs } from "./administration.ts";
import { handOf } from "./place.ts";
import { commentActs, threadActs, triageActs } from "./threads.ts";

/** Everything that a person can do here. Each act is checked against their role, as on GitHub. */
export function createPerson(world: World, account: Account) {
  const hand = handOf(world, account);
  return {
    login: account.login,
    ...threadActs(hand),
    ...triageActs(hand),
    ...commentActs(hand),
    ...repositoryActs(hand),
    ...ownerActs(hand),
  };
}

export type Person = ReturnType<typeof createPerson>;
