import { comment } from "./comment.ts";
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
  | { type: "why"; because: string[] };

/** A reply of ours to a command, in a comment of its own. */
export function commandReply(voice: Voice, slot: string, reply: CommandReply): string {
  return comment(voice, slot, blocksOf(voice, reply));
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
  }
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
