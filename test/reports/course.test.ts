import { describe, expect, it } from "@jest/globals";
import { KIND_LABELS } from "../../src/learning/kind-label.ts";
import { courseOf, type TicketRecord } from "../../src/reports/course.ts";
import { label, life, type Step, unlabel } from "../builders/lives.ts";

describe("what may be a vulnerability", () => {
  const own = { ...KIND_LABELS, security: "area: holes" };

  it.each<[string, Step[], Partial<TicketRecord>, boolean]>([
    ["is no ordinary ticket", [[1, label("bug", "desk")]], {}, false],
    ["is what is suspected to be one", [], { triage: { kind: "security" } as TicketRecord["triage"] }, true],
    ["is what somebody labels as one", [[1, label("Security", "team")]], {}, true],
    ["is what is labelled by the repository's own name", [[1, label("Area: Holes", "team")]], {}, true],
    [
      "is not what was labelled by mistake",
      [
        [1, label("security", "team")],
        [2, unlabel("security", "team")],
      ],
      {},
      false,
    ],
    [
      "is what is labelled again",
      [
        [1, label("security", "team")],
        [2, unlabel("security", "team")],
        [3, label("security", "team"), label("ui", "team")],
      ],
      {},
      true,
    ],
  ])("%s", (_, steps, change, secret) => {
    expect(courseOf(life(1, steps, change), { labels: own }).secret).toBe(secret);
  });
});
