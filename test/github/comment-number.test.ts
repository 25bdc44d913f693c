import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { issueCommentNumber } from "../../src/github/comment-number.ts";

const encode = (...bytes: number[]) => Buffer.from(bytes).toString("base64url");
const u32 = (value: number) => [0xce, ...new Uint8Array(new Uint32Array([value]).buffer).reverse()];

describe("an issue comment's number", () => {
  it.each([
    ["a present id", `IC_${encode(0x93, 0, ...u32(1296269), ...u32(4000000001))}`, 4000000001],
    [
      "a present id beyond 32 bits",
      `IC_${encode(0x93, 0, ...u32(1296269), 0xcf, 0, 0, 0, 1, 0, 0, 0, 2)}`,
      4294967298,
    ],
    ["a small number", `IC_${encode(0x93, 0, ...u32(1296269), 7)}`, 7],
    ["an older id", Buffer.from("012:IssueComment445000410").toString("base64"), 445000410],
  ])("is read from %s", (_, nodeId, number) => {
    expect(issueCommentNumber(nodeId, 1296269)).toBe(number);
  });

  it.each([
    ["of another repository", `IC_${encode(0x93, 0, ...u32(5), ...u32(9))}`],
    ["of another version", `IC_${encode(0x93, 1, ...u32(1296269), ...u32(9))}`],
    ["with more inside", `IC_${encode(0x94, 0, ...u32(1296269), ...u32(9), 1)}`],
    ["that is cut", `IC_${encode(0x93, 0, ...u32(1296269), 0xce, 1)}`],
    ["of a discussion comment", `DC_${encode(0x93, 0, ...u32(1296269), ...u32(9))}`],
    ["of an older discussion comment", Buffer.from("017:DiscussionComment550561").toString("base64")],
    ["of nothing", ""],
  ])("is not read from an id %s", (_, nodeId) => {
    expect(issueCommentNumber(nodeId, 1296269)).toBeNull();
  });

  it("never comes out of chance", () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        expect(issueCommentNumber(`IC_${text}`, 1296269)).toBeNull();
      }),
    );
  });
});
