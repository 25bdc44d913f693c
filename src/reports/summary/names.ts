import type { Kind } from "../../learning/kind.ts";
import { inlineCode } from "../../messages/sanitize.ts";
import { say, type Voice } from "../../messages/template.ts";
import { KIND_SENTENCE } from "../../messages/triage-comment.ts";

/** null: of no kind that is told. */
export function kindName(voice: Voice, kind: Kind | null): string {
  return say(voice, kind === null ? "reportOther" : KIND_SENTENCE[kind]);
}

/** `12/docs/a.md#b` -> the path and the section, as code: the repository's number says nothing to people. */
export function articleName(id: string): string {
  return inlineCode(id.replace(/^\d+\//, ""), 120);
}

/** Beside what is of one repository, in a report on several. */
export function placeOf(repository: string, subject: string): string {
  return repository === subject ? "" : `${inlineCode(repository)}, `;
}
