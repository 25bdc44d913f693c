import { describe, expect, it } from "@jest/globals";
import { Backlog } from "../../src/kb/backlog.ts";

/** Issues 1 to `count`, each called the same as the one before. */
function chain(count: number): Backlog {
  const backlog = new Backlog();
  for (let number = 1; number <= count; number++) {
    backlog.open({
      number,
      title: `Issue ${number}`,
      body: "It crashes.",
      author: "mona",
      createdAt: number,
    });
    if (number > 1) backlog.same(number, number - 1);
  }
  return backlog;
}

describe("issues of one problem", () => {
  it("are found from each of them", () => {
    const backlog = chain(5);
    for (const number of [1, 3, 5]) {
      expect([...backlog.cluster(number)].sort()).toEqual([1, 2, 3, 4, 5]);
    }
  });

  it("are the nearest ones where a chain is endless: each candidate of a search walks it", () => {
    const found = chain(3_000).cluster(1_500);
    expect(found.size).toBeLessThan(70);
    expect(found.has(1_500) && found.has(1_499) && found.has(1_501)).toBe(true);
    expect(found.has(1)).toBe(false);
  });
});
