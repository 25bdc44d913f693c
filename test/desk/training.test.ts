import { readFileSync } from "node:fs";
import { describe, expect, it } from "@jest/globals";
import { learn } from "../../src/desk/training.ts";
import { bestClass } from "../../src/learning/calibrate.ts";
import { KINDS } from "../../src/learning/kind.ts";
import { KIND_LABELS, kindOfLabel } from "../../src/learning/kind-label.ts";
import { loadModel, shippedProbabilities } from "../../src/learning/kind-model.ts";
import type { Lesson } from "../../src/learning/lesson.ts";
import { localProbabilities } from "../../src/learning/local-kinds.ts";
import type { RepositoryModel } from "../../src/learning/repository-model.ts";
import { makeLesson, makeTickets, type Made } from "../learning/corpus.ts";

const shipped = loadModel(readFileSync(new URL("../../src/learning/shipped/kinds.model", import.meta.url)));
const options = { labels: KIND_LABELS, targetPrecision: 0.85, ignoreLabels: [] };
const good = makeTickets(300).map((ticket) => makeLesson(ticket));
const clean = makeTickets(200, 5).map((ticket) => makeLesson(ticket));

/** Each kind's wrong one, always the same: the lie that is easiest to learn. */
const LIES: Record<string, string> = { bug: "question", question: "enhancement", enhancement: "bug" };
const lied = (ticket: Made) => ({ ...ticket, labels: ticket.labels.map((name) => LIES[name] ?? name) });
const wrong = makeTickets(100, 3).map((ticket) => makeLesson(lied(ticket)));

function accuracy({ kinds }: Pick<RepositoryModel, "kinds">, lessons: readonly Lesson[]): number {
  const right = lessons.filter(({ features, labels }) => {
    const found = kinds
      ? localProbabilities(shipped, kinds, features)
      : shippedProbabilities(shipped, features);
    const guess = (kinds?.kinds ?? KINDS)[bestClass(found)];
    return labels.some(({ name }) => kindOfLabel(name) === guess);
  });
  return right.length / lessons.length;
}

const floor = accuracy({ kinds: null }, clean);

describe("learn", () => {
  it("keeps aside what a corrector taught who is wrong on purpose, a hundred times after 300 good lessons", () => {
    const { model, examination } = learn({ history: [...good, ...wrong], known: 300, options }, shipped);
    expect(examination?.promoted).toBe(false);
    expect(model.lessons).toBe(300);
    expect(accuracy(model, clean)).toBeGreaterThanOrEqual(floor);
    // What it is kept from: .86 where the floor is .94.
    const unexamined = learn({ history: [...good, ...wrong], known: null, options }, shipped);
    expect(accuracy(unexamined.model, clean)).toBeLessThan(floor);
  });

  it("is not misled by a corrector whose wrong labels pass at first", () => {
    const first = learn({ history: [...good, ...wrong.slice(0, 50)], known: 300, options }, shipped);
    const known = first.examination?.promoted ? 350 : 300;
    const second = learn({ history: [...good, ...wrong], known, options }, shipped);
    expect(second.examination?.promoted).toBe(false);
    expect(accuracy(first.model, clean)).toBeGreaterThanOrEqual(floor);
    expect(accuracy(second.model, clean)).toBeGreaterThanOrEqual(floor);
  });

  it("promotes what a hundred more good lessons taught", () => {
    const more = makeTickets(100, 7).map((ticket) => makeLesson(ticket));
    const { model, examination } = learn({ history: [...good, ...more], known: 300, options }, shipped);
    expect(examination).toMatchObject({ promoted: true, held: 80 });
    expect(model.lessons).toBe(400);
  });

  it("promotes without an examination where too few lessons could be held out", () => {
    const { model, examination } = learn({ history: good.slice(0, 99), known: 50, options }, shipped);
    expect(examination).toBeNull();
    expect(model.lessons).toBe(99);
  });
});
