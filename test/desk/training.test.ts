import { readFileSync } from "node:fs";
import { describe, expect, it } from "@jest/globals";
import { learn, type Curriculum } from "../../src/desk/training.ts";
import { bestClass } from "../../src/learning/calibrate.ts";
import { kindPart } from "../../src/learning/features.ts";
import { KINDS, type Kind } from "../../src/learning/kind.ts";
import { KIND_LABELS, kindOfLabel } from "../../src/learning/kind-label.ts";
import { loadModel, shippedProbabilities, thresholdFor } from "../../src/learning/kind-model.ts";
import type { Lesson } from "../../src/learning/lesson.ts";
import { localProbabilities } from "../../src/learning/local-kinds.ts";
import type { RepositoryModel } from "../../src/learning/repository-model.ts";
import { lied, makeLesson, makeTickets, relabelled, signed } from "../learning/corpus.ts";

const shipped = loadModel(readFileSync(new URL("../../src/learning/shipped/kinds.model", import.meta.url)));
const course = { promotedAt: 300, goOn: true, without: [], options: { labels: KIND_LABELS } };
/** Opened and labelled at 1 to 300 by two people in turn; what is learned later comes after 300. */
const past = makeTickets(300).map((ticket, i) => signed(ticket, i % 2 === 0 ? "ann" : "bob", i + 1));
const clean = makeTickets(200, 5).map((ticket) => makeLesson(ticket));

/** The share of kinds that are right, and that are said. */
function figuresOf({ kinds }: Pick<RepositoryModel, "kinds">, lessons = clean) {
  let right = 0;
  let said = 0;
  for (const { features, labels } of lessons) {
    const part = kindPart(features);
    const found = kinds ? localProbabilities(shipped, kinds, part) : shippedProbabilities(shipped, part);
    const best = bestClass(found);
    const kind = (kinds?.kinds ?? KINDS)[best] as Kind;
    if (labels.some(({ name }) => kindOfLabel(name) === kind)) right++;
    if ((found[best] as number) >= thresholdFor(kinds ?? shipped, kind, 0.85)) said++;
  }
  return { right: right / lessons.length, said: said / lessons.length };
}

const floor = figuresOf({ kinds: null });

/** A hundred corrections after the 300, so many of them wrong and by one person: of new threads, or of what was there. */
function poisoned(where: "new" | "old", lies: number, by: string | null = "eve"): Lesson[] {
  const next = makeTickets(100, 3).map((ticket, i) =>
    where === "new" && i < lies ? signed(lied(ticket), by, 301 + i) : signed(ticket, "ann", 301 + i),
  );
  const tickets = makeTickets(300);
  const old = past.map((lesson, i) =>
    where === "old" && i % 3 === 0 && i / 3 < lies
      ? relabelled(lesson, lied(tickets[i] as (typeof tickets)[0]).labels, by, 301 + i / 3)
      : lesson,
  );
  return [...old, ...next];
}

describe("somebody who labels wrongly on purpose", () => {
  const ways = (["new", "old"] as const).flatMap((where) =>
    [30, 100].map((lies) => [where, lies, poisoned(where, lies)] as const),
  );
  it.each(ways)(
    "%s threads, %i of a hundred corrections: the floor holds, and the model is not silenced",
    (_where, _lies, history) => {
      const next = learn({ ...course, history }, shipped);
      // A restart, after a promotion that took all of it for good.
      const again = learn({ ...course, history, promotedAt: 1_000, goOn: false }, shipped);
      for (const { model, doubts } of [next, again]) {
        const { right, said } = figuresOf(model);
        expect(right).toBeGreaterThanOrEqual(floor.right);
        expect(said).toBeGreaterThanOrEqual(0.9);
        expect(doubts).toMatchObject([{ login: "eve" }]);
      }
      expect(next.examination?.promoted).toBe(true);
    },
  );

  it("would have done it harm: what is learned of everybody is below the floor", () => {
    const unsigned = poisoned("new", 100).map(({ testimony: _, ...lesson }) => lesson);
    expect(
      figuresOf(learn({ ...course, history: unsigned, promotedAt: null }, shipped).model).right,
    ).toBeLessThan(floor.right);
  });

  it("teaches nothing by command either, and what stood before their word stands again", () => {
    const history = poisoned("old", 100);
    const { model, doubts } = learn({ ...course, history, promotedAt: null, without: ["eve"] }, shipped);
    expect(doubts).toEqual([]);
    const honest = history.slice(300);
    const { model: never } = learn({ ...course, history: [...past, ...honest], promotedAt: null }, shipped);
    expect(figuresOf(model)).toEqual(figuresOf(never));
  });

  it("is told by the shipped model where nobody else has taught", () => {
    const alone = makeTickets(60, 3).map((ticket, i) => signed(lied(ticket), "eve", i));
    const { model, doubts } = learn({ ...course, history: alone, promotedAt: null }, shipped);
    expect(doubts).toMatchObject([{ login: "eve" }]);
    expect(figuresOf(model)).toEqual(floor);
  });
});

describe("the examination, where nobody knows whose word it is", () => {
  it.each(["new", "old"] as const)(
    "keeps aside a hundred lies about %s threads, and goes on with what was learned before",
    (where) => {
      const history = poisoned(where, 100, null);
      const { model, examination, doubts } = learn({ ...course, history }, shipped);
      expect(doubts).toEqual([]);
      expect(examination?.promoted).toBe(false);
      expect(model.lessons).toBe(300);
      expect(figuresOf(model)).toEqual(
        figuresOf(learn({ ...course, history: past, promotedAt: null }, shipped).model),
      );
      // A restart makes the same model of it: what stood when it was promoted.
      expect(figuresOf(learn({ ...course, history, goOn: false }, shipped).model)).toEqual(figuresOf(model));
    },
  );

  it("promotes what a hundred more good lessons taught", () => {
    const more = makeTickets(100, 7).map((ticket, i) => signed(ticket, "cy", 301 + i));
    const { model, examination, doubts } = learn({ ...course, history: [...past, ...more] }, shipped);
    expect(examination).toMatchObject({ promoted: true, held: 80 });
    expect(doubts).toEqual([]);
    expect(model.lessons).toBe(400);
  });

  it("promotes without an examination where too few lessons could be held out", () => {
    const few: Curriculum = { ...course, history: past.slice(0, 99), promotedAt: 50 };
    const { model, examination } = learn(few, shipped);
    expect(examination).toBeNull();
    expect(model.lessons).toBe(99);
  });
});
