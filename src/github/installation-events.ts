import { z } from "zod";
import { installation, instant, misshapen, type Parsed, person, repository } from "./payload.ts";

const listed = z.array(repository.pick({ id: true, full_name: true, private: true })).nullish();
const account = z.object({ login: z.string() });

const installationDelivery = z.object({
  action: z.string(),
  installation: installation.extend({ account, created_at: instant }),
  repositories: listed,
  repositories_added: listed,
  repositories_removed: listed,
  sender: person,
});

const membersDelivery = z.object({
  action: z.string(),
  installation,
  organization: account,
  sender: person,
});

const createdDelivery = z.object({
  installation,
  repository: repository.extend({ owner: account, created_at: instant }),
  sender: person,
});

/** An event of `installation`, `installation_repositories`, `membership`, `organization`, of a team, or a new repository. */
export function parseInstallationEvent(name: string, payload: unknown, receivedAt: number): Parsed {
  switch (name) {
    case "installation":
      return installationChange(payload);
    case "installation_repositories":
      return repositoriesChange(payload, receivedAt);
    case "repository":
      return repositoryCreated(payload);
    default:
      return membersChange(name, payload);
  }
}

function installationChange(payload: unknown): Parsed {
  const { data, error } = installationDelivery.safeParse(payload);
  if (error) return misshapen("installation", error);
  const event = envelopeOf(data);
  switch (data.action) {
    case "created":
      return {
        event: {
          ...event,
          type: "installed",
          at: data.installation.created_at,
          repositories: refs(data.repositories),
        },
      };
    case "deleted":
      return { event: { ...event, type: "uninstalled" } };
    case "suspend":
      return { event: { ...event, type: "suspended" } };
    case "unsuspend":
      return { event: { ...event, type: "unsuspended" } };
    case "new_permissions_accepted":
      return { event: { ...event, type: "permissions-changed" } };
    default:
      return { ignored: `installation.${data.action} is not served` };
  }
}

/** GitHub's times have whole seconds: a thread opened in the second of the event must not seem older than it. */
function wholeSecond(at: number): number {
  return Math.floor(at / 1000) * 1000;
}

function repositoriesChange(payload: unknown, receivedAt: number): Parsed {
  const { data, error } = installationDelivery.safeParse(payload);
  if (error) return misshapen("installation_repositories", error);
  const event = envelopeOf(data);
  if (data.action === "removed") {
    return {
      event: { ...event, type: "repositories-removed", repositories: refs(data.repositories_removed) },
    };
  }
  // The payload does not say when: the moment of receipt is never too early, so no older thread is acted on.
  const at = wholeSecond(receivedAt);
  return {
    event: { ...event, type: "repositories-added", at, repositories: refs(data.repositories_added) },
  };
}

function repositoryCreated(payload: unknown): Parsed {
  const { data, error } = createdDelivery.safeParse(payload);
  if (error) return misshapen("repository", error);
  return {
    event: {
      scope: "installation",
      installationId: data.installation.id,
      account: data.repository.owner.login,
      actor: data.sender,
      type: "repositories-added",
      at: data.repository.created_at,
      repositories: refs([data.repository]),
    },
  };
}

function membersChange(name: string, payload: unknown): Parsed {
  const { data, error } = membersDelivery.safeParse(payload);
  if (error) return misshapen(name, error);
  return {
    event: {
      scope: "installation",
      installationId: data.installation.id,
      account: data.organization.login,
      actor: data.sender,
      type: "members-changed",
    },
  };
}

function envelopeOf({ installation, sender }: z.infer<typeof installationDelivery>) {
  return {
    scope: "installation",
    installationId: installation.id,
    account: installation.account.login,
    actor: sender,
  } as const;
}

function refs(list: z.infer<typeof listed>): { id: number; fullName: string; private: boolean }[] {
  return (list ?? []).map((it) => ({ id: it.id, fullName: it.full_name, private: it.private }));
}
