import { z } from "zod";
import type { RepositoryEvent } from "../ticket/event.ts";
import { installation, misshapen, type Parsed, person, repository, repositoryRef } from "./payload.ts";

const envelope = z.object({
  action: z.string().nullish(),
  installation,
  repository: repository.extend({ default_branch: z.string().nullish() }),
  sender: person,
});

const labelDelivery = envelope.extend({
  label: z.object({ name: z.string() }),
  changes: z.object({ name: z.object({ from: z.string() }).nullish() }).nullish(),
});

const paths = z
  .array(z.string())
  .nullish()
  .transform((list) => list ?? []);

const pushDelivery = envelope.extend({
  ref: z.string(),
  after: z.string(),
  created: z.boolean().nullish(),
  forced: z.boolean().nullish(),
  commits: z.array(z.object({ added: paths, modified: paths, removed: paths })),
});

/** `T` without the fields that all repository events share. */
type Own<T> = T extends unknown ? Omit<T, "scope" | "repository" | "actor"> : never;
type Happening = Own<RepositoryEvent>;

/** An event of `repository`, `public`, `label`, `push`, `member`, `team_add`, or of a team in a repository. */
export function parseRepositoryEvent(name: string, payload: unknown): Parsed {
  const { data, error } = envelope.safeParse(payload);
  if (error) return misshapen(name, error);
  const happening = happeningOf(name, data.action ?? "", payload);
  if (happening === null) return { ignored: `${name}.${data.action} is not served` };
  if ("ignored" in happening) return happening;
  const ref = repositoryRef(data.repository, data.installation.id);
  return { event: { scope: "repository", repository: ref, actor: data.sender, ...happening } };
}

function happeningOf(name: string, action: string, payload: unknown): Happening | { ignored: string } | null {
  switch (name) {
    case "repository":
      return { type: action === "deleted" ? "repository-deleted" : "repository-changed" };
    case "public":
      return { type: "repository-changed" };
    case "label":
      return labelChange(payload);
    case "push":
      return push(payload);
    case "member":
    case "team":
    case "team_add":
      return { type: "members-changed" };
    default:
      return null;
  }
}

function labelChange(payload: unknown): Happening | { ignored: string } {
  const { data, error } = labelDelivery.safeParse(payload);
  if (error) return misshapen("label", error);
  const { action, label, changes } = data;
  if (action === "deleted") return { type: "label-deleted", label: label.name };
  if (action === "edited" && changes?.name) {
    return { type: "label-renamed", from: changes.name.from, to: label.name };
  }
  return { type: "labels-changed" };
}

/** github.com lists up to 2,048 commits of a push, older servers 20: from there on the list may be cut. */
const LISTED_COMMITS = 20;

function push(payload: unknown): Happening | { ignored: string } {
  const { data, error } = pushDelivery.safeParse(payload);
  if (error) return misshapen("push", error);
  const touched = data.commits.flatMap((commit) => [...commit.added, ...commit.modified, ...commit.removed]);
  return {
    type: "pushed",
    defaultBranch: data.ref === `refs/heads/${data.repository.default_branch}`,
    paths: [...new Set(touched)],
    // A forced push and a new branch change more than their commits list.
    truncated: data.commits.length >= LISTED_COMMITS || data.forced === true || data.created === true,
    head: data.after,
  };
}
