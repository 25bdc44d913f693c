import { must, ownerOf, serves } from "../state/access.ts";
import type { App, Installation, State } from "../state/state.ts";
import type { Happening, World } from "../state/world.ts";
import { accountView, type Json, organizationView } from "../views/account.ts";
import { repositoryView } from "../views/repository.ts";

/** The permission that an installation needs, at read at least, to be told of an event. */
const PERMISSION: Record<string, string> = {
  issues: "issues",
  issue_comment: "issues",
  discussion: "discussions",
  discussion_comment: "discussions",
  label: "metadata",
  repository: "metadata",
  push: "contents",
  member: "members",
  membership: "members",
  organization: "members",
  team: "members",
};

/** Every app is told of its own installations, without asking for it. */
const ALWAYS = new Set(["installation", "installation_repositories"]);

export interface Told {
  app: App;
  installation: Installation;
  body: string;
}

/** Who is told, and the whole payload as it stands at this moment. */
export function audience(world: World, happening: Happening): Told[] {
  const installations = happening.only
    ? [happening.only]
    : [...world.state.installations.values()].filter((installation) =>
        listens(world.state, installation, happening),
      );
  return installations.map((installation) => ({
    app: must(world.state.apps.get(installation.appId), "an app"),
    installation,
    body: JSON.stringify(payloadOf(world, happening, installation)),
  }));
}

function listens(state: State, installation: Installation, happening: Happening): boolean {
  const { event, repository, organization } = happening;
  if (ALWAYS.has(event)) return false;
  if (!installation.events.includes(event)) return false;
  if (!installation.permissions[PERMISSION[event] ?? ""]) return false;
  if (installation.deleted || installation.suspendedAt !== null) return false;
  if (repository) return serves(installation, repository);
  return state.accounts.get(installation.accountId) === organization;
}

function payloadOf(world: World, happening: Happening, installation: Installation): Json {
  const { event, action, repository, sender, payload } = happening;
  const owner = repository ? ownerOf(world.state, repository) : happening.organization;
  const isOrganization = owner?.type === "Organization";
  return {
    ...(action === null ? {} : { action }),
    ...payload,
    ...(repository ? { repository: repositoryOf(world, event, repository) } : {}),
    ...(owner && isOrganization ? { organization: organizationView(world, owner) } : {}),
    sender: accountView(world, sender),
    ...(ALWAYS.has(event) ? {} : { installation: { id: installation.id, node_id: installation.nodeId } }),
  };
}

/** `push` gives the repository's times in seconds, and the branch twice. */
function repositoryOf(world: World, event: string, repository: NonNullable<Happening["repository"]>): Json {
  const view = repositoryView(world, repository);
  if (event !== "push") return view;
  return {
    ...view,
    url: view.html_url,
    created_at: Math.floor(repository.createdAt / 1000),
    pushed_at: Math.floor(repository.pushedAt / 1000),
    stargazers: 0,
    master_branch: repository.defaultBranch,
  };
}
