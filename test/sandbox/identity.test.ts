import { describe, expect, it } from "@jest/globals";
import { newIdentity } from "../../src/sandbox/state/identity.ts";
import { createState } from "../../src/sandbox/state/state.ts";

describe("ids", () => {
  it("count up within their kind, and have node ids with the prefix of the type", () => {
    const state = createState();
    const repositoryId = 700_000_001;
    const ids = [
      newIdentity(state, "issue", { repositoryId }),
      newIdentity(state, "issue", { repositoryId }),
      newIdentity(state, "account", { prefix: "BOT" }),
    ];
    expect(ids.map((one) => one.id)).toEqual([3_200_000_001, 3_200_000_002, 90_000_001]);
    expect(ids.map((one) => one.nodeId.slice(0, 8))).toEqual(["I_kwDOKb", "I_kwDOKb", "BOT_kgDO"]);
  });

  it("carry the repository and the number in base 64, as github.com's do", () => {
    const { nodeId } = newIdentity(createState(), "discussion", { repositoryId: 5 });
    // MessagePack: a list of three, 0, 5, and 7,000,001 in four bytes.
    expect(Buffer.from(nodeId.slice(2), "base64url").toString("hex")).toBe("930005ce006acfc1");
  });
});
