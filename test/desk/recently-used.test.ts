import { describe, expect, it } from "@jest/globals";
import { RecentlyUsed } from "../../src/desk/recently-used.ts";

const letters = (most: number) => new RecentlyUsed<string>(most, (text) => text.length);
const held = (memory: RecentlyUsed<string>) => [1, 2, 3].filter((key) => memory.peek(key) !== undefined);

describe("what is in memory", () => {
  it("stays while all of it fits", () => {
    const memory = letters(6);
    for (const key of [1, 2, 3]) memory.set(key, "ab");
    expect(held(memory)).toEqual([1, 2, 3]);
  });

  it("goes when it was not used for longest", () => {
    const memory = letters(5);
    memory.set(1, "ab");
    memory.set(2, "ab");
    expect(memory.use(1)).toBe("ab");
    memory.set(3, "ab");
    expect(held(memory)).toEqual([1, 3]);
  });

  it("does not stay longer because it was kept current", () => {
    const memory = letters(5);
    memory.set(1, "ab");
    memory.set(2, "ab");
    memory.peek(1);
    memory.set(3, "ab");
    expect(held(memory)).toEqual([2, 3]);
  });

  it("stays alone when it is too large for company", () => {
    const memory = letters(5);
    memory.set(1, "ab");
    memory.set(2, "abcdefgh");
    expect(held(memory)).toEqual([2]);
  });

  it("is weighed again when it is used, as it may have grown", () => {
    const memory = new RecentlyUsed<string[]>(3, (list) => list.length);
    const growing = ["a"];
    memory.set(1, growing);
    memory.set(2, ["a"]);
    growing.push("b", "c");
    memory.use(1);
    expect(memory.peek(2)).toBeUndefined();
  });
});
