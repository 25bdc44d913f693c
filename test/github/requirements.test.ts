import { readFileSync } from "node:fs";
import { describe, expect, it } from "@jest/globals";
import { parse } from "yaml";
import {
  lackingEvents,
  lackingPermissions,
  REQUIRED_EVENTS,
  REQUIRED_PERMISSIONS,
} from "../../src/github/requirements.ts";

const manifest = parse(readFileSync(new URL("../../app.yml", import.meta.url), "utf8"));

describe("what the App asks for", () => {
  it("is the same in app.yml and in the code", () => {
    expect(manifest.default_permissions).toEqual(REQUIRED_PERMISSIONS);
    expect(manifest.default_events).toEqual(REQUIRED_EVENTS);
  });

  it("has its deliveries come to the desk's door", () => {
    expect(new URL(manifest.hook_attributes.url).pathname).toBe("/api/github/webhooks");
  });

  it.each<[string, Record<string, string>, string[]]>([
    ["all as asked", { ...REQUIRED_PERMISSIONS }, []],
    ["more than asked", { ...REQUIRED_PERMISSIONS, contents: "write" }, []],
    ["one too weak", { ...REQUIRED_PERMISSIONS, issues: "read" }, ["issues: write"]],
    ["one missing", { metadata: "read", issues: "write", contents: "read" }, ["discussions: write"]],
  ])("%s", (_name, granted, expected) => {
    expect(lackingPermissions(granted)).toEqual(expected);
  });

  it("names events that are not subscribed to", () => {
    expect(lackingEvents(["issues", "push"])).not.toContain("issues");
    expect(lackingEvents(["issues", "push"])).toContain("discussion");
  });
});
