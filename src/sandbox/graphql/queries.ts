import { sees } from "../caller.ts";
import { accountByLogin, repositoryByName } from "../state/access.ts";
import type { Account, Entity } from "../state/state.ts";
import { iso } from "../state/world.ts";
import { labelsOf } from "../views/thread.ts";
import { connection, type Page } from "./connection.ts";
import { type Context, failure, reads, repositoryOf, type Resolved, unresolved } from "./context.ts";
import { accountNode, actorNode, categoryNode, labelNode, viewerId } from "./objects.ts";
import { isOwner, sponsorshipsAsMaintainer } from "./sponsors.ts";
import { commentNode, repositoryNode, threadNode } from "./threads.ts";

/** GitHub takes so many ids in one `nodes` field. */
const MAX_IDS = 100;

/** What a node id stands for, or an error: what may not be read is not found. */
export function nodeOf(context: Context, id: string): Resolved {
  const found = context.world.state.nodes.get(id);
  const node = found && nodeView(context, found);
  if (!node) throw unresolved("a node", id);
  return node;
}

function nodeView(context: Context, found: Entity): Resolved | null {
  const { state } = context.world;
  switch (found.is) {
    case "issue":
    case "discussion":
      return reads(context, found) ? threadNode(context, found) : null;
    case "comment":
      return reads(context, found) ? commentNode(context, found) : null;
    case "repository":
      return sees(state, context.caller, found) ? repositoryNode(context, found) : null;
    case "account":
      return accountNode(context, found);
    case "label":
      return sees(state, context.caller, repositoryOf(context, found)) ? labelNode(context, found) : null;
    case "category":
      return sees(state, context.caller, repositoryOf(context, found)) ? categoryNode(found) : null;
    case "team":
    case "app":
    case "installation":
      return null;
  }
}

function repository(context: Context, { owner, name }: { owner: string; name: string }): Resolved {
  const found = repositoryByName(context.world.state, `${owner}/${name}`);
  if (found && sees(context.world.state, context.caller, found)) return repositoryNode(context, found);
  throw failure("NOT_FOUND", `Could not resolve to a Repository with the name '${owner}/${name}'.`);
}

function rateLimit(context: Context): Resolved {
  const { limit, remaining, used, reset } = context.rateLimit();
  return { cost: 1, limit, remaining, used, nodeCount: 0, resetAt: iso(reset * 1000) };
}

/** Words and the qualifiers `repo:`, `is:`, `label:`, over titles and bodies. */
function search(context: Context, args: Page & { query: string; type: string }): Resolved {
  const terms = args.query.match(/\S+:"[^"]*"|\S+/g) ?? [];
  const value = (term: string) =>
    term
      .slice(term.indexOf(":") + 1)
      .replace(/^"|"$/g, "")
      .toLowerCase();
  const qualifiers = (name: string) => terms.filter((term) => term.startsWith(`${name}:`)).map(value);
  const words = terms.filter((term) => !/^\w+:/.test(term)).map((word) => word.toLowerCase());
  const repositories = [...context.world.state.repositories.values()].filter((r) =>
    sees(context.world.state, context.caller, r),
  );
  const named = qualifiers("repo");
  const found = repositories
    .filter(
      (r) => named.length === 0 || named.some((name) => repositoryByName(context.world.state, name) === r),
    )
    .flatMap((r) => {
      const threads = args.type === "DISCUSSION" ? [...r.discussions.values()] : [...r.issues.values()];
      return threads.filter((thread) => {
        const text = `${thread.title}\n${thread.body}`.toLowerCase();
        const labels = labelsOf(r, thread).map((label) => label.name.toLowerCase());
        const states = qualifiers("is").filter((word) => word === "open" || word === "closed");
        return (
          !thread.deleted &&
          !thread.movedTo &&
          reads(context, thread) &&
          words.every((word) => text.includes(word)) &&
          qualifiers("label").every((name) => labels.includes(name)) &&
          states.every((state) => thread.state === state)
        );
      });
    });
  const list = connection("search", found, args, (thread) => threadNode(context, thread));
  return { ...list, issueCount: found.length, discussionCount: found.length };
}

/** The root of queries. */
export function queryRoot(context: Context): Resolved {
  return {
    repository: (args: { owner: string; name: string }) => repository(context, args),
    node: ({ id }: { id: string }) => nodeOf(context, id),
    nodes: ({ ids }: { ids: string[] }) => {
      if (ids.length > MAX_IDS) {
        const message = `You may not provide more than ${MAX_IDS} node ids; you provided ${ids.length}.`;
        throw failure("ARGUMENT_LIMIT", message);
      }
      // One bad id is an error of its own, beside the good ones.
      return ids.map((id) => () => nodeOf(context, id)).map(caught);
    },
    rateLimit: () => rateLimit(context),
    viewer: () => actorNode(context, viewerId(context)),
    user: ({ login }: { login: string }) => accountOf(context, login, "User"),
    organization: ({ login }: { login: string }) => accountOf(context, login, "Organization"),
    repositoryOwner: ({ login }: { login: string }) => {
      const account = accountByLogin(context.world.state, login);
      return account && !account.deleted && account.type !== "Bot" ? ownerNode(context, account) : null;
    },
    search: (args: Page & { query: string; type: string }) => search(context, args),
  };
}

function caught(read: () => Resolved): Resolved | Error {
  try {
    return read();
  } catch (error) {
    return error instanceof Error ? error : new Error(String(error));
  }
}

function accountOf(context: Context, login: string, type: "User" | "Organization"): Resolved {
  const account = accountByLogin(context.world.state, login);
  if (account?.type !== type) {
    throw failure("NOT_FOUND", `Could not resolve to a ${type} with the login of '${login}'.`);
  }
  return ownerNode(context, account);
}

function ownerNode(context: Context, account: Account): Resolved {
  return {
    ...accountNode(context, account),
    ...(account.type === "User"
      ? { isViewer: viewerId(context) === account.id }
      : { viewerCanAdminister: isOwner(context, account) }),
    sponsorshipsAsMaintainer: sponsorshipsAsMaintainer(context, account),
  };
}
