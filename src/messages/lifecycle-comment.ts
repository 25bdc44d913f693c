import { comment } from "./comment.ts";
import { duration, relativeTime } from "./language.ts";
import { neutralize } from "./sanitize.ts";
import { paragraph, say, type Voice } from "./template.ts";

/** A polite word after silence of the reporter. Times are milliseconds; `closesIn` is null when we never close. */
export function reminderComment(
  voice: Voice,
  slot: string,
  { silence, closesIn, missing }: { silence: number; closesIn: number | null; missing: string[] },
): string {
  const language = voice.language ?? "en";
  const fields = missing.map((field) => `- ${neutralize(field, { maxLength: 120 })}`);
  const sentences = [
    say(voice, "reminder", { duration: duration(silence, language) }),
    ...(closesIn === null ? [] : [say(voice, "reminderClose", { when: relativeTime(closesIn, language) })]),
  ];
  const list = fields.length > 0 ? [say(voice, "missing"), fields.join("\n")] : [];
  return comment(voice, slot, [paragraph(voice, sentences), ...list]);
}

/** Said when we close after silence: that a comment of the reporter reopens it is a promise that the desk keeps. */
export function closedComment(voice: Voice, slot: string, silence: number): string {
  return comment(voice, slot, [
    say(voice, "closedSilence", { duration: duration(silence, voice.language ?? "en") }),
  ]);
}

/** Asks whether it is solved; a reaction to the comment is the answer. */
export function surveyComment(voice: Voice, slot: string): string {
  return comment(voice, slot, [say(voice, "survey")]);
}
