import { z } from "zod";
import type { DeskEvent, RepositoryRef } from "../ticket/event.ts";
import type { Comment, Person, Thread } from "../ticket/thread.ts";

/**
 * The shapes that GitHub sends, in webhooks and REST answers alike: only the fields that we read, and lenient where
 * GitHub is: deleted accounts are `null`, old servers leave fields out. What we cannot do without (ids, numbers, times,
 * labels) is asked for strictly; of the rest (`catch`) what cannot be understood counts as absent.
 */

/** What a delivery means to the desk, or in words why it means nothing. */
export type Parsed = { event: DeskEvent } | { ignored: string };

/** Why a payload of a served event cannot be used: the first field that is not as GitHub documents it. */
export function misshapen(name: string, error: z.ZodError): { ignored: string } {
  const [first] = error.issues;
  return { ignored: `${name}: ${first?.path.join(".") || "payload"}: ${first?.message ?? "not understood"}` };
}

/** ISO 8601, or seconds since 1970 as installations have it; becomes milliseconds since 1970. */
export const instant = z
  .union([
    z.string().transform((text) => Date.parse(text)),
    z.number().transform((seconds) => seconds * 1000),
  ])
  .refine((at) => Number.isFinite(at), "not a time");

/** Text that every store and every API takes: JSON allows halves of characters (lone surrogates) and NUL, they do not. */
export function wellFormed(text: string): string {
  return text.replace(/\p{Surrogate}/gu, "\uFFFD").replaceAll("\0", "\uFFFD");
}

export const text = z
  .string()
  .nullish()
  .transform((value) => wellFormed(value ?? ""));

export const person = z
  .object({ login: z.string(), type: z.string().nullish().catch(null) })
  .nullish()
  .catch(null)
  .transform((user): Person | null =>
    user ? { login: user.login, bot: user.type === "Bot" || user.login.endsWith("[bot]") } : null,
  );

export const repository = z.object({
  id: z.number(),
  full_name: z.string(),
  private: z.boolean(),
  archived: z.boolean().nullish(),
});

export const installation = z.object({ id: z.number() });

export function repositoryRef(it: z.infer<typeof repository>, installationId: number): RepositoryRef {
  return {
    installationId,
    repositoryId: it.id,
    repository: it.full_name,
    private: it.private,
    archived: it.archived ?? false,
  };
}

/** Labels are names in some REST answers and objects in all others. */
const labels = z
  .array(z.union([z.string(), z.object({ name: z.string().nullish() })]))
  .nullish()
  .transform((list) =>
    (list ?? []).flatMap((label) => (typeof label === "string" ? label : (label.name ?? []))),
  );

const shared = {
  number: z.number(),
  node_id: z.string(),
  html_url: z.string(),
  title: text,
  body: text,
  user: person,
  labels,
  state: z.string().nullish(),
  state_reason: z.string().nullish(),
  locked: z.boolean().nullish(),
  reactions: z.object({ "+1": z.number() }).nullish().catch(null),
  created_at: instant,
  updated_at: instant,
};

export const issue = z.object({
  ...shared,
  assignees: z
    .array(z.object({ login: z.string() }).nullable())
    .nullish()
    .transform((list) => (list ?? []).flatMap((user) => user?.login ?? [])),
  pull_request: z.unknown().optional(),
});

export const discussion = z.object({
  ...shared,
  category: z
    .object({ name: z.string(), is_answerable: z.boolean().nullish() })
    .nullish()
    .catch(null)
    .transform((it) => (it ? { name: it.name, answerable: it.is_answerable ?? false } : null)),
  answer_html_url: z.string().nullish(),
});

export const comment = z
  .object({ node_id: z.string(), user: person, body: text, created_at: instant, updated_at: instant })
  .transform(
    (it): Comment => ({
      nodeId: it.node_id,
      author: it.user,
      body: it.body,
      createdAt: it.created_at,
      updatedAt: it.updated_at,
    }),
  );

/** What both kinds say in the same words. A discussion that is locked has `locked` as its state: it is still open. */
function sharedPart(it: z.infer<typeof issue> | z.infer<typeof discussion>, where: RepositoryRef) {
  const closed = it.state === "closed";
  return {
    ...where,
    number: it.number,
    nodeId: it.node_id,
    url: it.html_url,
    title: it.title,
    body: it.body,
    author: it.user,
    labels: it.labels,
    state: closed ? "closed" : "open",
    stateReason: closed ? (it.state_reason?.toLowerCase() ?? null) : null,
    locked: it.locked === true || it.state === "locked",
    ...(it.reactions ? { upvotes: it.reactions["+1"] } : {}),
    createdAt: it.created_at,
    updatedAt: it.updated_at,
  } as const;
}

export function threadOfIssue(it: z.infer<typeof issue>, where: RepositoryRef): Thread {
  return {
    ...sharedPart(it, where),
    kind: "issue",
    assignees: it.assignees,
    category: null,
    answered: false,
  };
}

export function threadOfDiscussion(it: z.infer<typeof discussion>, where: RepositoryRef): Thread {
  return {
    ...sharedPart(it, where),
    kind: "discussion",
    assignees: [],
    category: it.category,
    answered: typeof it.answer_html_url === "string",
  };
}
