/** Something that people taught the desk about a ticket, with its provenance. */
export interface Lesson {
  ticket: string;
  repositoryId: number;
  type: "label-added" | "label-removed" | "comment-deleted" | "not-helpful" | "kind-confirmed";
  /** The label's name, or the comment's slot. */
  subject: string;
  by: string | null;
  byTeam: boolean;
  /** Milliseconds since 1970. */
  at: number;
}
