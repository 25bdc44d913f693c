import { describe, expect, it } from "@jest/globals";
import { parseDocument } from "../../src/learning/document.ts";

describe("parseDocument", () => {
  it("takes a form apart into headings and answers", () => {
    const { headings } = parseDocument(
      "t",
      "### Version\n\n1.2.3\n\n### Logs\n\n_No response_\n\n**Steps**\n1. open",
    );
    expect(headings).toEqual([
      { name: "Version", answer: "1.2.3" },
      { name: "Logs", answer: "" },
      { name: "Steps", answer: "1. open" },
    ]);
  });

  it("keeps code, comments and links out of the prose", () => {
    const body = "I see <!-- say what --> red.\n```js\nlet x = 1;\n```\nSee https://a.example/b now.";
    const document = parseDocument("t", body);
    expect(document.prose).toBe("I see\nred.\nSee   now.");
    expect(document.code).toBe("let x = 1;");
    expect(document.comments.trim()).toBe("say what");
    expect(document.links).toEqual(["https://a.example/b"]);
  });

  it("reads fields, checkboxes and stack traces", () => {
    const document = parseDocument(
      "t",
      "- OS: Linux\n- [x] searched\n- [ ] read\n```\n  at f (a.js:1:2)\n```",
    );
    expect(document.fields).toEqual([{ key: "OS", value: "Linux" }]);
    expect(document.checkboxes.map(({ checked }) => checked)).toEqual([true, false]);
    expect(document.shape.traceLines).toBe(1);
  });

  it("has the first two sentences as the opening", () => {
    expect(parseDocument("t", "It is very red. It was blue. Then green.").opening).toBe(
      "It is very red. It was blue.",
    );
  });

  it.each([
    ["nothing", ""],
    ["an open fence", "```"],
    ["an open comment", "a <!-- b\n\nc"],
    ["null bytes", "\0\0 a \0"],
    ["only emoji", "🎉🎉🎉"],
    ["right-to-left text", "שלום עולם"],
    ["a lone surrogate", "\ud800"],
  ])("reads %s", (_, body) => {
    expect(parseDocument("", body).shape.length).toBe(body.length);
  });
});
