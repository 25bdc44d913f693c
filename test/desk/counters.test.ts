import { describe, expect, it } from "@jest/globals";
import { counterName } from "../../src/desk/counters.ts";

describe("a counter's name", () => {
  it.each([
    ["plain", 'x{a="plain"}'],
    ['a "quote"', 'x{a="a \\"quote\\""}'],
    ["a \\ backslash", 'x{a="a \\\\ backslash"}'],
    // A line's end would end the sample.
    ["two\nlines", 'x{a="two\\nlines"}'],
  ])("writes the label %j as Prometheus reads it", (value, name) => {
    expect(counterName("x", { a: value })).toBe(name);
  });
});
