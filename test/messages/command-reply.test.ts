import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { COMMANDS, commandReply } from "../../src/messages/command-reply.ts";
import { supportedLanguages } from "../../src/messages/language.ts";
import { FILTERS, hostile, html, tags, text as textOf } from "./github-text.ts";

const en = { language: "en" };

const firstBlock = (body: string) => body.split("\n\n")[0];

describe("commandReply", () => {
  it.each([
    [
      "a typo with a near command",
      { type: "unknown" as const, command: "/asign", suggestion: "/assign" },
      "I do not know the command `/asign`. Did you mean `/assign`? `/help` lists all commands.",
    ],
    [
      "a typo like no command",
      { type: "unknown" as const, command: "/xyz", suggestion: null },
      "I do not know the command `/xyz`. `/help` lists all commands.",
    ],
    [
      "a command of the team",
      { type: "team-only" as const, command: "/assign" },
      "Only the team can use `/assign`.",
    ],
    [
      "a command without its argument",
      { type: "usage" as const, usage: "/assign LOGIN" },
      "Please write it like this: `/assign LOGIN`",
    ],
    [
      "a label that is not there",
      { type: "cannot" as const, reason: "commandNoLabel" as const, subject: "a`b" },
      "This repository has no label ``a`b``.",
    ],
    [
      "a thread that is not there",
      { type: "cannot" as const, reason: "commandNoThread" as const, subject: "#9" },
      "I cannot find `#\u200b9` here.",
    ],
    [
      "what cannot be undone",
      { type: "cannot" as const, reason: "commandNothingToUndo" as const },
      "There is nothing to undo.",
    ],
    ["/why", { type: "why" as const, because: ["a", "b"] }, "What I went by:"],
  ])("answers %s", (_, reply, words) => {
    const body = commandReply(en, "reply:1", [reply]);
    expect(firstBlock(body)).toBe(words);
    expect(body).toContain("I am Frontdesk, a bot.");
    expect(body.endsWith("<!-- frontdesk:reply:1 -->")).toBe(true);
  });

  it("gives the reasons to /why as a list", () => {
    const body = commandReply(en, "reply:1", [
      { type: "why", because: ["the word “crash”", "asked by @octocat"] },
    ]);
    expect(body).toContain("- the word “crash”\n- asked by @\u200boctocat");
  });

  it("shows how the clocks stand", () => {
    const dueAt = Date.UTC(2026, 2, 2, 14);
    const body = commandReply(en, "reply:1", [
      {
        type: "deadlines",
        clocks: [
          { clock: "firstResponse", state: "kept", dueIn: null, dueAt: null },
          { clock: "nextResponse", state: "running", dueIn: 3 * 3_600_000, dueAt },
          { clock: "resolution", state: "paused", dueIn: null, dueAt: null },
        ],
      },
    ]);
    expect(body.split("\n\n").slice(0, 2)).toEqual([
      "The deadlines:",
      "- ✅ first response\n- ⏳ next response: in 3 hours (2026-03-02 14:00 UTC)\n- ⏸️ resolution",
    ]);
  });

  it("answers several commands in one comment", () => {
    const body = commandReply(en, "reply:1", [
      { type: "usage", usage: "/kind KIND" },
      { type: "cannot", reason: "commandNothingToUndo" },
    ]);
    expect(body.split("\n\n").slice(0, 2)).toEqual([
      "Please write it like this: `/kind KIND`",
      "There is nothing to undo.",
    ]);
  });

  it.each(supportedLanguages)("lists every command in two tables in %s", (language) => {
    const rendered = html(commandReply({ language }, "reply:1", [{ type: "help" }]));
    expect(rendered.match(/<table>/g)).toHaveLength(2);
    const cells = Array.from(rendered.matchAll(/<td><code>(.*?)<\/code><\/td>\n<td>(.+?)<\/td>/g));
    expect(cells.map((cell) => cell[1])).toEqual(COMMANDS.map((command) => command.usage));
    expect(new Set(cells.map((cell) => cell[2])).size).toBe(COMMANDS.length);
  });

  it("knows the commands that the desk obeys", () => {
    const team =
      "priority assign unassign kind label duplicate answer waiting sla escalate mute why redeem improved report undo help";
    expect(COMMANDS.map(({ usage }) => usage.split(" ")[0]?.slice(1))).toEqual([
      ...team.split(" "),
      ..."close reopen not-helpful".split(" "),
    ]);
  });

  it("lets nothing of a mistyped command through", () => {
    fc.assert(
      fc.property(hostile, (command) => {
        const rendered = html(commandReply(en, "reply:1", [{ type: "unknown", command, suggestion: null }]));
        expect(tags(rendered).sort()).toEqual(["!--", "code", "p", "sub"]);
        for (const [name, filter] of Object.entries(FILTERS)) {
          expect([name, textOf(rendered).match(filter)]).toEqual([name, null]);
        }
      }),
      { numRuns: 100 },
    );
  });
});
