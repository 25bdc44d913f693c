import { describe, expect, it } from "@jest/globals";
import { growth } from "../growth.ts";
import { claimsSolved } from "../../src/kb/solved.ts";
import { saysUseless } from "../../src/kb/solution.ts";

describe("words right after an answer", () => {
  it.each([
    "That did not help.",
    "It did not solve it.",
    "Thanks, but this does not solve my problem.",
    "Hi, thanks for the quick reply! Unfortunately that didn't help.",
    "I tried that. It didn't fix anything.",
    "Didn't work, sorry.",
    "this doesn’t work for me",
    "None of these helped.",
    "Sorry, that's not what I asked.",
    "That is not very helpful…",
    "The article doesn't answer my question.",
    "Danke, aber das hat nicht geholfen.",
    "Das löst mein Problem leider nicht.",
    "Merci, mais ça ne résout pas mon problème.",
    "Cela n'a pas aidé.",
    "Gracias, pero eso no me ayuda.",
    "No funciona: no resuelve nada.",
    "Obrigado, mas isso não resolveu.",
    "Спасибо, но это не помогло.",
    "谢谢，但是没有用。",
    "試しましたが、解決しませんでした。",
    "도움이 안 됩니다.",
  ])("%j say that it was of no use", (body) => {
    expect(saysUseless(body)).toBe(true);
    expect(claimsSolved(body)).toBe(false);
  });

  it.each([
    "That solved it, thanks!",
    "Thanks!",
    "It does not work when I click the button on the left.",
    "I also tried a reinstall on another disk. That did not help.",
    "If that does not help, I will try the other version.",
    "I hope this doesn't fix it by accident.",
    "Why doesn't this work?",
    "Does this not solve it?",
    "> That did not help.\n\nWho says so?",
    "The linked page is long.\nIt did not help me find the right section when I read it.",
    "It used to be that this did not help before 2.0, now it does.",
    "Wenn das nicht hilft, melde ich mich.",
    "Si ça ne marche pas, je reviens.",
    "Si no me ayuda, vuelvo.",
    "Если не помогло, напишу.",
    "如果没有用，我再来。",
  ])("%j do not", (body) => {
    expect(saysUseless(body)).toBe(false);
  });
});

it("is read in time in line with the length", () => {
  for (const part of [
    "that did not help ",
    "thanks ",
    "hi!",
    "!",
    "i tried that ",
    "no, ",
    "das hat a ",
    "if ",
  ]) {
    expect([part, growth((length) => saysUseless(part.repeat(length / part.length))) < 6]).toEqual([
      part,
      true,
    ]);
  }
});
