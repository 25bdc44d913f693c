import type { IssueHistory } from "../../src/kb/replay.ts";

const DAY = 86_400_000;
const THINGS = ["lamp", "chart", "axis", "legend", "export", "login", "upload", "theme"];
const FAULTS = ["crashes", "flickers", "hangs", "loses data", "is slow", "is empty", "burns"];

/** As many originals as duplicates, in turns: each original (odd number) is reported again the next day. */
export function repeatedHistory(duplicates: number, begin = 0): IssueHistory[] {
  return Array.from({ length: duplicates }, (_, i) => {
    const thing = THINGS[i % THINGS.length] as string;
    const fault = FAULTS[(i * 3) % FAULTS.length] as string;
    const createdAt = begin + 2 * i * DAY;
    const part = `part${(i * 7) % duplicates}`;
    const original = {
      number: 2 * i + 1,
      title: `${thing} ${fault} in ${part}`,
      body: `When I open ${part} the ${thing} ${fault}.`,
      author: `user${i}`,
      createdAt,
      closedAt: i % 3 === 0 ? createdAt + DAY / 2 : null,
      comments: [],
    };
    const again = createdAt + DAY;
    return [
      original,
      {
        ...original,
        number: 2 * i + 2,
        title: `The ${thing} ${fault}`,
        body: `Again and again it ${fault}; seen with ${part}.`,
        author: `guest${i}`,
        createdAt: again,
        closedAt: again + DAY / 4,
        same: [{ number: original.number, at: again + DAY / 4 }],
      },
    ];
  }).flat();
}
