import { type Caller, demand, type Need } from "../caller.ts";
import { repositoryOf, threadByNumber } from "../operations/threads.ts";
import { accountByLogin, must, repositoryByName } from "../state/access.ts";
import type { Account, Repository } from "../state/state.ts";
import type { Comment, Thread } from "../state/thread.ts";
import type { Actor, World } from "../state/world.ts";

/** Where a thread is: its repository as `owner/name`, and its number. */
export interface Place {
  repository: string;
  number: number;
}

/** What was opened, and how to come back to it. */
export interface Opened extends Place {
  id: number;
  nodeId: string;
}

/** A comment, by which it can be edited, answered and reacted to. */
export interface Said {
  id: number;
  nodeId: string;
}

/** A person at work: what they may do is checked as GitHub would. */
export interface Hand {
  world: World;
  actor: Actor;
  caller: Caller;
}

export function handOf(world: World, account: Account): Hand {
  return { world, actor: { account, app: null }, caller: { as: "user", account } };
}

export function repositoryNamed(world: World, fullName: string): Repository {
  return must(repositoryByName(world.state, fullName), `the repository ${fullName}`);
}

export function accountNamed(world: World, login: string): Account {
  return must(accountByLogin(world.state, login), `the account ${login}`);
}

export function threadAt(world: World, place: Place): Thread {
  const repository = repositoryNamed(world, place.repository);
  return must(threadByNumber(repository, place.number), `the thread ${place.repository}#${place.number}`);
}

export function openedAs(repository: string, thread: Thread): Opened {
  return { repository, number: thread.number, id: thread.id, nodeId: thread.nodeId };
}

/** The thread, if this person holds what is needed there. */
export function threadFor(hand: Hand, place: Place, needed: Need, ownToo = false): Thread {
  const thread = threadAt(hand.world, place);
  const author = ownToo ? thread.authorId : null;
  demand(hand.world.state, hand.caller, repositoryOf(hand.world, thread), needed, author);
  return thread;
}

export function commentSaid(hand: Hand, said: Said): Comment {
  const found = hand.world.state.nodes.get(said.nodeId);
  if (found?.is !== "comment") throw new Error(`no comment ${said.nodeId} in the sandbox`);
  return found;
}
