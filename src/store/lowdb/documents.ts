import { type Scope, type ScopeKey, scopeKey } from "../../ticket/delivery.ts";
import type { Commit, Documents, Store } from "../store.ts";
import type { Inbox } from "./inbox.ts";
import type { Records } from "./records.ts";
import { withCommit, withDocument, withPatch } from "./scope-record.ts";

export function documentsOf(
  records: Records,
  inbox: Inbox,
  now: () => number,
): Pick<Store, "read" | "commit" | "merge" | "revise"> {
  return {
    read: <S extends Scope>(scope: S, id: string) =>
      records.read(scopeKey(scope, id), (record) => record.document as Documents[S]),
    async commit<S extends Scope>(commit: Commit<S>) {
      const orderOf = (delivery: string) => inbox.orderOf(delivery);
      const wish = structuredClone(commit);
      await records.change(scopeKey(wish.scope, wish.id), (record) =>
        withCommit(record, wish, orderOf, now()),
      );
      inbox.markDone(wish.deliveries ?? []);
    },
    merge<S extends Scope>(scope: S, id: string, patch: Partial<Documents[S]>) {
      const wish = structuredClone(patch);
      return records.change(scopeKey(scope, id), (record) => record && withPatch(record, wish));
    },
    async revise<S extends Scope>(
      scope: S,
      id: string,
      change: (document: Documents[S] | null) => Documents[S] | null,
    ) {
      let after: Documents[S] | null = null;
      await records.change(scopeKey(scope, id), (record) => {
        const before = structuredClone((record?.document ?? null) as Documents[S] | null);
        const document = structuredClone(change(before));
        after = document ?? before;
        return document && withDocument(record, document);
      });
      return after;
    },
  };
}

export function listsOf(
  records: Records,
): Pick<
  Store,
  "tickets" | "shelves" | "threads" | "examples" | "repositories" | "installations" | "lessons" | "rewrite"
> {
  const documents = async function* <S extends Scope>(keys: ScopeKey[]): AsyncGenerator<Documents[S]> {
    for (const key of keys) {
      const document = await records.peek(key, (record) => record.document as Documents[S]);
      if (document) yield document;
    }
  };
  return {
    tickets: (filter) => documents<"ticket">(records.keys("ticket", filter?.repositoryId)),
    shelves: (repositoryId) => documents<"shelf">(records.keys("shelf", repositoryId)),
    threads: (repositoryId) => documents<"thread">(records.keys("thread", repositoryId)),
    examples: (repositoryId) => documents<"example">(records.keys("example", repositoryId)),
    repositories: () => collect(documents<"repository">(records.keys("repository"))),
    installations: () => collect(documents<"installation">(records.keys("installation"))),
    async lessons(repositoryId) {
      const { teaching } = records;
      const keys = [...teaching.keys("repository", repositoryId), ...teaching.keys("ticket", repositoryId)];
      const lessons = await Promise.all(keys.map((key) => records.lessons(key)));
      return lessons.flat().sort((a, b) => a.at - b.at);
    },
    rewrite: (scope, change) =>
      records.change(scope, (record) => {
        if (record === null) return null;
        const { done, ...kept } = record;
        return { ...structuredClone(change(structuredClone(kept))), done };
      }),
  };
}

async function collect<T>(items: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = [];
  for await (const item of items) all.push(item);
  return all;
}
