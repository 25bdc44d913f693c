import { describe, expect, it } from "@jest/globals";
import { isSubstantial, saysSolved, solutionCandidates } from "../../src/kb/solution.ts";
import type { Said } from "../../src/ticket/backlog-thread.ts";

const CLOSED_AT = 1_000_000_000;
const ADVICE = "You need to set the proxy in the board before the export runs.";
const CHATTER = "The parser of the second stage moved to another module last week.";

/** What was said, one comment a second, the last a second before the close. */
function talk(...comments: [author: string, body: string][]): Said[] {
  return comments.map(([author, body], i) => ({
    nodeId: `IC_${i}`,
    author,
    body,
    url: `https://github.com/o/n/issues/7#issuecomment-${i}`,
    at: CLOSED_AT - (comments.length - i) * 1_000,
  }));
}

const closed = (said: Said[], title = "The export is empty") => ({
  title,
  author: "mona",
  closedAt: CLOSED_AT,
  said,
});

describe("a comment", () => {
  it.each([
    ["that advises says enough", ADVICE, true],
    ["of code says enough", "```\nexports: direct\nproxy: http://gateway:3128\nretries: 3 times\n```", true],
    ["that thanks says too little", "Thank you so much!", false],
    [
      "that closes as stale says nothing",
      "Closing as there was no answer for a long time, sorry about it.",
      false,
    ],
    [
      "that cannot reproduce says nothing",
      "I cannot reproduce this with the newest version on my machine.",
      false,
    ],
    ["that names the original is no answer", "This is a duplicate of #12, please go on over there.", false],
    ["that only quotes says too little", `> ${ADVICE}\n\nYes.`, false],
    ["in Japanese says enough", "設定ファイルにプロキシを書いてから、もう一度実行してください。", true],
  ])("%s", (_, body, expected) => {
    expect(isSubstantial(body)).toBe(expected);
  });

  it.each([
    ["That solved it, thanks!", true],
    ["Great, it works now.", true],
    ["Solved by reinstalling.", true],
    ["Danke, ist gelöst.", true],
    ["解决了，谢谢", true],
    ["That did not solve it.", false],
    ["It still works only on Linux.", false],
    ["Is this solved?", false],
    ["> That solved it\n\nReally?", false],
  ])("%j says that it is solved: %s", (body, expected) => {
    expect(saysSolved(body)).toBe(expected);
  });
});

describe("what solved a thread", () => {
  const first = (said: Said[], title?: string) => solutionCandidates(closed(said, title))[0];

  it("is the comment before the reporter's thanks, if its author is on the team", () => {
    const said = talk(["lisa", ADVICE], ["mona", "That solved it!"], ["maria", CHATTER]);
    expect(first(said)).toEqual({ said: said[0], vouchers: ["lisa"] });
  });

  it("is the comment that somebody links, if either of the two is on the team", () => {
    const link = "Solved: see https://github.com/o/n/issues/7#issuecomment-0";
    const said = talk(["octo-guest", ADVICE], ["lisa", CHATTER], ["maria", link]);
    expect(first(said)).toEqual({ said: said[0], vouchers: ["octo-guest", "maria"] });
  });

  it("is nothing of what somebody else than the reporter merely calls solved", () => {
    expect(solutionCandidates(closed(talk(["lisa", CHATTER], ["octo-guest", "That solved it!"])))).toEqual(
      [],
    );
  });

  it("is the last word, if it advises", () => {
    const said = talk(["lisa", CHATTER], ["maria", ADVICE], ["mona", "Thank you."]);
    expect(solutionCandidates(closed(said))).toEqual([{ said: said[1], vouchers: ["maria"] }]);
  });

  it("is the last word, if the title asked", () => {
    const said = talk(["maria", CHATTER]);
    expect(first(said)).toBeUndefined();
    expect(first(said, "Where did the parser go?")).toEqual({ said: said[0], vouchers: ["maria"] });
  });

  it("is not what asks or guesses", () => {
    expect(solutionCandidates(closed(talk(["maria", `Could you try this? ${ADVICE}`])))).toEqual([]);
    expect(solutionCandidates(closed(talk(["maria", `Maybe ${ADVICE}`])))).toEqual([]);
  });

  it("is not what was said long after the close", () => {
    const [late] = talk(["maria", ADVICE]);
    const after = { ...(late as Said), at: CLOSED_AT + 3_600_000 };
    expect(solutionCandidates(closed([after]))).toEqual([]);
  });

  it("is nothing that nobody can vouch for", () => {
    const [said] = talk(["maria", ADVICE]);
    expect(solutionCandidates(closed([{ ...(said as Said), author: null }]))).toEqual([]);
  });
});
