import { fullNameOf, ownerOf } from "../state/access.ts";
import type { Account, Category, Label, Repository } from "../state/state.ts";
import type { Comment, Reaction, Thread } from "../state/thread.ts";
import { iso } from "../state/world.ts";
import { repositoryPage } from "../views/repository.ts";
import { commentPage, threadPage } from "../views/thread.ts";
import { connection, type Page } from "./connection.ts";
import { type Context, repositoryOf, type Resolved } from "./context.ts";

/** Who did something; nobody when the account is gone. GraphQL leaves `[bot]` off a bot's login. */
export function actorNode(context: Context, id: number | null): Resolved | null {
  const account = id === null ? undefined : context.world.state.accounts.get(id);
  return account && !account.deleted ? accountNode(context, account) : null;
}

export function accountNode(context: Context, account: Account): Resolved {
  const { origin } = context.world;
  const login = account.type === "Bot" ? account.login.replace(/\[bot\]$/, "") : account.login;
  return {
    __typename: account.type,
    id: account.nodeId,
    databaseId: account.id,
    login,
    name: account.name,
    createdAt: iso(account.createdAt),
    updatedAt: iso(account.createdAt),
    avatarUrl: `${origin}/avatars/u/${account.id}?v=4`,
    resourcePath: `/${login}`,
    url: `${origin}/${login}`,
  };
}

export function labelNode(context: Context, label: Label): Resolved {
  const repository = () => repositoryOf(context, label);
  return {
    __typename: "Label",
    id: label.nodeId,
    name: label.name,
    color: label.color,
    description: label.description,
    isDefault: label.default,
    createdAt: iso(label.createdAt),
    updatedAt: iso(label.createdAt),
    url: () => `${repositoryPage(context.world, repository())}/labels/${encodeURIComponent(label.name)}`,
    resourcePath: () =>
      `/${fullNameOf(context.world.state, repository())}/labels/${encodeURIComponent(label.name)}`,
  };
}

export function categoryNode(category: Category): Resolved {
  return {
    __typename: "DiscussionCategory",
    id: category.nodeId,
    name: category.name,
    slug: category.slug,
    emoji: category.emoji,
    emojiHTML: category.emoji,
    description: category.description,
    isAnswerable: category.answerable,
    createdAt: iso(category.createdAt),
    updatedAt: iso(category.createdAt),
  };
}

/** GraphQL's names of the reactions, in the order in which GitHub lists the groups. */
export const REACTION_NAMES = {
  THUMBS_UP: "+1",
  THUMBS_DOWN: "-1",
  LAUGH: "laugh",
  HOORAY: "hooray",
  CONFUSED: "confused",
  HEART: "heart",
  ROCKET: "rocket",
  EYES: "eyes",
} as const;
export type ReactionName = keyof typeof REACTION_NAMES;

export function reactionNode(context: Context, reaction: Reaction): Resolved {
  const names = Object.entries(REACTION_NAMES);
  return {
    __typename: "Reaction",
    id: reaction.nodeId,
    databaseId: reaction.id,
    content: names.find(([, content]) => content === reaction.content)?.[0],
    createdAt: iso(reaction.createdAt),
    // The schema knows users only: an app's own reaction has nobody.
    user: () => {
      const account = context.world.state.accounts.get(reaction.userId);
      return account?.type === "User" ? actorNode(context, account.id) : null;
    },
  };
}

/** Groups of reactions: one for each content, also those that nobody chose. */
export function reactionGroups(context: Context, reactions: Reaction[], viewerId: number | null): Resolved[] {
  return Object.entries(REACTION_NAMES).map(([name, content]) => {
    const found = reactions.filter((reaction) => reaction.content === content);
    const people = (field: string) => (page: Page) =>
      connection(field, found, page, (reaction) => actorNode(context, reaction.userId));
    return {
      content: name,
      createdAt: found[0] ? iso(found[0].createdAt) : null,
      reactors: people("reactors"),
      users: people("users"),
      viewerHasReacted: found.some((reaction) => reaction.userId === viewerId),
    };
  });
}

export function viewerId(context: Context): number | null {
  const { caller } = context;
  if (caller.as === "user") return caller.account.id;
  return caller.as === "installation" ? caller.app.botId : null;
}

/** What everything that people react to has. */
export function reactable(context: Context, subject: Thread | Comment): Resolved {
  return {
    reactionGroups: () => reactionGroups(context, subject.reactions, viewerId(context)),
    reactions: (
      args: Page & { content?: ReactionName | null; orderBy?: { direction: "ASC" | "DESC" } | null },
    ) => {
      const wanted = args.content ? REACTION_NAMES[args.content] : null;
      const found = subject.reactions
        .filter((reaction) => !wanted || reaction.content === wanted)
        .sort((a, b) => a.createdAt - b.createdAt || a.id - b.id);
      if (args.orderBy?.direction === "DESC") found.reverse();
      return connection("reactions", found, args, (reaction) => reactionNode(context, reaction));
    },
    viewerCanReact: context.caller.as !== "nobody",
  };
}

/** Addresses of threads and comments. */
export function addressed(context: Context, thing: Thread | Comment): Resolved {
  const repository = repositoryOf(context, thing);
  const { world } = context;
  const url =
    thing.is === "comment" ? commentPage(world, repository, thing) : threadPage(world, repository, thing);
  return { url, resourcePath: url.slice(world.origin.length) };
}

/** Labels and categories of a repository: one by name, or all of them. */
function labelFields(context: Context, { labels, categories }: Repository): Resolved {
  return {
    label: ({ name }: { name: string }) => {
      const found = labels.find((label) => label.name.toLowerCase() === name.toLowerCase());
      return found ? labelNode(context, found) : null;
    },
    labels: (page: Page & { query?: string | null }) => {
      const found = labels.filter((label) => !page.query || label.name.includes(page.query));
      return connection("labels", found, page, (label) => labelNode(context, label));
    },
    discussionCategory: ({ slug }: { slug: string }) => {
      const found = categories.find((category) => category.slug === slug);
      return found ? categoryNode(found) : null;
    },
    discussionCategories: (page: Page) => connection("discussionCategories", categories, page, categoryNode),
  };
}

/** The parts of a repository that need no threads. */
export function repositoryBase(context: Context, repository: Repository): Resolved {
  const { state } = context.world;
  const url = repositoryPage(context.world, repository);
  return {
    __typename: "Repository",
    id: repository.nodeId,
    databaseId: repository.id,
    name: repository.name,
    nameWithOwner: fullNameOf(state, repository),
    description: repository.description,
    owner: () => accountNode(context, ownerOf(state, repository)),
    isPrivate: repository.private,
    isArchived: repository.archived,
    isDisabled: false,
    isFork: false,
    visibility: repository.private ? "PRIVATE" : "PUBLIC",
    hasIssuesEnabled: repository.hasIssues,
    hasDiscussionsEnabled: repository.hasDiscussions,
    createdAt: iso(repository.createdAt),
    updatedAt: iso(repository.updatedAt),
    pushedAt: iso(repository.pushedAt),
    url,
    resourcePath: url.slice(context.world.origin.length),
    ...labelFields(context, repository),
    defaultBranchRef: () => ({ id: `REF_${repository.nodeId}`, name: repository.defaultBranch }),
  };
}
