import { de } from "./languages/de.ts";
import { en } from "./languages/en.ts";
import { es } from "./languages/es.ts";
import { fr } from "./languages/fr.ts";
import { ja } from "./languages/ja.ts";
import { ko } from "./languages/ko.ts";
import { pt } from "./languages/pt.ts";
import { ru } from "./languages/ru.ts";
import { zh } from "./languages/zh.ts";
import type { Messages } from "./sentence.ts";

/** ISO 639-1 codes of the languages that the bot speaks. */
export const supportedLanguages = ["en", "zh", "ja", "es", "pt", "de", "fr", "ru", "ko"] as const;

export type Language = (typeof supportedLanguages)[number];

export const MESSAGES: Readonly<Record<Language, Messages>> = { en, zh, ja, es, pt, de, fr, ru, ko };

/** `pt-BR` -> `pt`, `ZH_tw` -> `zh`; empty for what is no language tag. */
export function baseLanguage(tag: string): string {
  return /^([a-z]{2,3})(?:[-_][a-z0-9]+)*$/i.exec(tag.trim())?.[1]?.toLowerCase() ?? "";
}

/** The language to speak when `tag` is wanted: regional variants get their language, others English. */
export function spokenLanguage(tag: string | null): Language {
  const base = baseLanguage(tag ?? "");
  return supportedLanguages.find((language) => language === base) ?? "en";
}

/** Milliseconds of each unit that we count in, from the longest. */
const UNITS = [
  ["day", 86_400_000],
  ["hour", 3_600_000],
  ["minute", 60_000],
  ["second", 1_000],
] as const;

type Unit = (typeof UNITS)[number][0];

/** The longest unit of which there is at least one and a half, so that 26 hours are not "1 day" but 36 are "2 days". */
function inUnits(milliseconds: number, longest: Unit = "day"): [number, Unit] {
  const size = Math.abs(milliseconds);
  const units = UNITS.slice(UNITS.findIndex(([unit]) => unit === longest));
  const [unit, length] =
    units.find(([, length]) => size >= 1.5 * length || (size >= length && size % length === 0)) ?? UNITS[3];
  return [Math.round(milliseconds / length), unit];
}

/** `14 days`, `14 Tage`, `14 дней`; in no longer unit than `longest`. */
export function duration(milliseconds: number, language: string, longest: Unit = "day"): string {
  const [count, unit] = inUnits(milliseconds, longest);
  return new Intl.NumberFormat(spokenLanguage(language), {
    style: "unit",
    unit,
    unitDisplay: "long",
  }).format(count);
}

/** `in 2 hours`, `vor 3 Tagen`: positive milliseconds lie ahead, negative ones are past. */
export function relativeTime(milliseconds: number, language: string): string {
  const [count, unit] = inUnits(milliseconds);
  const spoken = spokenLanguage(language);
  const format = formats.get(spoken) ?? new Intl.RelativeTimeFormat(spoken);
  formats.set(spoken, format);
  return format.format(count, unit);
}

/** Making one takes a tenth of a millisecond, which is half of a decision on a clock. */
const formats = new Map<Language, Intl.RelativeTimeFormat>();

/** `87%`, `87 %`: a probability from 0 to 1, without decimals. */
export function percent(probability: number, language: string): string {
  return new Intl.NumberFormat(spokenLanguage(language), { style: "percent" }).format(probability);
}
