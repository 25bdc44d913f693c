import type { Octokit } from "../github/client.ts";
import { readIssueForms } from "../github/issue-forms.ts";
import { readRepository } from "../github/repositories.ts";
import { readSecurityContacts } from "../github/security.ts";
import type { ThreadRef } from "../ticket/thread.ts";
import type { Installation, IssueForm, Repository } from "../ticket/repository.ts";
import type { Desk } from "./desk.ts";
import { newerFile, readSettingsFile } from "./settings.ts";

type Where = Pick<ThreadRef, "installationId" | "repositoryId" | "repository"> & {
  private: boolean;
  archived: boolean;
  updatedAt: number;
};

/**
 * What we know of the thread's repository, read from GitHub only where the store has nothing: at first sight, and after
 * a webhook said that something changed.
 */
export async function knowRepository(desk: Desk, where: Where): Promise<Repository> {
  const known = await desk.store.read("repository", String(where.repositoryId));
  const repository = known ?? (await meetRepository(desk, where));
  if (repository.gone || isComplete(repository)) return follow(desk, repository, where);
  const running = desk.memory.warming.get(where.repositoryId);
  if (running !== undefined) return running;
  const warming = warm(desk, repository).finally(() => desk.memory.warming.delete(where.repositoryId));
  desk.memory.warming.set(where.repositoryId, warming);
  return warming;
}

const isComplete = (repository: Repository) =>
  repository.settings !== null && repository.forms !== null && repository.security !== null;

/** A repository that no `installed` event told us of: its cursor starts with what brought it to our eyes. */
async function meetRepository(desk: Desk, where: Where): Promise<Repository> {
  const fresh = newRepository(where, where.updatedAt);
  return (await desk.store.revise("repository", String(fresh.id), (known) => known ?? fresh)) ?? fresh;
}

/** Keeps what GitHub was asked for at `askedAt`, unless a webhook has said since that it changed: then it is asked for again. */
export async function keepReading(
  desk: Desk,
  repositoryId: number,
  askedAt: number,
  reading: Partial<Repository>,
): Promise<void> {
  await desk.store.revise("repository", String(repositoryId), (known) =>
    known && (known.staleAt ?? 0) <= askedAt ? { ...known, ...reading } : null,
  );
}

export function newRepository(where: Omit<Where, "updatedAt">, from: number): Repository {
  // GitHub's times are whole seconds: a thread opened right after must not look older.
  const since = Math.floor(from / 1_000) * 1_000;
  return {
    id: where.repositoryId,
    installationId: where.installationId,
    fullName: where.repository,
    private: where.private,
    archived: where.archived,
    since,
    readUntil: since,
    gone: false,
    settings: null,
    labels: null,
    forms: null,
    security: null,
    roles: null,
    history: null,
    problemIssue: null,
    sources: null,
    articlesChangedAt: 0,
    backlog: null,
  };
}

/** Renames and changes of visibility also show in every payload. */
async function follow(desk: Desk, repository: Repository, where: Where): Promise<Repository> {
  const { repository: fullName, private: isPrivate, archived, installationId } = where;
  const same =
    repository.fullName === fullName &&
    repository.private === isPrivate &&
    repository.archived === archived &&
    repository.installationId === installationId;
  if (same) return repository;
  const patch = { fullName, private: isPrivate, archived, installationId };
  await desk.store.merge("repository", String(repository.id), patch);
  return { ...repository, ...patch };
}

async function warm(desk: Desk, repository: Repository): Promise<Repository> {
  const octokit = await desk.clients.installation(repository.installationId);
  const { fullName, installationId } = repository;
  const askedAt = desk.now();
  await knowInstallation(desk, installationId, owner(fullName));
  const settings =
    repository.settings ?? (await readSettingsFile(desk, installationId, fullName, repository.private, null));
  const forms = repository.forms ?? (await readForms(desk, octokit, fullName));
  const security = repository.security ?? (await readSecurityContacts(octokit, fullName));
  const patch = { settings, forms, security };
  await keepReading(desk, repository.id, askedAt, patch);
  // Problems of the settings are shown by the repository's own worker.
  if (!repository.settings) {
    await desk.queue.push(`repository:${repository.id}`);
    // And the lists of members that the settings name are read by a worker of theirs.
    await desk.queue.push(`roster:${repository.installationId}`);
  }
  return { ...repository, ...patch };
}

async function readForms(desk: Desk, octokit: Octokit, fullName: string): Promise<IssueForm[]> {
  const { forms, skipped } = await readIssueForms(octokit, fullName);
  for (const { path, reason } of skipped)
    desk.log.warn({ repository: fullName, path, reason }, "skipped an issue form");
  return forms;
}

export const owner = (fullName: string): string => fullName.split("/")[0] ?? fullName;

/** What we know of the installation: the settings that serve all of its repositories. */
export async function knowInstallation(desk: Desk, id: number, account: string): Promise<Installation> {
  const known = await desk.store.read("installation", String(id));
  const installation = known ?? newInstallation(id, account, desk.now());
  if (known?.organisationSettings && known.privateSettings) return known;
  const organisation = await readSettingsFile(
    desk,
    id,
    `${account}/.github`,
    false,
    installation.organisationSettings,
  );
  const hidden = `${account}/.github-private`;
  const octokit = await desk.clients.installation(id);
  // A public repository of that name must not feed private keys.
  const askedAt = desk.now();
  const confidential = (await readRepository(octokit, hidden))?.private
    ? await readSettingsFile(desk, id, hidden, true, installation.privateSettings)
    : { sha: null, lastGood: null, broken: null, readAt: askedAt };
  // What was heard while we read stays: that it is suspended, or gone, and a file that a push brought meanwhile.
  const withReading = (current: Installation): Installation => ({
    ...current,
    organisationSettings: newerFile(current.organisationSettings, organisation),
    privateSettings: newerFile(current.privateSettings, confidential),
  });
  const change = (current: Installation | null) => withReading(current ?? installation);
  return (await desk.store.revise("installation", String(id), change)) ?? withReading(installation);
}

export function newInstallation(id: number, account: string, since: number): Installation {
  return {
    id,
    account,
    suspended: false,
    gone: false,
    since,
    organisationSettings: null,
    privateSettings: null,
  };
}
