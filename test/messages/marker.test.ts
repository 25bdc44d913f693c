import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { hasMarker, marker } from "../../src/messages/marker.ts";
import { html } from "./github-text.ts";

describe("marker", () => {
  it.each([
    ["triage", "<!-- frontdesk:triage -->"],
    ["reminder:1", "<!-- frontdesk:reminder:1 -->"],
    ["sla:first-response", "<!-- frontdesk:sla:first-response -->"],
    ["reply:IC_kw--D==", "<!-- frontdesk:reply:IC_kw-%2DD%3D%3D -->"],
    ["reply:-->", "<!-- frontdesk:reply:-%2D%3E -->"],
  ])("of %s is %s", (slot, comment) => {
    expect(marker(slot)).toBe(comment);
  });

  it("is found in its own body only, and is never seen", () => {
    const slots = fc.stringMatching(/^[a-z]{1,8}:[\w=<>! -]{0,12}$/);
    fc.assert(
      fc.property(slots, slots, (one, other) => {
        const body = `Hello.\n\n${marker(one)}`;
        expect(hasMarker(body, one)).toBe(true);
        expect(hasMarker(body, other)).toBe(one === other);
        expect(html(body)).toBe(`<p>Hello.</p>\n${marker(one)}`);
      }),
    );
  });
});
