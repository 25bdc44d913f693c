import type { Lesson, Testimony } from "./lesson.ts";

/** The lesson as it would be had nobody heard what is refused: each label as the newest other word leaves it. */
export function withoutTestimony(lesson: Lesson, refused: (one: Testimony) => boolean): Lesson {
  const { testimony } = lesson;
  if (!testimony?.some(refused)) return lesson;
  const touched = new Set(testimony.filter(refused).map(({ label }) => label));
  const labels = lesson.labels.filter(({ name }) => !touched.has(name));
  const removed = lesson.removed.filter((name) => !touched.has(name));
  const heard = testimony.filter((one) => !refused(one));
  for (const name of touched) {
    const last = heard.findLast(({ label }) => label === name);
    if (last?.set) labels.push({ name, by: last.by });
    else if (last && last.by !== "bot") removed.push(name);
  }
  return { ...lesson, labels, removed, testimony: heard };
}

/** The lesson as it stood at a moment; null: the thread was not opened yet. Undated words are as old as their thread. */
export function lessonAsOf(lesson: Lesson, moment: number): Lesson | null {
  if ((lesson.openedAt ?? 0) > moment) return null;
  return withoutTestimony(lesson, ({ at }) => at > moment);
}
