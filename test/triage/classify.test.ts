import { describe, expect, it } from "@jest/globals";
import type { Thread } from "../../src/ticket/thread.ts";
import { readTicket } from "../../src/triage/classify.ts";
import { discussion, facts, settings, thread } from "../builders/facts.ts";

function read(the: Thread) {
  return readTicket(facts({ thread: the }), [], settings());
}

const question = {
  title: "How do I use two data sources in one widget?",
  body: "Is it possible to show both in one chart? Can anybody help me, what is the best way?",
};

describe("a report of a vulnerability", () => {
  it("is kept quiet also where its first words read like a field of a form", () => {
    const body =
      "I found a security vulnerability: what is typed is written to the shared log, so that an attacker reads it.";
    expect(read(thread({ title: "Typed text turns up in the log", body })).secret).toBe(true);
  });
});

describe("the kind of a discussion", () => {
  it("is a question where it reads so and was asked in a category of questions, and says why", () => {
    const reading = read(discussion(question));
    expect(reading.kind).toBe("question");
    expect(reading.because[0]).toBe('asked in the category "Q&A"');
    expect(reading.confidence).toBeGreaterThan(read(thread(question)).confidence);
  });

  it("is not a question only because of its category", () => {
    const crash = { title: "It crashes on start", body: "Since the update it crashes with an error." };
    expect(read(discussion(crash)).kind).toBe("bug");
  });

  it("takes nothing from a category without answers", () => {
    const category = { name: "General", answerable: false };
    expect(read(discussion({ ...question, category })).confidence).toBe(read(thread(question)).confidence);
  });
});
