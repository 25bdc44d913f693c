import type { Course } from "./course.ts";

/**
 * A figure in the making: it is shown each ticket once, in any order, and keeps no more of it than it needs, so that a
 * report over 100,000 tickets needs no list of them.
 */
export interface Tally<Result> {
  add(course: Course): void;
  result(): Result;
}

/** A figure of some tickets. */
export function tally<Result>(figure: Tally<Result>, courses: Iterable<Course>): Result {
  for (const course of courses) figure.add(course);
  return figure.result();
}
