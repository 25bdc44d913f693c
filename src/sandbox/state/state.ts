import type { Comment, Discussion, Issue } from "./thread.ts";

export type Role = "read" | "triage" | "write" | "maintain" | "admin";

/** A user, a bot or an organisation. A deleted account stays in the maps, and is shown as `null`. */
export interface Account {
  is: "account";
  id: number;
  nodeId: string;
  login: string;
  type: "User" | "Bot" | "Organization";
  name: string | null;
  createdAt: number;
  deleted: boolean;
  /** An organisation's people; private members are not told apart by `author_association`. */
  members: Map<number, { role: "admin" | "member"; public: boolean }>;
  /** Who sponsors this account, by the sponsor's id. */
  sponsors: Map<number, Sponsoring>;
}

/** A sponsorship: so many dollars a month, or once. */
export interface Sponsoring {
  nodeId: string;
  dollars: number;
  private: boolean;
  oneTime: boolean;
  createdAt: number;
}

/** Where a webhook goes and what signs it: an app's, or that of an account's sponsors dashboard. */
export interface Hook {
  id: number;
  webhookUrl: string | null;
  webhookSecret: string;
}

export interface Team {
  is: "team";
  id: number;
  nodeId: string;
  slug: string;
  name: string;
  description: string | null;
  organizationId: number;
  members: Set<number>;
  repositories: Map<number, Role>;
}

export interface Label {
  is: "label";
  id: number;
  nodeId: string;
  repositoryId: number;
  name: string;
  color: string;
  description: string | null;
  default: boolean;
  createdAt: number;
}

export interface Category {
  is: "category";
  id: number;
  nodeId: string;
  repositoryId: number;
  name: string;
  slug: string;
  emoji: string;
  description: string;
  answerable: boolean;
  createdAt: number;
}

/** A file of the default branch; its blob id is git's own. */
export interface File {
  path: string;
  content: Buffer;
  sha: string;
}

export interface Commit {
  sha: string;
  treeSha: string;
  message: string;
  authorId: number;
  at: number;
  parent: string | null;
  added: string[];
  modified: string[];
  removed: string[];
}

export interface Repository {
  is: "repository";
  id: number;
  nodeId: string;
  ownerId: number;
  name: string;
  description: string | null;
  private: boolean;
  archived: boolean;
  hasIssues: boolean;
  hasDiscussions: boolean;
  privateReporting: boolean;
  defaultBranch: string;
  deleted: boolean;
  createdAt: number;
  updatedAt: number;
  pushedAt: number;
  /** Issues and discussions share one number space. */
  nextNumber: number;
  labels: Label[];
  issues: Map<number, Issue>;
  discussions: Map<number, Discussion>;
  categories: Category[];
  files: Map<string, File>;
  commits: Commit[];
  collaborators: Map<number, Role>;
}

export type Level = "read" | "write";

export interface App {
  is: "app";
  id: number;
  nodeId: string;
  slug: string;
  name: string;
  ownerId: number;
  botId: number;
  /** PEM: what App JWTs are verified with. */
  publicKey: string;
  webhookUrl: string | null;
  webhookSecret: string;
  permissions: Record<string, Level>;
  events: string[];
  createdAt: number;
}

export interface Installation {
  is: "installation";
  id: number;
  nodeId: string;
  appId: number;
  accountId: number;
  permissions: Record<string, Level>;
  events: string[];
  /** `null`: all repositories of the account. */
  repositoryIds: Set<number> | null;
  suspendedAt: number | null;
  suspendedById: number | null;
  createdAt: number;
  updatedAt: number;
  deleted: boolean;
}

/** What a token may do: an installation's, perhaps narrowed, or a person's. */
export type Token =
  | {
      for: "installation";
      installationId: number;
      permissions: Record<string, Level>;
      repositoryIds: Set<number> | null;
      expiresAt: number;
    }
  | { for: "user"; accountId: number };

/** One attempt at handing an event to an app's webhook URL. Times in milliseconds. */
export interface Delivery {
  id: number;
  guid: string;
  appId: number;
  installationId: number | null;
  repositoryId: number | null;
  event: string;
  action: string | null;
  deliveredAt: number;
  redelivery: boolean;
  /** Seconds, as GitHub gives them. */
  duration: number;
  status: string;
  statusCode: number;
  url: string;
  request: { headers: Record<string, string>; body: string };
  response: { headers: Record<string, string>; body: string };
}

export type Entity =
  | Account
  | Team
  | Label
  | Category
  | Repository
  | App
  | Installation
  | Issue
  | Discussion
  | Comment;

/** Everything that this GitHub knows. */
export interface State {
  counters: Map<string, number>;
  /** By node id: accounts, repositories, labels, threads, comments ... */
  nodes: Map<string, Entity>;
  accounts: Map<number, Account>;
  teams: Map<number, Team>;
  repositories: Map<number, Repository>;
  /** Former `owner/name`s in lower case, which redirect. */
  redirects: Map<string, number>;
  apps: Map<number, App>;
  /** Webhooks of sponsors dashboards, by the sponsored account's id. Apps are not told of sponsorships. */
  sponsorsHooks: Map<number, Hook>;
  installations: Map<number, Installation>;
  tokens: Map<string, Token>;
  deliveries: Delivery[];
}

export function createState(): State {
  return {
    counters: new Map(),
    nodes: new Map(),
    accounts: new Map(),
    teams: new Map(),
    repositories: new Map(),
    redirects: new Map(),
    apps: new Map(),
    sponsorsHooks: new Map(),
    installations: new Map(),
    tokens: new Map(),
    deliveries: [],
  };
}
