/** What stands where a person stood: the name that GitHub gives to deleted accounts. */
export const GHOST = "ghost";

/** How the reporter is named where nobody is. */
export const REPORTER = "reporter";

/**
 * How a text tells of people. `login`: it is somebody's login. `rater`: so it is, of one whose word is counted: they
 * stay told apart from others. `words`: what the owner of the object around it wrote, or what quotes them. `text`: what
 * people wrote, who name others as GitHub does, by `@login` or by a link to their page. `sentence`: ours, in which a
 * login may stand by itself.
 */
type Names = "login" | "rater" | "words" | "text" | "sentence";

type KeyOf<T> = T extends unknown ? keyof T : never;
type ValueOf<T, K> = T extends unknown ? (K extends keyof T ? T[K] : never) : never;
type TypeOf<T> = T extends { type: infer Type extends string } ? Type : never;
type OfType<T, Type> = T extends { type: infer Own } ? (Type extends Own ? T : never) : never;
type ItemOf<T> = T extends readonly (infer Item)[] ? Item : never;

/** Where people stand in a value: what is not said to tell of people is neither shown nor changed. */
export type Shape<T> = [T] extends [string | null | undefined]
  ? Names
  : [T] extends [readonly unknown[] | null | undefined]
    ? { list: Shape<ItemOf<NonNullable<T>>> }
    : Parts<NonNullable<T>>;

/** Those of an object. */
interface Parts<T> {
  fields?: { [K in KeyOf<T>]?: Shape<ValueOf<T, K>> };
  /** The field with the login of whom the object's words are; not there: they are whose the object around it is. */
  owner?: KeyOf<T>;
  /** By its field `type`. */
  byType?: { [Type in TypeOf<T>]?: Shape<OfType<T, Type>> };
  /** Fields whose names are a login after one of these beginnings, which may be empty. */
  namedBy?: readonly string[];
  /** Fields whose names begin so. */
  each?: { beginning: string; shape: Shape<T[keyof T]> };
}

/** A shape as it is walked along, whatever it is the shape of. */
type AnyShape = Names | { list: AnyShape } | AnyParts;
interface AnyParts {
  fields?: Partial<Record<string, AnyShape>>;
  owner?: string;
  byType?: Partial<Record<string, AnyShape>>;
  namedBy?: readonly string[];
  each?: { beginning: string; shape: AnyShape };
}

/** Whom to look for. */
export interface Wanted {
  login: string;
  /** Hosts whose pages are people's: `github.com`. */
  hosts: readonly string[];
  /** What stands for them where their word is counted; else `ghost`. */
  alias?: string;
}

/** Something that is known of a person, and where in a document. */
export interface Mention {
  /** `feedback[0].respondent`. */
  path: string;
  /** The object that is theirs, else the text that names them. */
  value: unknown;
}

/** As GitHub makes them; older ones may end with a hyphen, those of managed users have an underscore. */
export function isLogin(text: string): boolean {
  return /^[a-z\d][a-z\d_-]{0,99}$/i.test(text);
}

/** Everything in a value that names a person. Logins are compared without case. */
export function mentionsOf<T>(shape: Shape<T>, value: T, wanted: Wanted): Mention[] {
  return searched(shape, value, wanted).mentions;
}

/** The value without the person: their name becomes GitHub's for deleted accounts, what they wrote is gone. */
export function withoutPerson<T>(shape: Shape<T>, value: T, wanted: Wanted): T {
  return searched(shape, value, wanted).value;
}

/** A sentence of ours names those whom the value names elsewhere: else "open" would be a person wherever it is a word. */
function searched<T>(shape: Shape<T>, value: T, wanted: Wanted): { value: T; mentions: Mention[] } {
  const first = walk(shape as AnyShape, value, searchFor(wanted, false));
  if (first.mentions.length === 0) return { value, mentions: [] };
  const { value: without, mentions } = walk(shape as AnyShape, value, searchFor(wanted, true));
  return { value: without as T, mentions };
}

/** Names of fields that hold a login in what GitHub sends, and in what waits beside it in the inbox. */
const LOGIN_FIELDS: ReadonlySet<string> = new Set(["login", "author", "respondent", "by"]);

/** Does a delivery's payload, whatever its shape, tell of a person? */
export function payloadNames(payload: string, wanted: Wanted): boolean {
  // Most do not, and reading all of them as JSON takes fifty times as long.
  if (!payload.toLowerCase().includes(wanted.login.toLowerCase())) return false;
  const search = searchFor(wanted, false);
  const names = (value: unknown, key: string): boolean => {
    if (typeof value === "string")
      return (LOGIN_FIELDS.has(key) && search.is(value)) || value.search(search.mention) >= 0;
    if (value === null || typeof value !== "object") return false;
    return Object.entries(value).some(([inner, one]) => names(one, Array.isArray(value) ? key : inner));
  };
  try {
    return names(JSON.parse(payload), "");
  } catch {
    return true;
  }
}

interface Search {
  is(login: string): boolean;
  /** As GitHub writes of people. */
  mention: RegExp;
  /** In sentences of ours. */
  sentence: RegExp;
  alias: string;
}

function searchFor({ login, hosts, alias = GHOST }: Wanted, bare: boolean): Search {
  const name = login.toLowerCase();
  const escaped = (text: string) => text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
  // Not a part of a longer login, a bot of that name, an organisation's team, or a repository of theirs.
  const end = "(?![\\w-]|\\[bot\\]|/[\\w.-])";
  const page = `(?<=https?://(?:www\\.)?(?:${hosts.map(escaped).join("|")})/)${escaped(login)}${end}`;
  const mention = new RegExp(`(?<![\\w./-])@${escaped(login)}${end}|${page}`, "gi");
  const word = new RegExp(`(?<![\\w/-])@?${escaped(login)}${end}|${page}`, "gi");
  return { is: (text) => text.toLowerCase() === name, mention, sentence: bare ? word : mention, alias };
}

function walk(shape: AnyShape, root: unknown, search: Search): { value: unknown; mentions: Mention[] } {
  const mentions: Mention[] = [];
  const visit = (at: AnyShape, value: unknown, path: string, theirs: boolean, told: boolean): unknown => {
    const found = () => void (told || mentions.push({ path, value }));
    if (value === null || value === undefined) return value;
    if (typeof at === "string") {
      if (typeof value !== "string") return value;
      const left = textWithout(at, value, theirs, search);
      if (left !== value) found();
      return left;
    }
    if ("list" in at) {
      if (!Array.isArray(value)) return value;
      if (theirs && at.list === "words") return [];
      const kept = value.map((one, i) => visit(at.list, one, `${path}[${i}]`, theirs, told));
      // Nobody is given a ghost's work.
      return at.list === "login" ? kept.filter((one, i) => one === value[i]) : kept;
    }
    const { type } = value as { type?: string };
    const own = type === undefined ? undefined : at.byType?.[type];
    if (own) return visit(own, value, path, theirs, told);
    const ofObject = at.owner === undefined ? theirs : isOf(value, at.owner, search);
    const begins = ofObject && at.owner !== undefined;
    if (begins) found();
    return partsWithout(at, value, path, search, (inner, one, where, named) => {
      if (named) mentions.push(...(told || begins ? [] : [{ path: where, value: one }]));
      return inner && visit(inner, one, where, ofObject, told || begins);
    });
  };
  return { value: visit(shape, root, "", false, false), mentions };
}

function isOf(value: object, owner: string, search: Search): boolean {
  const login = (value as Record<string, unknown>)[owner];
  return typeof login === "string" && search.is(login);
}

function textWithout(names: Names, text: string, theirs: boolean, search: Search): string {
  switch (names) {
    case "login":
      return search.is(text) ? GHOST : text;
    case "rater":
      return search.is(text) ? search.alias : text;
    case "words":
      return theirs ? "" : text.replace(search.mention, GHOST);
    case "text":
      return text.replace(search.mention, GHOST);
    case "sentence":
      return text.replace(search.sentence, GHOST);
  }
}

/** An object's fields, changed one by one; those that are named by the person are told of and left out. */
function partsWithout(
  { fields, namedBy = [], each }: AnyParts,
  value: object,
  path: string,
  search: Search,
  visit: (shape: AnyShape | null, value: unknown, path: string, named: boolean) => unknown,
): object {
  const kept = Object.entries(value).flatMap(([key, inner]): [string, unknown][] => {
    const where = path === "" ? key : `${path}.${key}`;
    if (namedBy.some((beginning) => key.startsWith(beginning) && search.is(key.slice(beginning.length)))) {
      visit(null, inner, where, true);
      return [];
    }
    const shape = fields && Object.hasOwn(fields, key) ? fields[key] : undefined;
    const at = shape ?? (each && key.startsWith(each.beginning) ? each.shape : undefined);
    return [[key, at ? visit(at, inner, where, false) : inner]];
  });
  return Object.fromEntries(kept);
}
