import { describe, expect, it } from "@jest/globals";
import { LABELS } from "../../src/messages/label.ts";

describe("labels", () => {
  it.each(Object.entries(LABELS))("%s is one that GitHub takes", (_, { color, description }) => {
    expect(color).toMatch(/^[0-9a-f]{6}$/);
    expect(description.length).toBeGreaterThan(0);
    expect(description.length).toBeLessThanOrEqual(100);
  });

  it("look different from each other", () => {
    expect(new Set(Object.values(LABELS).map(({ color }) => color)).size).toBe(Object.keys(LABELS).length);
  });
});
