import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { mergeSettings } from "../../src/settings/merge.ts";
import { defaultSettings, type PartialSettings } from "../../src/settings/schema.ts";

const partial: fc.Arbitrary<PartialSettings> = fc.record(
  {
    mode: fc.constantFrom("observe", "label", "reply"),
    labels: fc.record(
      { bug: fc.constantFrom("a", "b", null), needsInfo: fc.constantFrom("c", null) },
      { requiredKeys: [] },
    ),
    knowledge: fc.record(
      {
        sources: fc.array(fc.constantFrom("a.md", "b/**"), { maxLength: 2 }),
        reply: fc.record({ links: fc.integer({ min: 1, max: 5 }) }, { requiredKeys: [] }),
      },
      { requiredKeys: [] },
    ),
    priority: fc.constantFrom(
      { weights: { urgency: 0.5, severity: 0.2 } },
      { weights: { urgency: 0.5, history: 0.2 } },
      { thresholds: [3, 2, 1] },
    ),
    lifecycle: fc.record({ remindAfter: fc.constantFrom("1h", "2d", null) }, { requiredKeys: [] }),
    plans: fc.array(fc.record({ name: fc.constantFrom("gold", "silver") }), { maxLength: 1 }),
  },
  { requiredKeys: [] },
);

describe("settings from several files", () => {
  it("are the defaults when there is no file", () => {
    expect(mergeSettings(null, null, null)).toEqual(defaultSettings);
  });

  it("come from the nearest file that says something: maps merge, lists replace", () => {
    const merged = mergeSettings(
      { labels: { bug: "near" }, knowledge: { sources: ["near.md"] } },
      {
        labels: { bug: "far", feature: "far" },
        knowledge: { sources: ["far.md"], issues: false },
        mode: "label",
      },
      { labels: { question: "private" }, costs: { people: 7 } },
    );
    expect(merged.labels).toMatchObject({
      bug: "near",
      feature: "far",
      question: "private",
      duplicate: "possible-duplicate",
    });
    expect(merged.knowledge).toMatchObject({ sources: ["near.md"], issues: false, discussions: true });
    expect([merged.mode, merged.costs.people]).toEqual(["label", 7]);
  });

  it("have null where a file says null, whatever the files below it say", () => {
    expect(mergeSettings({ labels: { bug: null } }, { labels: { bug: "far" } }, null).labels.bug).toBeNull();
  });

  it("have the public plans and teammates completed by those of the private file with the same name", () => {
    const away = [{ from: "2026-08-03", to: "2026-08-14" }];
    const merged = mergeSettings(
      { plans: [{ name: "gold", weight: 2 }, { name: "silver" }], team: [{ login: "ann" }] },
      null,
      {
        plans: [{ name: "Gold", weight: 1, members: { logins: ["x"] } }, { name: "secret" }],
        team: [{ login: "Ann", away, measured: true }],
      },
    );
    expect(merged.plans.map(({ name, weight, members }) => [name, weight, members.logins])).toEqual([
      ["gold", 2, ["x"]],
      ["silver", 0, []],
    ]);
    expect(merged.team).toMatchObject([{ login: "ann", away, measured: true }]);
  });

  it("have a section of the nearest file alone where two files do not fit together", () => {
    const near = { weights: { urgency: 0.5, history: 0.2 } };
    const merged = mergeSettings(
      { priority: near },
      { priority: { weights: { urgency: 0.5, severity: 0.2 } } },
      null,
    );
    expect(merged.priority.weights).toEqual({ urgency: 0.5, severity: 0.3, history: 0.2 });
  });

  it("do not change when a file is said twice, nor by empty files", () => {
    fc.assert(
      fc.property(partial, partial, (near, far) => {
        const once = mergeSettings(near, far, null);
        expect(mergeSettings(near, near, null)).toEqual(mergeSettings(near, null, null));
        expect(mergeSettings(near, far, far)).toEqual(once);
        expect(mergeSettings(near, far, {})).toEqual(once);
        expect(mergeSettings(null, near, null)).toEqual(mergeSettings(near, null, null));
      }),
    );
  });

  it("leave the files as they were", () => {
    const near: PartialSettings = { labels: { bug: "x" }, plans: [{ name: "gold" }] };
    const far: PartialSettings = {
      labels: { feature: "y" },
      plans: [{ name: "gold", members: { logins: ["z"] } }],
    };
    const before = structuredClone([near, far]);
    mergeSettings(near, null, far);
    expect([near, far]).toEqual(before);
  });
});
