import { describe, expect, it } from "@jest/globals";
import {
  joinExamples,
  withAgreement,
  withLabel,
  withoutLabel,
  withoutOldWitnesses,
  withPresent,
  type Example,
} from "../../src/ticket/example.ts";

function example(labels: Record<string, "person" | "agreement" | "bot">, removed: string[] = []): Example {
  return {
    repositoryId: 1,
    number: 7,
    createdAt: 0,
    features: "",
    version: "1",
    labels: Object.entries(labels).map(([name, by]) => ({ name, by })),
    removed,
    excluded: false,
  };
}

const nothing = example({});

describe("what a thread teaches", () => {
  it.each<[string, Example, Example]>([
    [
      "a person sets a label -> an example of a person",
      withLabel(nothing, "net", "person"),
      example({ net: "person" }),
    ],
    ["a bot sets a label -> an example of a bot", withLabel(nothing, "net", "bot"), example({ net: "bot" })],
    [
      "a person takes a label off -> a counter-example",
      withoutLabel(example({ net: "bot" }), "net", true),
      example({}, ["net"]),
    ],
    ["a bot takes a label off -> nothing", withoutLabel(example({ net: "bot" }), "net", false), nothing],
    [
      "a bot sets again what a person took off -> still a counter-example",
      withLabel(example({}, ["net"]), "net", "bot"),
      example({}, ["net"]),
    ],
    [
      "a person sets again what was taken off -> an example",
      withLabel(example({}, ["net"]), "net", "person"),
      example({ net: "person" }),
    ],
    [
      "the team lets a bot's label stand -> agreement, and a person's stays a person's",
      withAgreement(example({ net: "bot", ui: "bot", os: "person" }), ["net", "os"]),
      example({ net: "agreement", ui: "bot", os: "person" }),
    ],
    [
      "labels came and went unheard -> a bot's, and none",
      withPresent(example({ net: "person", ui: "person" }, ["os"]), ["net", "os"]),
      example({ net: "person", os: "bot" }),
    ],
    [
      "the timeline knows the hand that we did not hear of",
      joinExamples(example({ net: "bot", ui: "person" }), example({ net: "person", ui: "bot" }, ["os"])),
      example({ net: "person", ui: "person" }, ["os"]),
    ],
    [
      "what is set now is no counter-example, whatever the timeline said before",
      joinExamples(example({ net: "person" }), example({}, ["net"])),
      example({ net: "person" }),
    ],
  ])("%s", (_, taught, expected) => {
    expect(taught).toEqual(expected);
  });
});

describe("who said what, and when", () => {
  const maria = { login: "Maria", at: 5 };
  const eve = { login: "eve", at: 9 };
  const said = (label: string, set: boolean, login: string | null, at: number, by = "person") => ({
    label,
    set,
    by,
    login,
    at,
  });

  it.each<[string, Example, object[] | undefined]>([
    [
      "a person's word, in small letters",
      withLabel(nothing, "net", "person", maria),
      [said("net", true, "maria", 5)],
    ],
    [
      "once, however often it is heard",
      withLabel(withLabel(nothing, "net", "person", maria), "net", "person", { ...maria, at: 6 }),
      [said("net", true, "maria", 5)],
    ],
    [
      "with what stood before it",
      withoutLabel(example({ net: "bot" }), "net", true, eve),
      [said("net", true, null, 0, "bot"), said("net", false, "eve", 9)],
    ],
    [
      "with what had been taken off before it",
      withLabel(example({}, ["net"]), "net", "person", eve),
      [said("net", false, null, 0), said("net", true, "eve", 9)],
    ],
    [
      "who let a bot's label stand",
      withAgreement(example({ net: "bot" }), ["net"], maria),
      [said("net", true, null, 0, "bot"), said("net", true, "maria", 5, "agreement")],
    ],
    ["nothing of bots", withLabel(nothing, "net", "bot"), undefined],
    [
      "of a label whose timeline was read only what that says",
      joinExamples(withLabel(nothing, "net", "person", eve), withLabel(nothing, "net", "person", maria)),
      [said("net", true, "maria", 5)],
    ],
    [
      "without the names of long ago",
      withoutOldWitnesses(withoutLabel(withLabel(nothing, "net", "person", maria), "net", true, eve), 7),
      [said("net", true, "ghost", 5), said("net", false, "eve", 9)],
    ],
  ])("is kept: %s", (_, { testimony }, expected) => {
    expect(testimony).toEqual(expected);
  });

  it("is kept of the newest twenty words only", () => {
    let kept = nothing;
    for (let at = 1; at <= 50; at++) {
      const word = { login: "eve", at };
      kept = at % 2 === 1 ? withLabel(kept, "net", "person", word) : withoutLabel(kept, "net", true, word);
    }
    expect(kept.testimony?.map(({ at }) => at)).toEqual(Array.from({ length: 20 }, (_, i) => i + 31));
  });
});
