import { createTeam, deleteAccount, ensureAccount } from "./operations/accounts.ts";
import { commitFiles } from "./operations/files.ts";
import { createApp, install, newSecret } from "./operations/installations.ts";
import { createRepository, type NewRepository } from "./operations/repositories.ts";
import { accountNamed, type Place, repositoryNamed, threadAt } from "./people/place.ts";
import { createPerson, type Person } from "./people/person.ts";
import { must } from "./state/access.ts";
import { newIdentity } from "./state/identity.ts";
import type { Delivery, Level } from "./state/state.ts";
import type { Comment, Thread } from "./state/thread.ts";
import type { Actor, World } from "./state/world.ts";
import { labelsOf } from "./views/thread.ts";

export interface AppRequest {
  slug?: string;
  /** The user or organisation on which it is installed. */
  account: string;
  permissions: Record<string, Level>;
  events: string[];
  /** `owner/name`s; none: all of the account. */
  repositories?: string[];
  webhookSecret?: string;
}

export interface InstalledApp {
  appId: number;
  slug: string;
  privateKey: string;
  webhookSecret: string;
  installationId: number;
}

export interface RepositoryRequest extends Omit<NewRepository, "name"> {
  files?: Record<string, string>;
}

function named(world: World, login: string): Actor {
  return { account: accountNamed(world, login), app: null };
}

/** How a sandbox is furnished with people and repositories. */
export function furnishing(world: World) {
  return {
    createUser(login: string, name: string | null = null): Person {
      return createPerson(world, ensureAccount(world, login, "User", name));
    },
    createOrganization(login: string, people: { admins: string[]; members?: string[] }): void {
      const { members } = ensureAccount(world, login, "Organization");
      for (const admin of people.admins) {
        members.set(ensureAccount(world, admin).id, { role: "admin", public: true });
      }
      for (const member of people.members ?? []) {
        members.set(ensureAccount(world, member).id, { role: "member", public: false });
      }
    },
    createTeam(organization: string, name: string, logins: string[]): void {
      const team = createTeam(world, accountNamed(world, organization), name);
      for (const login of logins) team.members.add(ensureAccount(world, login).id);
    },
    /** `owner/name`; an unknown owner becomes a user. */
    createRepository(fullName: string, { files, ...fields }: RepositoryRequest = {}): void {
      const [owner = "", name = ""] = fullName.split("/");
      const actor: Actor = { account: ensureAccount(world, owner), app: null };
      const repository = createRepository(world, actor, actor.account, { ...fields, name });
      commitFiles(world, actor, repository, files ?? { "README.md": `# ${name}\n` }, "Begin");
    },
    /** The account goes; what it wrote stays, with nobody as its author. */
    deleteUser(login: string): void {
      deleteAccount(accountNamed(world, login));
    },
  };
}

/** Apps and credentials. */
export function admitting(world: World) {
  const { state } = world;
  const repositoriesNamed = (names: string[] | undefined) =>
    names ? names.map((name) => repositoryNamed(world, name)) : null;
  return {
    /** A token with which this person can use the APIs. */
    tokenOf(login: string): string {
      const token = `ghp_${newSecret()}`;
      state.tokens.set(token, { for: "user", accountId: accountNamed(world, login).id });
      return token;
    },
    /** A new app, installed on an account. Its key is made at run time and given once. */
    installApp(request: AppRequest): InstalledApp {
      const actor = named(world, request.account);
      const slug = request.slug ?? "desk";
      const webhookSecret = request.webhookSecret ?? newSecret();
      const { permissions, events } = request;
      const { app, privateKey } = createApp(world, {
        slug,
        name: slug,
        owner: actor.account,
        permissions,
        events,
        webhookSecret,
      });
      const chosen = repositoriesNamed(request.repositories);
      const installation = install(world, actor, app, actor.account, chosen);
      return { appId: app.id, slug, privateKey, webhookSecret, installationId: installation.id };
    },
    /** The same app on another account; gives the new installation's id. */
    installOn(appId: number, account: string, repositories?: string[]): number {
      const actor = named(world, account);
      const app = must(state.apps.get(appId), `the app ${appId}`);
      return install(world, actor, app, actor.account, repositoriesNamed(repositories)).id;
    },
    /** The webhook of an account's sponsors dashboard; gives its secret. */
    setSponsorsWebhook(login: string, url: string, secret = newSecret()): string {
      const { id } = newIdentity(state, "app");
      state.sponsorsHooks.set(accountNamed(world, login).id, { id, webhookUrl: url, webhookSecret: secret });
      return secret;
    },
    /** Where an app, or every app, is sent its webhooks. */
    setWebhookUrl(url: string, appId?: number): void {
      for (const app of state.apps.values()) {
        if (appId === undefined || app.id === appId) app.webhookUrl = url;
      }
    },
  };
}

/** How tests and stories look at what became of it. */
export function looking(world: World) {
  const loginOf = (id: number) => world.state.accounts.get(id)?.login ?? "ghost";
  return {
    thread: (place: Place): Thread => threadAt(world, place),
    labels(place: Place): string[] {
      return labelsOf(repositoryNamed(world, place.repository), threadAt(world, place)).map(
        (label) => label.name,
      );
    },
    assignees(place: Place): string[] {
      const thread = threadAt(world, place);
      return thread.is === "issue" ? thread.assignees.map(loginOf) : [];
    },
    comments(place: Place): (Comment & { author: string })[] {
      return threadAt(world, place).comments.map((comment) => ({
        ...comment,
        author: loginOf(comment.authorId),
      }));
    },
    /** All threads of a repository that are there, by number. */
    threads(repository: string): Thread[] {
      const { issues, discussions } = repositoryNamed(world, repository);
      return [...issues.values(), ...discussions.values()]
        .filter((thread) => !thread.deleted && !thread.movedTo)
        .sort((a, b) => a.number - b.number);
    },
    deliveries: (): Delivery[] => world.state.deliveries,
  };
}
