/** Something that people taught the desk about a ticket, with its provenance. */
export interface Lesson {
  ticket: string;
  repositoryId: number;
  type: "label-added" | "label-removed" | "comment-deleted" | "helpful" | "not-helpful" | "kind-confirmed";
  /** The label's name, the comment's slot, or what was suggested. */
  subject: string;
  /** How sure the desk was of what the lesson is about. */
  probability?: number;
  by: string | null;
  byTeam: boolean;
  /** Milliseconds since 1970. */
  at: number;
}
