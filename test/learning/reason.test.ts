import { readFileSync } from "node:fs";
import { describe, expect, it } from "@jest/globals";
import { classifyKind } from "../../src/learning/classify.ts";
import { parseDocument } from "../../src/learning/document.ts";
import { loadModel } from "../../src/learning/kind-model.ts";
import { guessLabels } from "../../src/learning/label-model.ts";
import { reasonsForLabel } from "../../src/learning/label-reason.ts";
import { learnLabels } from "../../src/learning/repository-model.ts";
import { featuresOf, kindsOf, labelsOf, makeLesson, makeTickets } from "./corpus.ts";

const shipped = loadModel(readFileSync(new URL("../../src/learning/shipped/kinds.model", import.meta.url)));
const learned = learnLabels(
  makeTickets(200).map((ticket) => makeLesson(ticket)),
  { shipped },
);
const local = kindsOf(learned);

const TICKETS: [string, string][] = [
  [
    "App crashes when saving",
    "Since the update it crashes with an error. I expected it to save.\n```\nTypeError: x\n```",
  ],
  ["Please add a dark mode", "It would be nice to have a dark mode. I would like it to follow the system."],
  [
    "How to use it with classes?",
    "I am trying to understand how it works. Can anyone help me? Thanks in advance",
  ],
  ["Typo in the documentation", "The docs of the installation guide have a typo in the example."],
  ["Very slow rendering", "It takes 30 seconds to render a list and the CPU usage is high."],
];

/** Reasons that quote words of the ticket: `"menu" in the title`, `says that it crashes: "crash"`. */
const QUOTING = / in the (?:title|text|first sentences)$|: "(?:[^"\\]|\\.)*"$/;

/** The text of a ticket without the words that a reason quotes. */
function without(text: string, reason: string): string {
  const quoted = /"(?:[^"\\]|\\.)*"/.exec(reason)?.[0];
  const words = quoted === undefined ? "" : (JSON.parse(quoted) as string);
  return words === ""
    ? text
    : text.split(new RegExp(words.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"), "gi")).join(" ");
}

describe("the reasons of a decision", () => {
  it.each(
    TICKETS.flatMap(([title, body]) => [["shipped", title, body] as const, ["local", title, body] as const]),
  )("of the %s model for %j are what makes it sure", (which, title, body) => {
    const evidence = which === "local" ? local : undefined;
    const guess = classifyKind(shipped, parseDocument(title, body), evidence);
    const quoting = guess.because.filter((reason) => QUOTING.test(reason));
    expect(quoting.length).toBeGreaterThan(0);
    for (const reason of quoting) {
      const less = classifyKind(
        shipped,
        parseDocument(without(title, reason), without(body, reason)),
        evidence,
      );
      expect(less.probabilities[guess.kind]).toBeLessThan(guess.confidence);
    }
  });

  it("quote the ticket, never a number of a feature", () => {
    const [title, body] = TICKETS[0] ?? ["", ""];
    const { because } = classifyKind(shipped, parseDocument(title, body));
    const text = `${title} ${body}`.replace(/\s+/g, " ");
    for (const reason of because) {
      const quoted = /"((?:[^"\\]|\\.)*)"/.exec(reason)?.[1];
      if (quoted !== undefined) expect(text).toContain(quoted);
    }
  });

  it.each([
    ["network", "The proxy fails", "It fails since today, with a timeout of the connection."],
    ["editor", "Undo fails", "The cursor jumps after a text selection on Linux."],
  ])("for the repository's own label %s are what makes it sure", (label, title, body) => {
    const model = labelsOf(learned);
    const confidence = (ticket: { title: string; body: string }) =>
      guessLabels(model, featuresOf(ticket)).find(({ name }) => name === label)?.confidence ?? 0;
    const reasons = reasonsForLabel(model, label, parseDocument(title, body));
    expect(reasons.length).toBeGreaterThan(0);
    for (const reason of reasons) {
      const less = confidence({ title: without(title, reason), body: without(body, reason) });
      expect(less).toBeLessThan(confidence({ title, body }));
    }
  });

  it("of nothing are none", () => {
    expect(classifyKind(shipped, parseDocument("", "")).because).toEqual([]);
  });
});
