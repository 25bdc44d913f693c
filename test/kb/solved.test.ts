import { describe, expect, it } from "@jest/globals";
import { claimsSolved } from "../../src/kb/solved.ts";

const SOLVED: Record<string, string[]> = {
  English: [
    "That solved it, thanks!",
    "Thanks, that did it!",
    "Works, thanks!",
    "It works now.",
    "Great, it works now on all of our machines.",
    "It worked!",
    "Works like a charm",
    "Now everything is working.",
    "Fixed!",
    "Sorted, cheers",
    "Thank you, solved.",
    "that was it, thanks",
    "That was the problem.",
    "The error is gone.",
    "No more errors, the issue is fixed.",
    "Problem solved",
    "I finally got it working.",
    "That fixed it, please close.",
    "Solved by reinstalling.",
    "What solved it was the proxy.",
    "I did not see that page. Your link helped!",
    "Yes. That has really solved my problem.",
    "It works without any problems now.",
  ],
  German: [
    "Danke, ist gelöst.",
    "Jetzt funktioniert es, danke!",
    "Das hat geholfen.",
    "Gelöst, bitte schließen.",
    "Der Fehler ist behoben",
  ],
  French: ["Résolu, merci !", "Ça marche maintenant.", "ça marche, merci", "Le problème est résolu."],
  Spanish: ["Resuelto, gracias.", "¡Funcionó!", "Ahora funciona.", "El problema está solucionado"],
  Portuguese: ["Resolvido, obrigado!", "Funcionou!", "Agora funciona.", "O problema foi resolvido"],
  Russian: ["Решено, спасибо!", "Всё заработало", "Мне помогли, проблема решена.", "Теперь работает"],
  Chinese: ["解决了，谢谢", "问题已解决。", "已經解決，謝謝", "不错，解决了"],
  Japanese: ["解決しました。ありがとうございます", "直りました！"],
  Korean: ["해결됐습니다, 감사합니다", "문제가 해결되었습니다."],
};

const UNSOLVED: Record<string, string[]> = {
  English: [
    "I don't think that solved it.",
    "This hasn't solved it",
    "That didnt fix it, it works the same now",
    "It doesn't look like that fixed it.",
    "I doubt that this solved anything",
    "Nope, that solved nothing",
    "no, this helped nobody",
    "Nothing in it helped",
    "Not solved",
    "unsolved",
    "I can't say this fixed it",
    "Wouldn't say it works now",
    "That did not solve it.",
    "It worked before the update.",
    "It worked before the update, now the proxy is ignored.",
    "it worked in 3.1 but crashes in 3.2",
    "It worked fine yesterday",
    "It worked in 3.1, thanks for looking.",
    "the old version works",
    "It works on my other machine.",
    "It works in Chrome.",
    "works fine without your plugin",
    "It only works with sudo",
    "It still works only on Linux.",
    "This is fixed in Chrome, broken in Firefox",
    "That fixed one crash; the other remains",
    "That solved it. But now the export is empty.",
    "That solved the first one. The second does not work.",
    "I thought that solved it, but no.",
    "I hope this works now",
    "I wish this worked",
    "Please get this fixed",
    "I need this fixed now",
    "When will this be solved",
    "Which version is fixed in",
    "Is this solved now",
    "Is this solved?",
    "This is solved now?",
    "Thanks for working on this.",
    "Maria is working on it now.",
    "Thanks, I see how it works.",
    "Fixed width columns are ugly.",
    "Thank you!",
  ],
  German: [
    "Das hat das Problem nicht gelöst.",
    "Ich hoffe, das ist bald gelöst.",
    "Der Fehler wird beim Start ausgelöst.",
    "Gestern war es noch gelöst.",
    "Ich glaube kaum, dass das gelöst ist",
  ],
  French: ["Ce n'est pas résolu.", "J'espère que ça marche maintenant.", "Ça marche sur une autre machine."],
  Spanish: ["No está resuelto.", "Funcionó antes de la actualización.", "Espero que esté resuelto"],
  Portuguese: ["Não foi resolvido.", "Funcionou antes da atualização.", "Acho que não está resolvido"],
  Russian: ["Не решено.", "Надеюсь, теперь работает", "Раньше заработало, теперь нет"],
  Chinese: ["没解决", "问题还没有解决了吗", "希望已解决", "之前解决了，但又出现了"],
  Japanese: ["解決しません", "解決しましたが、別のエラーが出ます", "解決しましたか"],
  Korean: ["해결되지 않았습니다", "해결해 주세요", "해결 방법이 없나요", "해결됐지만 다른 오류가 있습니다"],
};

const rows = (table: Record<string, string[]>) =>
  Object.entries(table).flatMap(([language, texts]) => texts.map((text) => [language, text] as const));

describe("that it is solved", () => {
  it.each(rows(SOLVED))("is said in %s by %j", (_, text) => {
    expect(claimsSolved(text)).toBe(true);
  });

  it.each(rows(UNSOLVED))("is not said in %s by %j", (_, text) => {
    expect(claimsSolved(text)).toBe(false);
  });
});

it("is read in time in line with the length", () => {
  for (const part of [
    "it works thanks ",
    "that ",
    "now ",
    "ok, ",
    "ça marche bien ",
    "? ",
    ".",
    "the works now ",
  ]) {
    const start = performance.now();
    claimsSolved(part.repeat(65_536 / part.length));
    expect([part, performance.now() - start < 500]).toEqual([part, true]);
  }
});
