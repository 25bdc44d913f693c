import * as z from "zod";
import { type Complaint, judged, show } from "./complaint.ts";
import { closest } from "./suggestion.ts";

/** A rule for names: what they look like, what they are called, and how a wrong one is mended. */
interface Rule {
  form: RegExp;
  is: string;
  mend?: (text: string) => string;
}

function named({ form, is, mend }: Rule) {
  return judged((text): Complaint | null => {
    if (form.test(text)) return null;
    const mended = mend?.(text.trim());
    const message = `${show(text)} is not ${is}`;
    return mended !== undefined && form.test(mended) ? { message, suggestion: mended } : { message };
  }).meta({ pattern: form.source });
}

const withoutAt = (text: string) =>
  text
    .replace(/^@/, "")
    .replace(/^https:\/\/github\.com\//, "")
    .replace(/\/$/, "");

/** A GitHub login. Enterprise-managed accounts have an underscore in theirs. */
export const login = named({
  form: /^[A-Za-z0-9][A-Za-z0-9_-]{0,98}$/,
  is: "a GitHub login (letters, digits and hyphens, without @)",
  mend: withoutAt,
});

export const repositoryName = named({
  form: /^[A-Za-z0-9][A-Za-z0-9_-]{0,98}\/(?!\.{1,2}$)[A-Za-z0-9._-]{1,100}$/,
  is: "a repository's full name, such as octo-org/support",
  mend: withoutAt,
});

export const teamName = named({
  form: /^[A-Za-z0-9][A-Za-z0-9_-]{0,98}\/[A-Za-z0-9_-]{1,100}$/,
  is: "a team's full name, such as octo-org/support",
  mend: (text) => withoutAt(text).replace(/^orgs\/([^/]+)\/teams\//, "$1/"),
});

/** Whom a comment may mention: always with the @, so that it reads as it will be written. */
export const mention = named({
  form: /^@[A-Za-z0-9][A-Za-z0-9_-]{0,98}(?:\/[A-Za-z0-9_-]{1,100})?$/,
  is: "somebody to mention, such as @octo-org/support",
  mend: (text) => `@${withoutAt(text)}`,
});

/** GitHub allows 50 characters in a label's name; commas would split lists of them. */
export const labelName = named({
  form: /^(?!\s)[^,\p{Cc}]{1,50}(?<!\s)$/u,
  is: "a label's name (1 to 50 characters, no comma, no space at its ends)",
  mend: (text) => text,
});

export const currency = named({
  form: /^[A-Z]{3}$/,
  is: "a currency code of three capital letters, such as USD",
  mend: (text) => ({ $: "USD", "€": "EUR", "£": "GBP", "¥": "JPY" })[text] ?? text.toUpperCase(),
});

/** The name of an environment variable. A wrong one is not quoted: it may be the secret itself. */
export const secretName = judged((text) =>
  /^[A-Z][A-Z0-9_]{0,99}$/.test(text)
    ? null
    : {
        message:
          "this is not the name of an environment variable (capitals, digits and _); secrets themselves never belong in settings",
        suggestion: "FRONTDESK_SLACK_URL",
      },
).meta({ pattern: "^[A-Z][A-Z0-9_]{0,99}$" });

/** Two letters that ISO 639-1 knows. */
function isLanguage(code: string): boolean {
  return /^[a-z]{2}$/.test(code) && languageNames.of(code) !== code;
}

const languageNames = new Intl.DisplayNames(["en"], { type: "language", fallback: "code" });

function judgeLanguage(text: string): Complaint | null {
  if (isLanguage(text)) return null;
  const message = `${show(text)} is not an ISO 639-1 code (two letters, such as en or ja)`;
  const short = text.trim().slice(0, 2).toLowerCase();
  const spelledOut = /^[a-z]{2}([-_][a-z]+)?$/i.test(text.trim());
  return spelledOut && isLanguage(short) ? { message, suggestion: short } : { message };
}

export const language = judged(judgeLanguage).meta({ examples: ["en", "zh", "ja"] });

export const languageOrAuto = judged((text) => (text === "auto" ? null : judgeLanguage(text))).meta({
  examples: ["auto", "en", "zh", "ja"],
});

function isTimeZone(name: string): boolean {
  // Newer engines take offsets such as +01:00 too, older ones do not: only names mean the same everywhere.
  if (!/^[A-Za-z]/.test(name)) return false;
  try {
    new Intl.DateTimeFormat("en", { timeZone: name });
    return true;
  } catch {
    return false;
  }
}

export const timeZone = judged((text) => {
  if (isTimeZone(text)) return null;
  const message = `${show(text)} is not a time zone of the IANA list, such as Europe/Berlin`;
  const suggestion = closest(text, ["UTC", ...Intl.supportedValuesOf("timeZone")]);
  return suggestion === undefined ? { message } : { message, suggestion };
}).meta({ examples: ["UTC", "Europe/Berlin", "America/New_York"] });

/** A web page that a comment may link to. */
export const webAddress = judged((text) =>
  URL.canParse(text) && new URL(text).protocol === "https:" && text.length <= 500
    ? null
    : { message: `${show(text)} is not a web address that begins with https://` },
).meta({ format: "uri" });

/** A share between 0 and 1, such as a precision. */
export const share = z.number().min(0).max(1);

/** An amount of money. */
export const amount = z.number().min(0).max(1e12);
