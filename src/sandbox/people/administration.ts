import { demand, need } from "../caller.ts";
import { setMembership, setOrganizationRole, setRole, setTeamRole } from "../operations/accounts.ts";
import { commitFiles } from "../operations/files.ts";
import { selectRepositories, setPermissions, setSuspended, uninstall } from "../operations/installations.ts";
import {
  createLabel,
  deleteLabel,
  type LabelFields,
  labelByName,
  updateLabel,
} from "../operations/labels.ts";
import {
  deleteRepository,
  renameRepository,
  setArchived,
  setPrivate,
  transferRepository,
} from "../operations/repositories.ts";
import { announce, sponsor, stopSponsoring } from "../operations/sponsorships.ts";
import { must } from "../state/access.ts";
import type { Installation, Label, Level, Repository, Role, Team } from "../state/state.ts";
import { accountNamed, type Hand, repositoryNamed } from "./place.ts";

const WRITE = need("contents", "write", "write");
const ADMIN = need("administration", "write", "admin");

function labelNamed(repository: Repository, name: string): Label {
  return must(labelByName(repository, name), `the label ${name}`);
}

function teamNamed(hand: Hand, organization: string, slug: string): Team {
  const { id } = accountNamed(hand.world, organization);
  const teams = [...hand.world.state.teams.values()];
  return must(
    teams.find((team) => team.organizationId === id && team.slug === slug),
    `the team ${organization}/${slug}`,
  );
}

/** What people do to repositories and their files and labels. */
export function repositoryActs(hand: Hand) {
  const { world, actor, caller } = hand;
  const allowed = (name: string, needed = ADMIN) =>
    demand(world.state, caller, repositoryNamed(world, name), needed);
  return {
    /** Commits one file to the default branch; `null` deletes it. */
    commitFile(repository: string, path: string, text: string | null, message = `Change ${path}`): void {
      commitFiles(world, actor, allowed(repository, WRITE), { [path]: text }, message);
    },
    commitFiles(repository: string, files: Record<string, string | null>, message = "Change files"): void {
      commitFiles(world, actor, allowed(repository, WRITE), files, message);
    },
    createLabel(repository: string, fields: LabelFields): void {
      createLabel(world, actor, allowed(repository, WRITE), fields);
    },
    editLabel(repository: string, name: string, fields: Partial<LabelFields>): void {
      updateLabel(world, actor, labelNamed(allowed(repository, WRITE), name), fields);
    },
    deleteLabel(repository: string, name: string): void {
      deleteLabel(world, actor, labelNamed(allowed(repository, WRITE), name));
    },
    setRole(repository: string, login: string, role: Role | null): void {
      setRole(world, actor, allowed(repository), accountNamed(world, login), role);
    },
    renameRepository(repository: string, name: string): void {
      renameRepository(world, actor, allowed(repository), name);
    },
    transferRepository(repository: string, owner: string): void {
      transferRepository(world, actor, allowed(repository), accountNamed(world, owner));
    },
    archive(repository: string, archived = true): void {
      setArchived(world, actor, allowed(repository), archived);
    },
    setPrivate(repository: string, isPrivate: boolean): void {
      setPrivate(world, actor, allowed(repository), isPrivate);
    },
    deleteRepository(repository: string): void {
      deleteRepository(world, actor, allowed(repository));
    },
    enablePrivateReporting(repository: string, enabled = true): void {
      allowed(repository).privateReporting = enabled;
    },
    setIssues(repository: string, enabled: boolean): void {
      allowed(repository).hasIssues = enabled;
    },
    setDiscussions(repository: string, enabled: boolean): void {
      allowed(repository).hasDiscussions = enabled;
    },
  };
}

/** What owners do to organisations, teams and installed apps. */
export function ownerActs(hand: Hand) {
  const { world, actor } = hand;
  const installationOf = (id: number): Installation =>
    must(world.state.installations.get(id), `the installation ${id}`);
  return {
    setMember(organization: string, login: string, role: "admin" | "member" | null, isPublic = false): void {
      const account = accountNamed(world, login);
      setOrganizationRole(world, actor, accountNamed(world, organization), account, role, isPublic);
    },
    setTeamMember(organization: string, team: string, login: string, member = true): void {
      setMembership(world, actor, teamNamed(hand, organization, team), accountNamed(world, login), member);
    },
    setTeamRole(organization: string, team: string, repository: string, role: Role | null): void {
      const found = repositoryNamed(world, repository);
      setTeamRole(world, actor, teamNamed(hand, organization, team), found, role);
    },
    suspend(installationId: number, suspended = true): void {
      setSuspended(world, actor, installationOf(installationId), suspended);
    },
    setPermissions(installationId: number, permissions: Record<string, Level>): void {
      setPermissions(world, actor, installationOf(installationId), permissions);
    },
    selectRepositories(installationId: number, change: { add?: string[]; remove?: string[] }): void {
      const named = (names: string[] = []) => names.map((name) => repositoryNamed(world, name));
      const chosen = { add: named(change.add), remove: named(change.remove) };
      selectRepositories(world, actor, installationOf(installationId), chosen);
    },
    /** Sponsors an account, or stops with `null`. Apps are not told: only the account's dashboard is. */
    sponsor(login: string, dollars: number | null, isPrivate = false): void {
      const account = accountNamed(world, login);
      if (dollars === null) stopSponsoring(world, actor, account);
      else sponsor(world, actor, account, { dollars, private: isPrivate, oneTime: false });
    },
    sponsorOnce(login: string, dollars: number, isPrivate = false): void {
      sponsor(world, actor, accountNamed(world, login), { dollars, private: isPrivate, oneTime: true });
    },
    /** Announces another amount, or with `null` the end, at a time (milliseconds since 1970). */
    announceSponsoring(login: string, dollars: number | null, at: number): void {
      announce(world, actor, accountNamed(world, login), dollars, at);
    },
    uninstall(installationId: number): void {
      uninstall(world, actor, installationOf(installationId));
    },
  };
}
