import { z } from "zod";
import type { Person, ThreadRef } from "../ticket/thread.ts";
import type { Octokit } from "./client.ts";
import { actor, nodeOf } from "./graphql-node.ts";
import { instant } from "./payload.ts";

/** A label set on a thread, or taken off. `actor`: null when the account is gone. */
export interface LabelChange {
  type: "labeled" | "unlabeled";
  label: string;
  actor: Person | null;
  /** Milliseconds since 1970. */
  at: number;
}

/** What an issue's timeline tells of its labels. */
export const LABEL_EVENTS = `... on LabeledEvent { createdAt actor { __typename login } label { name } }
            ... on UnlabeledEvent { createdAt actor { __typename login } label { name } }`;

export const timelineEvent = z.object({
  __typename: z.string(),
  actor: actor.optional(),
  createdAt: instant.nullish(),
  label: z.object({ name: z.string() }).nullish(),
});

export function labelChangeOf({
  __typename,
  label,
  actor = null,
  createdAt,
}: z.infer<typeof timelineEvent>): LabelChange[] {
  if (!label) return [];
  const change = { label: label.name, actor, at: createdAt ?? 0 };
  if (__typename === "LabeledEvent") return [{ type: "labeled", ...change }];
  if (__typename === "UnlabeledEvent") return [{ type: "unlabeled", ...change }];
  return [];
}

export const labelNames = z
  .object({ nodes: z.array(z.object({ name: z.string() }).nullable()).nullish() })
  .nullish()
  .transform((it) => (it?.nodes ?? []).flatMap((label) => label?.name ?? []));

export const READ_LABEL_HISTORY = `query ($id: ID!) {
  node(id: $id) {
    ... on Issue {
      labels(first: 100) { nodes { name } }
      timelineItems(last: 100, itemTypes: [LABELED_EVENT, UNLABELED_EVENT]) {
        nodes {
            __typename
            ${LABEL_EVENTS}
        }
      }
    }
  }
}`;

/** The labels of an issue, and how they came and went. */
export interface LabelHistory {
  labels: string[];
  /** The last hundred changes at most, in their order. */
  changes: LabelChange[];
}

const labelled = z
  .object({
    labels: labelNames,
    timelineItems: z.object({ nodes: z.array(timelineEvent.nullable()).nullish() }).nullish(),
  })
  .transform(({ labels, timelineItems }): LabelHistory => {
    return { labels, changes: (timelineItems?.nodes ?? []).flatMap((it) => (it ? labelChangeOf(it) : [])) };
  });

/** One request. An issue that is gone has no labels. */
export async function readIssueLabelHistory(octokit: Octokit, ref: ThreadRef): Promise<LabelHistory> {
  const node = await nodeOf(octokit, READ_LABEL_HISTORY, { id: ref.nodeId });
  return node === null ? { labels: [], changes: [] } : labelled.parse(node);
}
