import { readFileSync } from "node:fs";
import type { Scope } from "../../ticket/delivery.ts";
import type { Documents } from "../store.ts";
import { recordsOf } from "./records.ts";

/**
 * The documents of one scope in a folder (of one repository, where it is given), without its lock: also while a desk
 * works there, since a file is replaced as a whole. Read one by one and synchronously, which for many small files is four
 * times as fast; nobody else waits in a command. What cannot be read is left out and given to `onDamage`.
 */
export function* readLowdbDocuments<S extends Scope>(
  dir: string,
  scope: S,
  onDamage: (message: string) => void,
  repositoryId?: number,
): Generator<Documents[S]> {
  for (const { path } of recordsOf(dir, scope, repositoryId)) {
    try {
      const { document } = JSON.parse(readFileSync(path, "utf8")) as { document?: Documents[S] };
      if (document) yield document;
      else onDamage(`${path} has no document; it is left out`);
    } catch (error) {
      onDamage(`${path}: ${error instanceof Error ? error.message : String(error)}; it is left out`);
    }
  }
}
