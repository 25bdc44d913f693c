import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { COMMANDS } from "../../src/messages/command-reply.ts";
import type { Command, CommandName } from "../../src/triage/commands.ts";
import {
  addedCommands,
  COMMAND_NAMES,
  commandMistakes,
  editDistance,
  mayCommand,
  parseCommands,
} from "../../src/triage/commands.ts";

describe("a command", () => {
  it.each<[string, Command]>([
    ["/priority P1", { name: "priority", level: "P1" }],
    ["/priority p0", { name: "priority", level: "P0" }],
    ["/assign @mona", { name: "assign", logins: ["mona"] }],
    ["/assign me", { name: "assign", logins: ["me"] }],
    ["/assign @mona, @hubot-2", { name: "assign", logins: ["mona", "hubot-2"] }],
    ["/assign mona_acme", { name: "assign", logins: ["mona_acme"] }],
    ["/unassign", { name: "unassign", logins: [] }],
    ["/unassign @mona", { name: "unassign", logins: ["mona"] }],
    ["/kind Bug", { name: "kind", kind: "bug" }],
    ["/label good first issue", { name: "label", label: "good first issue" }],
    ["/duplicate #12", { name: "duplicate", of: { repository: null, number: 12 } }],
    ["/duplicate 12", { name: "duplicate", of: { repository: null, number: 12 } }],
    ["/duplicate of acme/app#12", { name: "duplicate", of: { repository: "acme/app", number: 12 } }],
    [
      "/duplicate https://github.com/acme/app/issues/12",
      { name: "duplicate", of: { repository: "acme/app", number: 12 } },
    ],
    [
      "/duplicate https://git.example/acme/a.b/discussions/3",
      { name: "duplicate", of: { repository: "acme/a.b", number: 3 } },
    ],
    ["/answer", { name: "answer", article: null }],
    ["/answer docs/install.md#proxy", { name: "answer", article: "docs/install.md#proxy" }],
    ["/waiting", { name: "waiting" }],
    ["/sla pause", { name: "sla", what: "pause" }],
    ["/sla RESUME", { name: "sla", what: "resume" }],
    ["/sla show", { name: "sla", what: "show" }],
    ["/escalate", { name: "escalate", reason: null }],
    ["/escalate customer is down", { name: "escalate", reason: "customer is down" }],
    ["/mute", { name: "mute" }],
    ["/why", { name: "why" }],
    ["/redeem", { name: "redeem", credits: 1 }],
    ["/redeem 3", { name: "redeem", credits: 3 }],
    ["/report", { name: "report" }],
    ["/improved #12", { name: "improved", ref: "#12" }],
    ["/improved octo-org/docs#12", { name: "improved", ref: "octo-org/docs#12" }],
    ["/improved https://example.com/a?b", { name: "improved", ref: "https://example.com/a?b" }],
    ["/improved 17e1784", { name: "improved", ref: "17e1784" }],
    ["/improved docs/proxy.md#set-it", { name: "improved", ref: "docs/proxy.md#set-it" }],
    ["/undo", { name: "undo" }],
    ["/help", { name: "help" }],
    ["/close", { name: "close" }],
    ["/reopen", { name: "reopen" }],
    ["/not-helpful", { name: "not-helpful" }],
  ])("%s is understood", (body, command) => {
    expect(parseCommands(body)).toEqual([command]);
    expect(commandMistakes(body)).toEqual([]);
  });

  it.each([
    ["after text and an empty line", "Thanks!\n\n/close"],
    ["with Windows line ends", "Thanks!\r\n/close\r\n"],
    ["with trailing spaces", "  /close  "],
    ["in capitals", "/CLOSE"],
    ["below a quote and an empty line", "> is it mended?\n\n/close"],
    ["after a closed fence", "```\nlog\n```\n/close"],
    ["after inline code", "I ran `make`\n/close"],
    ["after a lone backtick", "the ` key is stuck\n/close"],
    ["after text that was hidden", "<!-- note -->\n/close"],
    ["after an indented list", "- one\n\n    two\n\n/close"],
  ])("is found %s", (_, body) => {
    expect(parseCommands(body)).toEqual([{ name: "close" }]);
  });

  it.each([
    ["in a fence", "```\n/close\n```"],
    ["in a fence with a language", "```sh\n/close\n```"],
    ["in a fence of tildes", "~~~\n/close\n~~~"],
    ["in a longer fence that holds a shorter one", "````\n```\n/close\n````"],
    ["in a fence that nobody closed", "```\n/close"],
    ["in an indented block", "Try:\n\n    /close"],
    ["in inline code", "`/close`"],
    ["in inline code over lines", "say `\n/close\n` there"],
    ["in a quote", "> /close"],
    ["in a quote's continued line", "> somebody wrote\n/close"],
    ["in a nested quote", ">> /close"],
    ["in HTML code", "<pre>\n/close\n</pre>"],
    ["in an HTML quote", "<blockquote>\n/close\n</blockquote>"],
    ["in a hidden comment", "<!--\n/close\n-->"],
    ["in the middle of a line", "please /close this"],
    ["as the start of a path", "/close/to/me"],
    ["as part of a word", "/closed"],
  ])("is ignored %s", (_, body) => {
    expect(parseCommands(body)).toEqual([]);
  });

  it("keeps the order of several", () => {
    expect(parseCommands("/kind bug\ntext\n/priority P2\n/assign me").map(({ name }) => name)).toEqual([
      "kind",
      "priority",
      "assign",
    ]);
  });

  it("is never found in what is fenced or quoted, whatever stands there", () => {
    const word = fc.constantFrom("/close", "/label x", "text", "", "> y", "`", "- z", "    /undo");
    fc.assert(
      fc.property(fc.array(word, { maxLength: 12 }), (lines) => {
        expect(parseCommands(["~~~~~", ...lines, "~~~~~"].join("\n"))).toEqual([]);
        expect(parseCommands(lines.map((line) => `> ${line}`).join("\n"))).toEqual([]);
      }),
      { numRuns: 300 },
    );
  });

  it("is read from 65,536 hostile characters within a tenth of a second", () => {
    for (const body of [
      "`".repeat(65_536),
      "`a ``b ".repeat(9_000),
      "<!--".repeat(16_000),
      "<pre>".repeat(13_000),
      "> \n".repeat(21_000),
    ]) {
      const began = performance.now();
      parseCommands(`${body}\n/x`);
      expect(performance.now() - began).toBeLessThan(100);
    }
  });
});

describe("a mistake", () => {
  it.each<[string, CommandName]>([
    ["/asign @mona", "assign"],
    ["/prioritiy P1", "priority"],
    ["/lable bug", "label"],
    ["/duplciate #3", "duplicate"],
    ["/not-helpfull", "not-helpful"],
    ["/hlep", "help"],
    ["/priority urgent", "priority"],
    ["/sla", "sla"],
    ["/sla stop", "sla"],
    ["/assign", "assign"],
    ["/assign somebody free!", "assign"],
    ["/kind banana", "kind"],
    ["/duplicate", "duplicate"],
    ["/duplicate #0", "duplicate"],
    ["/wyting", "waiting"],
    ["/redeem 0", "redeem"],
    ["/redeem 1001", "redeem"],
    ["/redeem -1", "redeem"],
    ["/redeem 1.5", "redeem"],
    ["/close it", "close"],
  ])("%s gets the usage of /%s and does nothing", (body, meant) => {
    const usage = COMMANDS.find((one) => `${one.usage} `.startsWith(`/${meant} `))?.usage;
    expect(parseCommands(body)).toEqual([]);
    expect(commandMistakes(body)).toEqual([{ text: body, meant, usage }]);
  });

  it.each([
    "/usr",
    "/etc is full",
    "/api",
    "/v1",
    "/shrug",
    "/usr/bin/env",
    "`/asign`",
    "> /asign",
    "and /asign",
  ])("%s is nobody's mistake", (body) => {
    expect(commandMistakes(body)).toEqual([]);
  });

  it("counts slips as people make them", () => {
    expect(editDistance("close", "close")).toBe(0);
    expect(editDistance("close", "clsoe")).toBe(1);
    expect(editDistance("", "abc")).toBe(3);
    expect(editDistance("kitten", "sitting")).toBe(3);
  });
});

describe("an edited comment", () => {
  it.each<[string, string, string, CommandName[]]>([
    ["adds what was not there", "hello", "hello\n/close", ["close"]],
    ["does not repeat what was obeyed", "/close", "/close\nthanks", []],
    ["obeys a changed argument", "/priority P2", "/priority P1", ["priority"]],
    ["obeys a second one of the same", "/redeem", "/redeem\n/redeem", ["redeem"]],
    ["undoes nothing by a removal", "/close\n/mute", "/mute", []],
    ["obeys what leaves a code block", "```\n/close\n```", "/close", ["close"]],
  ])("%s", (_, before, after, added) => {
    expect(addedCommands(before, after).map(({ name }) => name)).toEqual(added);
  });
});

describe("who may command", () => {
  it("the team may use every command", () => {
    expect(COMMAND_NAMES.filter((name) => !mayCommand(name, { team: true, reporter: false }))).toEqual([]);
  });

  it("the reporter may close, reopen and refuse help, and nothing else", () => {
    expect(COMMAND_NAMES.filter((name) => mayCommand(name, { team: false, reporter: true }))).toEqual([
      "close",
      "reopen",
      "not-helpful",
    ]);
  });

  it("a stranger may use none", () => {
    expect(COMMAND_NAMES.filter((name) => mayCommand(name, { team: false, reporter: false }))).toEqual([]);
  });
});
