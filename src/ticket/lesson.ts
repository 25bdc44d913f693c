/** Something that people taught the desk about a ticket, with its provenance. */
export interface Lesson {
  ticket: string;
  repositoryId: number;
  type:
    | "label-added"
    | "label-removed"
    | "comment-deleted"
    | "helpful"
    | "not-helpful"
    | "taken-back"
    | "kind-confirmed";
  /** The label's name, the comment's slot, or what was suggested. */
  subject: string;
  /** How sure the desk was of what the lesson is about. */
  probability?: number;
  /** Of a lesson that takes another one back: when that was learned. */
  of?: number;
  by: string | null;
  byTeam: boolean;
  /** Milliseconds since 1970. */
  at: number;
}

/** Lessons without those that were taken back. */
export function standing(lessons: readonly Lesson[]): Lesson[] {
  const name = ({ ticket, subject }: Lesson, at: number | undefined) => JSON.stringify([ticket, subject, at]);
  const back = lessons.filter(({ type }) => type === "taken-back");
  if (back.length === 0) return [...lessons];
  const gone = new Set(back.map((lesson) => name(lesson, lesson.of)));
  return lessons.filter((lesson) => lesson.type !== "taken-back" && !gone.has(name(lesson, lesson.at)));
}
