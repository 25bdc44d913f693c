import { describe, expect, it } from "@jest/globals";
import {
  joinExamples,
  withAgreement,
  withLabel,
  withoutLabel,
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
