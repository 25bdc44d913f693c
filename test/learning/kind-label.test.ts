import { describe, expect, it } from "@jest/globals";
import { exactKind, KIND_LABELS, kindOfLabel } from "../../src/learning/kind-label.ts";

describe("kindOfLabel", () => {
  it.each([
    ["bug", "bug"],
    ["Bug", "bug"],
    ["kind/bug", "bug"],
    ["type: bug", "bug"],
    ["C-bug", "bug"],
    [":bug: bug", "bug"],
    ["enhancement", "feature"],
    ["feature-request", "feature"],
    ["Type: Feature Request", "feature"],
    ["question", "question"],
    ["docs", "documentation"],
    ["Performance", "performance"],
    ["security", "security"],
    ["bug-triage", null],
    ["debugger", null],
    ["needs: docs review", null],
    ["", null],
    ["🎉", null],
  ])("%j says %s", (name, kind) => {
    expect(kindOfLabel(name)).toBe(kind);
  });

  it("follows the repository's own names first", () => {
    const labels = { ...KIND_LABELS, bug: "broken", feature: "bug" };
    expect([kindOfLabel("Broken", labels), kindOfLabel("bug", labels)]).toEqual(["bug", "feature"]);
  });

  it("has prefixed names for labels of their own too", () => {
    expect([exactKind("kind/bug"), exactKind("bug")]).toEqual([null, "bug"]);
  });
});
