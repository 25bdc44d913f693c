import { expect, it } from "@jest/globals";
import { atMostAMinute } from "../../src/desk/rate-limit.ts";

it("each caller may ask so often a minute, whatever others do", () => {
  let now = 1_000_000;
  const wait = atMostAMinute(2, () => now);
  expect([wait("a"), wait("a"), wait("b")]).toEqual([0, 0, 0]);
  now += 20_000;
  expect([wait("a"), wait("b"), wait("b")]).toEqual([40_000, 0, 40_000]);
  now += 40_000;
  expect([wait("a"), wait("b")]).toEqual([0, 0]);
});
