import type { Kind } from "../learning/kind.ts";
import { KINDS } from "../learning/kind.ts";
import { COMMANDS } from "../messages/command-reply.ts";
import { PRIORITIES, type Priority } from "../ticket/priority.ts";
import { proseLines } from "./prose.ts";

/** Another thread, as people write it: `#7`, `owner/name#7` or its address. */
export interface Reference {
  /** `owner/name`; null: the same repository. */
  repository: string | null;
  number: number;
}

/** A command of a comment. Logins come without `@`; `me` is left for the reader to resolve. */
export type Command =
  | { name: "priority"; level: Priority }
  | { name: "assign"; logins: string[] }
  | { name: "unassign"; logins: string[] }
  | { name: "kind"; kind: Kind }
  | { name: "label"; label: string }
  | { name: "duplicate"; of: Reference }
  /** Marks the comment's text, or the article named, as the answer. */
  | { name: "answer"; article: string | null }
  | { name: "waiting" }
  | { name: "sla"; what: "pause" | "resume" | "show" }
  | { name: "escalate"; reason: string | null }
  | { name: "mute" }
  | { name: "why" }
  | { name: "redeem"; credits: number }
  /** What was put right after our help had failed: a thread, a commit, a page, a file. */
  | { name: "improved"; ref: string }
  | { name: "report" }
  | { name: "undo" }
  | { name: "help" }
  | { name: "close" }
  | { name: "reopen" }
  | { name: "not-helpful" };

export type CommandName = Command["name"];

/** Something that looks like a command but is none: `usage` says how the meant one is written. */
export interface Mistake {
  /** As it was written, at most 60 characters. */
  text: string;
  meant: CommandName;
  usage: string;
}

/** null: the argument cannot be understood. */
type Reader = (argument: string) => Command | null;

const bare =
  (command: Command): Reader =>
  (argument) =>
    argument === "" ? command : null;

/** How the rest of a command's line is read. */
const READERS: Record<CommandName, Reader> = {
  priority: readPriority,
  assign: (argument) => readLogins("assign", argument),
  unassign: (argument) => readLogins("unassign", argument),
  kind: readKind,
  label: (argument) => (argument ? { name: "label", label: argument } : null),
  duplicate: readDuplicate,
  answer: (argument) => ({ name: "answer", article: argument || null }),
  waiting: bare({ name: "waiting" }),
  sla: readSla,
  escalate: (argument) => ({ name: "escalate", reason: argument || null }),
  mute: bare({ name: "mute" }),
  why: bare({ name: "why" }),
  redeem: readRedeem,
  improved: readImproved,
  report: bare({ name: "report" }),
  undo: bare({ name: "undo" }),
  help: bare({ name: "help" }),
  close: bare({ name: "close" }),
  reopen: bare({ name: "reopen" }),
  "not-helpful": bare({ name: "not-helpful" }),
};

export const COMMAND_NAMES = Object.keys(READERS) as CommandName[];

/** How a command is written and for whom it is, as `/help` explains it. */
function explained(name: CommandName): (typeof COMMANDS)[number] {
  const found = COMMANDS.find(({ usage }) => usage.split(" ")[0] === `/${name}`);
  if (!found) throw new Error(`/${name} is explained nowhere`);
  return found;
}

/** May a person give this command? The team may give all of them. */
export function mayCommand(name: CommandName, by: { team: boolean; reporter: boolean }): boolean {
  return by.team || (by.reporter && explained(name).for === "reporter");
}

/** The commands of a comment, in order. What stands in code or quotes is none. */
export function parseCommands(body: string): Command[] {
  return slashLines(body).flatMap(({ word, argument }) => {
    const command = isCommand(word) ? READERS[word](argument) : null;
    return command ? [command] : [];
  });
}

/** Does a comment hold commands, typos of such included, and nothing else that a reader could take for an answer? */
export function onlyCommands(body: string): boolean {
  const slashes = slashLines(body).filter(({ word }) => isCommand(word) || nearest(word) !== null);
  return (
    slashes.length > 0 && slashes.length === body.split("\n").filter((line) => line.trim() !== "").length
  );
}

/** Lines that were meant as commands: a known name with a wrong argument, or a name with a typo. */
export function commandMistakes(body: string): Mistake[] {
  return slashLines(body).flatMap(({ word, argument, text }) => {
    if (isCommand(word) && READERS[word](argument)) return [];
    const meant = isCommand(word) ? word : nearest(word);
    return meant ? [{ text: text.slice(0, 60), meant, usage: explained(meant).usage }] : [];
  });
}

/**
 * What an edit of a comment adds: commands that stood there before are not obeyed twice, and removing one undoes
 * nothing (`/undo` does).
 */
export function addedCommands(before: string, after: string): Command[] {
  const known = parseCommands(before).map((command) => JSON.stringify(command));
  return parseCommands(after).filter((command) => {
    const at = known.indexOf(JSON.stringify(command));
    if (at >= 0) known.splice(at, 1);
    return at < 0;
  });
}

// A name followed by another slash is a path, such as /usr/bin.
const SLASH = /^ {0,3}\/([a-z][a-z-]{0,30})(?:[ \t]+(.*))?$/i;

function slashLines(body: string): { word: string; argument: string; text: string }[] {
  if (!body.includes("/")) return [];
  return proseLines(body).flatMap((line) => {
    const match = SLASH.exec(line.trimEnd());
    if (!match?.[1]) return [];
    return [{ word: match[1].toLowerCase(), argument: (match[2] ?? "").trim(), text: line.trim() }];
  });
}

function isCommand(word: string): word is CommandName {
  return Object.hasOwn(READERS, word);
}

/** The command that a mistyped word is nearest to: one slip in short words, two from six letters on. */
function nearest(word: string): CommandName | null {
  // Words of two letters or fewer are within one slip of too much.
  if (word.length < 3) return null;
  const allowed = word.length < 6 ? 1 : 2;
  const ranked = COMMAND_NAMES.map((name) => ({ name, slips: editDistance(word, name) })).sort(
    (a, b) => a.slips - b.slips,
  );
  const best = ranked[0];
  return best && best.slips <= allowed ? best.name : null;
}

/** Slips between two words: letters put in, left out, changed, or swapped with their neighbour (Damerau 1964). */
export function editDistance(a: string, b: string): number {
  let before: number[] = [];
  let above = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const change = (above[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      const swapped = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
      const swap = swapped ? (before[j - 2] ?? 0) + 1 : Number.POSITIVE_INFINITY;
      row.push(Math.min(change, (above[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1, swap));
    }
    before = above;
    above = row;
  }
  return above[b.length] ?? 0;
}

function readPriority(argument: string): Command | null {
  const level = PRIORITIES.find((name) => name === argument.toUpperCase());
  return level ? { name: "priority", level } : null;
}

function readKind(argument: string): Command | null {
  const kind = KINDS.find((name) => name === argument.toLowerCase());
  return kind ? { name: "kind", kind } : null;
}

// GitHub's logins, and those of managed users, which end in an underscore and a short code.
const LOGIN = /^@?([a-z\d](?:[a-z\d]|-(?=[a-z\d])){0,38}(?:_[a-z\d]{1,8})?)$/i;

function readLogins(name: "assign" | "unassign", argument: string): Command | null {
  const words = argument.split(/[\s,]+/).filter(Boolean);
  const logins = words.flatMap((word) => LOGIN.exec(word)?.[1] ?? []);
  if (logins.length < words.length || (name === "assign" && logins.length === 0)) return null;
  return { name, logins };
}

const REFERENCE =
  /^(?:https:\/\/[^/\s]+\/)?(?:([\w.-]+\/[\w.-]+?)(?:\/(?:issues|discussions)\/|#)|#)?(\d{1,10})$/;

function readDuplicate(argument: string): Command | null {
  // "of" is what people write before the number.
  const match = REFERENCE.exec(argument.replace(/^of\s+/i, ""));
  const number = Number(match?.[2] ?? 0);
  if (!match || number < 1) return null;
  return { name: "duplicate", of: { repository: match[1] ?? null, number } };
}

/** `#12`, `owner/name#12`, an address, a commit, or a file's path with or without a heading's anchor. */
const IMPROVEMENT =
  /^(?=.{2,300}$)(?:(?:[\w.-]+\/[\w.-]+)?#\d{1,10}|https:\/\/\S+|[\da-f]{7,40}|[^\s:#?]+\.\w+(?:#\S+)?)$/i;

function readImproved(argument: string): Command | null {
  return IMPROVEMENT.test(argument) ? { name: "improved", ref: argument } : null;
}

function readSla(argument: string): Command | null {
  const word = argument.toLowerCase();
  return word === "pause" || word === "resume" || word === "show" ? { name: "sla", what: word } : null;
}

function readRedeem(argument: string): Command | null {
  const credits = argument === "" ? 1 : Number(argument);
  return Number.isInteger(credits) && credits >= 1 && credits <= 1000 ? { name: "redeem", credits } : null;
}
