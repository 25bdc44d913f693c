import type { Delivery } from "../ticket/delivery.ts";
import type { RepositoryEvent } from "../ticket/event.ts";
import type { Repository } from "../ticket/repository.ts";
import type { Desk } from "./desk.ts";
import { knowInstallation, newRepository, owner } from "./knowledge.ts";
import { readSettingsFile, SETTINGS_PATH } from "./settings.ts";

/** Keeps our picture of a repository current: what an event makes stale is forgotten, and read when it is next needed. */
export async function followRepository(
  desk: Desk,
  event: RepositoryEvent,
  delivery: Delivery,
): Promise<void> {
  const { repositoryId, installationId, repository: fullName } = event.repository;
  const id = String(repositoryId);
  const known =
    (await desk.store.read("repository", id)) ??
    newRepository({ ...event.repository, repository: fullName }, delivery.receivedAt);
  const current = {
    ...known,
    installationId,
    fullName,
    private: event.repository.private,
    archived: event.repository.archived,
  };
  const document = { ...current, ...(await changes(desk, event, current)) };
  const deliveries = [delivery.id];
  await desk.store.commit({ scope: "repository", id, document, deliveries });
  if (event.type === "pushed") await shareSettings(desk, event, document);
}

async function changes(desk: Desk, event: RepositoryEvent, known: Repository): Promise<Partial<Repository>> {
  switch (event.type) {
    case "pushed":
      return pushed(desk, event, known);
    case "labels-changed":
    case "label-renamed":
    case "label-deleted":
      return { labels: null };
    case "members-changed":
      return { roles: null };
    case "repository-deleted":
      return { gone: true };
    case "repository-changed":
      return {};
  }
}

const touches = (event: RepositoryEvent & { type: "pushed" }, pattern: RegExp) =>
  event.truncated || event.paths.some((path) => pattern.test(path));

async function pushed(
  desk: Desk,
  event: RepositoryEvent & { type: "pushed" },
  known: Repository,
): Promise<Partial<Repository>> {
  if (!event.defaultBranch) return {};
  const stale: Partial<Repository> = {};
  if (touches(event, /^\.github\/ISSUE_TEMPLATE\//i)) stale.forms = null;
  if (touches(event, /(?:^|\/)SECURITY\.md$/i)) stale.security = null;
  if (touches(event, /^\.github\/frontdesk\.yml$/)) {
    stale.settings = await readSettingsFile(
      desk,
      known.installationId,
      known.fullName,
      known.private,
      known.settings,
    );
  }
  return stale;
}

/** A push to `OWNER/.github` or `OWNER/.github-private` changes the settings of every repository it serves. */
async function shareSettings(
  desk: Desk,
  event: RepositoryEvent & { type: "pushed" },
  document: Repository,
): Promise<void> {
  const name = document.fullName.split("/")[1];
  if (!event.defaultBranch || (name !== ".github" && name !== ".github-private")) return;
  if (!touches(event, new RegExp(`^${SETTINGS_PATH.replaceAll(".", "\\.")}$`))) return;
  const account = owner(document.fullName);
  const installation = await knowInstallation(desk, document.installationId, account);
  const before = name === ".github" ? installation.organisationSettings : installation.privateSettings;
  const hidden = name === ".github-private";
  if (hidden && !document.private) return;
  const file = await readSettingsFile(desk, document.installationId, document.fullName, hidden, before);
  const patch = hidden ? { privateSettings: file } : { organisationSettings: file };
  await desk.store.merge("installation", String(document.installationId), patch);
}
