import { describe, expect, it } from "@jest/globals";
import {
  duration,
  MESSAGES,
  percent,
  relativeTime,
  spokenLanguage,
  supportedLanguages,
} from "../../src/messages/language.ts";
import { type MessageName, PLACEHOLDERS } from "../../src/messages/sentence.ts";
import { placeholdersIn } from "../../src/messages/template.ts";

const names = Object.keys(PLACEHOLDERS) as MessageName[];
const foreign = supportedLanguages.filter((language) => language !== "en");

/** Sentences that two languages happen to share. */
const COGNATES = [
  "fr.kindQuestion",
  "fr.kindDocumentation",
  "de.reportRepository",
  "de.reportOurLabels",
  "fr.reportOurLabels",
  ...["de", "fr", "es", "pt"].map((language) => `${language}.reportTickets`),
];

/** Letters that only this script has: a sentence without any was not translated. */
const SCRIPTS: Partial<Record<(typeof supportedLanguages)[number], RegExp>> = {
  zh: /\p{Script=Han}/u,
  ja: /[\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Han}]/u,
  ru: /\p{Script=Cyrillic}/u,
  ko: /\p{Script=Hangul}/u,
};

describe("every language", () => {
  it.each(supportedLanguages)("%s has every sentence with its placeholders, and no others", (language) => {
    const used = Object.fromEntries(
      names.map((name) => [name, [...new Set(placeholdersIn(MESSAGES[language][name]))].sort()]),
    );
    const wanted = Object.fromEntries(names.map((name) => [name, [...PLACEHOLDERS[name]].sort()]));
    expect(used).toEqual(wanted);
    expect(Object.keys(MESSAGES[language]).sort()).toEqual([...names].sort());
  });

  it.each(foreign)("%s leaves nothing in English", (language) => {
    const left = names.filter(
      (name) => MESSAGES[language][name] === MESSAGES.en[name] && !COGNATES.includes(`${language}.${name}`),
    );
    expect(left).toEqual([]);
    const script = SCRIPTS[language];
    if (script) expect(names.filter((name) => !script.test(MESSAGES[language][name]))).toEqual([]);
  });

  it.each(supportedLanguages)(
    "%s keeps the same commands, signs and formatting in a sentence",
    (language) => {
      const signs = (sentence: string) => (sentence.match(/`[^`]+`|👍|👎|\]\(\{url\}\)/gu) ?? []).sort();
      for (const name of names) {
        expect([name, signs(MESSAGES[language][name])]).toEqual([name, signs(MESSAGES.en[name])]);
      }
    },
  );

  it.each(supportedLanguages)("%s is short, calm and clean", (language) => {
    for (const [name, sentence] of Object.entries(MESSAGES[language])) {
      expect([name, sentence.length <= 200]).toEqual([name, true]);
      expect([name, sentence]).toEqual([name, sentence.trim().normalize("NFC")]);
      expect([name, (sentence.match(/[!！]/g) ?? []).length <= 1]).toEqual([name, true]);
      expect([name, sentence.match(/ {2}|<|frontdesk:|[\p{Cf}]/iu)]).toEqual([name, null]);
    }
  });

  it.each(supportedLanguages)("%s says that it is a bot, by name", (language) => {
    expect(MESSAGES[language].botDisclosure).toContain("Frontdesk");
    expect(MESSAGES[language].botDisclosure).toMatch(/bot|бот|ボット|机器人|봇/i);
  });

  it.each(foreign)("%s tells that reasons are in English", (language) => {
    expect(MESSAGES[language].whyReasons).toMatch(/engl|angl|ingl|англий|英|영어/i);
  });
});

describe("spokenLanguage", () => {
  it.each([
    ["pt-BR", "pt"],
    ["zh-TW", "zh"],
    ["ZH_hans", "zh"],
    ["de", "de"],
    ["EN-us", "en"],
    ["it", "en"],
    ["", "en"],
    ["prototype", "en"],
    ["deutsch", "en"],
    [null, "en"],
  ])("of %s is %s", (tag, language) => {
    expect(spokenLanguage(tag)).toBe(language);
  });
});

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

describe("amounts", () => {
  it.each([
    [14 * DAY, "en", "14 days"],
    [DAY, "en", "1 day"],
    [26 * HOUR, "en", "26 hours"],
    [36 * HOUR, "en", "2 days"],
    [90 * MINUTE, "en", "2 hours"],
    [5_000, "en", "5 seconds"],
    [0, "en", "0 seconds"],
    [21 * DAY, "ru", "21 день"],
    [22 * DAY, "ru", "22 дня"],
    [14 * DAY, "de-AT", "14 Tage"],
    [14 * DAY, "it", "14 days"],
  ])("the duration of %d ms in %s is %s", (milliseconds, language, words) => {
    expect(duration(milliseconds, language)).toBe(words);
  });

  it.each([
    [7 * DAY, "en", "in 7 days"],
    [-2 * HOUR, "en", "2 hours ago"],
    [7 * DAY, "de", "in 7 Tagen"],
    [MINUTE, "ru", "через 1 минуту"],
    [7 * DAY, "ko", "7일 후"],
  ])("%d ms from now in %s is %s", (milliseconds, language, words) => {
    expect(relativeTime(milliseconds, language)).toBe(words);
  });

  it.each([
    [0.873, "en", "87%"],
    [0.873, "de", "87\u00a0%"],
    [1, "zh", "100%"],
  ])("a probability of %d in %s is %s", (probability, language, words) => {
    expect(percent(probability, language)).toBe(words);
  });
});
