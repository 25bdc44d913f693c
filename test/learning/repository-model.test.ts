import { readFileSync } from "node:fs";
import { describe, expect, it } from "@jest/globals";
import { classifyKind } from "../../src/learning/classify.ts";
import { parseDocument } from "../../src/learning/document.ts";
import { loadModel } from "../../src/learning/kind-model.ts";
import { guessLabels } from "../../src/learning/label-model.ts";
import type { Lesson } from "../../src/learning/lesson.ts";
import { decodeRepository, encodeRepository } from "../../src/learning/repository-file.ts";
import { learnLabels, updateLabels, type RepositoryModel } from "../../src/learning/repository-model.ts";
import { featuresOf, kindsOf, labelsOf, makeLesson, makeTickets } from "./corpus.ts";

const shipped = loadModel(readFileSync(new URL("../../src/learning/shipped/kinds.model", import.meta.url)));
const history = makeTickets(300).map((ticket) => makeLesson(ticket));
const model = learnLabels(history, { shipped });
const network = { title: "A timeout of the connection", body: "The proxy fails." };

function confidenceOf(learned: RepositoryModel, name: string, ticket = network): number {
  const guesses = learned.labels ? guessLabels(learned.labels, featuresOf(ticket)) : [];
  return guesses.find((guess) => guess.name === name)?.confidence ?? 0;
}

describe("learnLabels", () => {
  it("applies the repository's own labels, several a ticket if need be, and no kind's", () => {
    const guesses = guessLabels(labelsOf(model), featuresOf(network));
    expect(guesses.filter(({ applied }) => applied).map(({ name }) => name)).toEqual(["network"]);
    expect([...(model.labels?.names ?? [])].sort()).toEqual(["editor", "network"]);
  });

  it("knows only the kinds that the repository uses", () => {
    expect(model.kinds?.kinds).toEqual(["bug", "feature", "question"]);
    const guess = classifyKind(shipped, parseDocument("The proxy crashes", "with an error"), kindsOf(model));
    expect(guess.kind).toBe("bug");
    expect(guess.probabilities.security).toBe(0);
  });

  it("gives the same model for the same history", () => {
    const again = learnLabels(history, { shipped });
    expect(Buffer.compare(encodeRepository(again), encodeRepository(model))).toBe(0);
  });

  it("learns no label with fewer than 20 human examples", () => {
    const few = makeTickets(300).map((ticket, i) => makeLesson(ticket, i < 25 ? "person" : "bot"));
    expect(learnLabels(few, { shipped }).labels).toBeNull();
  });

  it("never learns ignored labels", () => {
    const names = learnLabels(history, { shipped, ignoreLabels: ["network"] }).labels?.names;
    expect(names).toEqual(["editor"]);
  });

  it("learns nothing from transferred, spam or locked threads", () => {
    const excluded = history.map((lesson): Lesson => ({ ...lesson, excluded: true }));
    expect(learnLabels(excluded, { shipped })).toMatchObject({ kinds: null, labels: null });
  });

  it("does not apply a label that people set at random", () => {
    const random = makeTickets(300).map((ticket, i) =>
      makeLesson({ ...ticket, labels: i % 3 === 0 ? ["later"] : ["other thing"] }),
    );
    const learned = learnLabels(random, { shipped });
    const applied = makeTickets(50, 9).flatMap((ticket) =>
      guessLabels(labelsOf(learned), featuresOf(ticket)).filter(
        ({ name, applied }) => applied && name === "later",
      ),
    );
    expect(applied).toEqual([]);
  });

  it("believes a person more than a bot", () => {
    const said = (by: "person" | "bot") =>
      history.map((lesson, i): Lesson => {
        if (i % 2 === 0 || !lesson.labels.some(({ name }) => name === "network")) return lesson;
        return { ...lesson, labels: [{ name: "editor", by }] };
      });
    expect(confidenceOf(learnLabels(said("bot"), { shipped }), "network")).toBeGreaterThan(
      confidenceOf(learnLabels(said("person"), { shipped }), "network"),
    );
  });

  it("believes the newest tickets more than the oldest", () => {
    const called = (name: string) =>
      makeTickets(400).map((ticket) =>
        makeLesson({
          ...ticket,
          labels: ticket.labels.map((label) => (label === "question" ? name : label)),
        }),
      );
    const asked = parseDocument("How do I use the proxy?", "How do I use it?");
    const bugProbability = (...parts: Lesson[][]) =>
      classifyKind(shipped, asked, kindsOf(learnLabels(parts.flat(), { shipped }))).probabilities.bug;
    expect(bugProbability(called("question"), called("bug"))).toBeGreaterThan(
      bugProbability(called("bug"), called("question")),
    );
  });

  it("takes a removal for a counter-example", () => {
    const removed = history.map((lesson, i): Lesson => {
      if (i % 3 !== 0) return lesson;
      return {
        ...lesson,
        labels: lesson.labels.filter(({ name }) => name !== "network"),
        removed: ["network"],
      };
    });
    expect(confidenceOf(learnLabels(removed, { shipped }), "network")).toBeLessThan(
      confidenceOf(model, "network"),
    );
  });

  it("says nothing of tickets that people named no kind for", () => {
    const areas = makeTickets(300).map((ticket, i) =>
      makeLesson(i < 40 ? { ...ticket, labels: ["bug"] } : { ...ticket, labels: ["editor"] }),
    );
    const { kinds } = learnLabels(areas, { shipped });
    expect(kinds?.curves[0]?.precision.every((precision) => precision < 0.85)).toBe(true);
  });

  it.each([
    ["no ticket", 0],
    ["3 tickets", 3],
    ["19 tickets", 19],
  ])("takes a history of %s", (_, count) => {
    const learned = learnLabels(history.slice(0, count), { shipped });
    expect(learned.labels).toBeNull();
    expect(learned.kinds === null).toBe(count === 0);
  });

  it("takes a history of one kind only", () => {
    const bugs = makeTickets(60).map((ticket) => makeLesson({ ...ticket, labels: ["bug"] }));
    const learned = learnLabels(bugs, { shipped });
    const guess = classifyKind(shipped, parseDocument("How do I?", ""), kindsOf(learned));
    expect([guess.kind, guess.confidence]).toEqual(["bug", 1]);
  });

  it.each(["🐛 fehler", "Ошибка", "a/b: c (d)", "__proto__", "constructor"])("takes the label %j", (name) => {
    const renamed = makeTickets(120).map((ticket) =>
      makeLesson({ ...ticket, labels: ticket.labels.map((label) => (label === "network" ? name : label)) }),
    );
    expect(learnLabels(renamed, { shipped }).labels?.names).toContain(name);
  });
});

describe("updateLabels", () => {
  const wrong = makeLesson({ ...network, labels: ["bug"] }, "person", ["network"]);

  it("helps the next ticket at once, and leaves the old model alone", () => {
    const before = confidenceOf(model, "network");
    const updated = updateLabels(model, wrong);
    expect(confidenceOf(updated, "network")).toBeLessThan(before);
    expect(confidenceOf(model, "network")).toBe(before);
    expect(updated.lessons).toBe(model.lessons + 1);
  });

  it("moves the kinds too", () => {
    const document = parseDocument(network.title, network.body);
    const before = classifyKind(shipped, document, kindsOf(model)).probabilities.question;
    const updated = updateLabels(model, makeLesson({ ...network, labels: ["question"] }));
    expect(classifyKind(shipped, document, kindsOf(updated)).probabilities.question).toBeGreaterThan(before);
  });

  it("learns nothing from an excluded thread", () => {
    expect(updateLabels(model, { ...wrong, excluded: true })).toBe(model);
  });
});

describe("the file of a repository's model", () => {
  const bytes = encodeRepository(model);

  it("gives back a model that decides alike", () => {
    const read = decodeRepository(bytes);
    const document = parseDocument(network.title, network.body);
    expect(classifyKind(shipped, document, kindsOf(read))).toEqual(
      classifyKind(shipped, document, kindsOf(model)),
    );
    expect(guessLabels(labelsOf(read), featuresOf(network))).toEqual(
      guessLabels(labelsOf(model), featuresOf(network)),
    );
  });

  it.each([
    ["no bytes", new Uint8Array()],
    ["another file", new TextEncoder().encode("hello, this is something else")],
    ["a cut file", bytes.subarray(0, bytes.length - 8)],
  ])("refuses %s", (_, broken) => {
    expect(() => decodeRepository(broken)).toThrow(RangeError);
  });
});
