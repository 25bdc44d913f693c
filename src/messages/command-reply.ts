import { comment } from "./comment.ts";
import { relativeTime } from "./language.ts";
import { clockName, type SlaClock } from "./notice.ts";
import { inlineCode, neutralize } from "./sanitize.ts";
import type { MessageName } from "./sentence.ts";
import { paragraph, say, type Voice } from "./template.ts";

/** The commands as people write them, who may, and the sentence that explains each. */
export const COMMANDS = [
  { usage: "/priority P0|P1|P2|P3", for: "team", effect: "helpPriority" },
  { usage: "/assign LOGIN", for: "team", effect: "helpAssign" },
  { usage: "/unassign LOGIN", for: "team", effect: "helpUnassign" },
  { usage: "/kind KIND", for: "team", effect: "helpKind" },
  { usage: "/label LABEL", for: "team", effect: "helpLabel" },
  { usage: "/duplicate NUMBER", for: "team", effect: "helpDuplicate" },
  { usage: "/answer", for: "team", effect: "helpAnswer" },
  { usage: "/waiting", for: "team", effect: "helpWaiting" },
  { usage: "/sla pause|resume|show", for: "team", effect: "helpSla" },
  { usage: "/escalate", for: "team", effect: "helpEscalate" },
  { usage: "/mute", for: "team", effect: "helpMute" },
  { usage: "/why", for: "team", effect: "helpWhy" },
  { usage: "/redeem", for: "team", effect: "helpRedeem" },
  { usage: "/improved REF", for: "team", effect: "helpImproved" },
  { usage: "/report", for: "team", effect: "helpReport" },
  { usage: "/undo", for: "team", effect: "helpUndo" },
  { usage: "/help", for: "team", effect: "helpHelp" },
  { usage: "/close", for: "reporter", effect: "helpClose" },
  { usage: "/reopen", for: "reporter", effect: "helpReopen" },
  { usage: "/not-helpful", for: "reporter", effect: "helpNotHelpful" },
] as const satisfies readonly { usage: string; for: "team" | "reporter"; effect: MessageName }[];

/** What a command may be answered with, besides a reaction. Texts come from users. */
export type CommandReply =
  | { type: "help" }
  /** A typo: said once a ticket. `suggestion` is the nearest command, if one is near. */
  | { type: "unknown"; command: string; suggestion: string | null }
  | { type: "team-only"; command: string }
  | { type: "usage"; usage: string }
  /** The answer to `/why`: English sentences, what contributed most first. */
  | { type: "why"; because: string[] }
  /** It cannot be done: why, and what it was about. */
  | { type: "cannot"; reason: Obstacle; subject?: string }
  /** The answer to `/sla show`. */
  | { type: "deadlines"; clocks: ShownClock[] };

/** Why a command cannot be obeyed. */
export type Obstacle =
  | "commandNoLabel"
  | "commandNoAssignees"
  | "commandNoDeadlines"
  | "commandNothingToUndo"
  | "commandNoArticle"
  | "commandNoThread"
  | "commandPrivateOnly"
  | "commandNoCredits";

/** A clock as people are shown it. Milliseconds. */
export interface ShownClock {
  clock: SlaClock;
  state: "running" | "paused" | "kept" | "missed";
  /** From now to the deadline, below 0 when it is past; null: it stands still. */
  dueIn: number | null;
  dueAt: number | null;
}

/** Our replies to the commands of a comment, in a comment of their own. */
export function commandReply(voice: Voice, slot: string, replies: readonly CommandReply[]): string {
  return comment(
    voice,
    slot,
    replies.flatMap((reply) => blocksOf(voice, reply)),
  );
}

function code(text: string): { markdown: string } {
  return { markdown: inlineCode(text, 80) };
}

function blocksOf(voice: Voice, reply: CommandReply): string[] {
  switch (reply.type) {
    case "help":
      return help(voice);
    case "unknown": {
      const hint = reply.suggestion
        ? [say(voice, "commandSuggestion", { command: code(reply.suggestion) })]
        : [];
      const sentences = [say(voice, "commandUnknown", { command: code(reply.command) }), ...hint];
      return [paragraph(voice, [...sentences, say(voice, "commandHelpHint")])];
    }
    case "team-only":
      return [say(voice, "commandTeamOnly", { command: code(reply.command) })];
    case "usage":
      return [say(voice, "commandUsage", { usage: code(reply.usage) })];
    case "why":
      return [say(voice, "whyReasons"), reply.because.map((reason) => `- ${neutralize(reason)}`).join("\n")];
    case "cannot":
      return [obstacle(voice, reply.reason, reply.subject ?? "")];
    case "deadlines":
      return [say(voice, "deadlines"), reply.clocks.map((clock) => shown(voice, clock)).join("\n")];
  }
}

function obstacle(voice: Voice, reason: Obstacle, subject: string): string {
  switch (reason) {
    case "commandNoLabel":
      return say(voice, reason, { label: code(subject) });
    case "commandNoThread":
      return say(voice, reason, { thread: code(subject) });
    case "commandPrivateOnly":
      return say(voice, reason, { command: code(subject) });
    case "commandNoAssignees":
    case "commandNoDeadlines":
    case "commandNothingToUndo":
    case "commandNoArticle":
    case "commandNoCredits":
      return say(voice, reason);
  }
}

const SIGN = { running: "⏳", paused: "⏸️", kept: "✅", missed: "❌" } as const;

/** `⏳ first response: in 3 hours (2026-11-20 14:00 UTC)`; signs need no translation. */
function shown(voice: Voice, { clock, state, dueIn, dueAt }: ShownClock): string {
  const when =
    state !== "running" || dueIn === null || dueAt === null
      ? ""
      : `: ${relativeTime(dueIn, voice.language ?? "en")} (${new Date(dueAt).toISOString().slice(0, 16).replace("T", " ")} UTC)`;
  return `- ${SIGN[state]} ${clockName(voice, clock)}${when}`;
}

function help(voice: Voice): string[] {
  const table = (who: "team" | "reporter") => {
    // A bar ends a table's cell even inside a code span, unless it is escaped.
    const rows = COMMANDS.filter((command) => command.for === who).map(
      ({ usage, effect }) => `| \`${usage.replaceAll("|", "\\|")}\` | ${say(voice, effect)} |`,
    );
    const head = `| ${say(voice, "helpCommand")} | ${say(voice, "helpEffect")} |\n| --- | --- |`;
    return [head, ...rows].join("\n");
  };
  return [
    say(voice, "helpIntro"),
    `**${say(voice, "helpForTeam")}**`,
    table("team"),
    `**${say(voice, "helpForReporter")}**`,
    table("reporter"),
  ];
}
