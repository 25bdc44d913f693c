import { baseLanguage, MESSAGES, spokenLanguage, supportedLanguages } from "./language.ts";
import { neutralize } from "./sanitize.ts";
import { type MessageName, PLACEHOLDERS } from "./sentence.ts";
import { safeUrl } from "./link.ts";

/** The maintainers' own words, from their settings: message name -> language -> template. */
export type Overrides = Readonly<Record<string, Readonly<Record<string, string>>>>;

/** In which language to speak, and with whose words. What every text of ours needs to know. */
export interface Voice {
  /** A language tag as detected or set; null: unknown. */
  language: string | null;
  overrides?: Overrides;
  /** A page that tells people what is stored about them: linked under every comment. */
  privacyUrl?: string | null;
}

/** A value for a placeholder: text is neutralised, a URL is made safe, only our own Markdown stays as it is. */
export type Value = string | { url: string } | { markdown: string };

type Values<Name extends MessageName> = Readonly<Record<(typeof PLACEHOLDERS)[Name][number], Value>>;

/** What is wrong with a template of the settings, and where. */
export interface TemplateFault {
  path: string;
  message: string;
  suggestion?: string;
}

/** That we are a bot is always said: this sentence cannot be replaced. */
const FIXED: readonly string[] = ["botDisclosure"] satisfies MessageName[];

/** More than this is not a sentence any more, and a comment has room for at most 65,536 characters. */
const LONGEST_TEMPLATE = 2000;

const PLACEHOLDER = /\{([A-Za-z]+)\}/g;

function isMessageName(name: string): name is MessageName {
  return Object.hasOwn(PLACEHOLDERS, name);
}

/** Placeholders that a template uses. */
export function placeholdersIn(template: string): string[] {
  return Array.from(template.matchAll(PLACEHOLDER), (match) => match[1] ?? "");
}

function namesOf(known: readonly string[]): string {
  return known.length === 0 ? "no placeholder" : known.map((name) => `{${name}}`).join(", ");
}

function faultOf(name: MessageName, template: string): Omit<TemplateFault, "path"> | null {
  if (template.trim() === "") return { message: "The template is empty." };
  if (template.length > LONGEST_TEMPLATE) {
    return { message: `The template has ${template.length} characters, more than ${LONGEST_TEMPLATE}.` };
  }
  const known: readonly string[] = PLACEHOLDERS[name];
  const unknown = placeholdersIn(template).find((placeholder) => !known.includes(placeholder));
  if (unknown === undefined) return null;
  return { message: `Unknown placeholder {${unknown}}.`, suggestion: `${name} knows ${namesOf(known)}` };
}

/** Checks the `messages` of the settings. What has a fault is not used; the built-in sentence stands in. */
export function templateFaults(overrides: Overrides): TemplateFault[] {
  return Object.entries(overrides).flatMap(([name, templates]) => {
    const path = `messages.${name}`;
    if (FIXED.includes(name)) {
      return [{ path, message: "The bot always says that it is a bot; this sentence cannot be changed." }];
    }
    if (!isMessageName(name)) {
      return [{ path, message: `There is no message ${name}.`, suggestion: nearest(name) }];
    }
    return Object.entries(templates).flatMap(([language, template]): TemplateFault[] => {
      const at = `${path}.${language}`;
      if (baseLanguage(language) === "") {
        return [
          {
            path: at,
            message: `${language} is no language code.`,
            suggestion: supportedLanguages.join(", "),
          },
        ];
      }
      const fault = faultOf(name, template);
      return fault ? [{ path: at, ...fault }] : [];
    });
  });
}

/** The message name that shares most letter pairs with a mistyped one. */
function nearest(name: string): string {
  const pairs = (word: string) =>
    new Set(Array.from(word.slice(1), (_, i) => word.slice(i, i + 2).toLowerCase()));
  const wanted = pairs(name);
  const likeness = (candidate: string) => {
    const has = pairs(candidate);
    return (2 * [...wanted].filter((pair) => has.has(pair)).length) / (wanted.size + has.size);
  };
  return Object.keys(PLACEHOLDERS).reduce((best, next) => (likeness(next) > likeness(best) ? next : best));
}

/** A maintainer's template may be any Markdown, but it must neither carry our marker nor open a comment over it. */
function tame(template: string): string {
  return template
    .replace(/<!--[\s\S]*?-->/g, "")
    .replaceAll("<!--", "&lt;!--")
    .replace(/frontdesk:/gi, (match) => `${match.slice(0, -1)}\u200b:`);
}

function overrideOf(name: MessageName, { language, overrides = {} }: Voice): string | null {
  if (FIXED.includes(name) || !Object.hasOwn(overrides, name)) return null;
  const templates = overrides[name] ?? {};
  const tags = [language ?? "", baseLanguage(language ?? ""), spokenLanguage(language)];
  for (const tag of tags) {
    const template = Object.hasOwn(templates, tag) ? templates[tag] : undefined;
    if (template !== undefined && faultOf(name, template) === null) return tame(template);
  }
  return null;
}

function shown(value: Value): string {
  if (typeof value === "string") return neutralize(value);
  return "url" in value ? safeUrl(value.url) : value.markdown;
}

/** A sentence of the bot, as Markdown: the maintainers' template if they have one for the language, else our own. */
export function say<Name extends MessageName>(
  voice: Voice,
  name: Name,
  ...[values]: keyof Values<Name> extends never ? [] : [Values<Name>]
): string {
  const template = overrideOf(name, voice) ?? MESSAGES[spokenLanguage(voice.language)][name];
  const given: Readonly<Record<string, Value>> = values ?? {};
  return template.replace(PLACEHOLDER, (_, placeholder: string) => shown(given[placeholder] ?? ""));
}

/** Sentences as one paragraph: Chinese and Japanese put no space between them. */
export function paragraph({ language }: Voice, sentences: string[]): string {
  return sentences.join(["zh", "ja"].includes(spokenLanguage(language)) ? "" : " ");
}
