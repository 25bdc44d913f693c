import { readFileSync } from "node:fs";
import { describe, expect, it } from "@jest/globals";
import { parse } from "yaml";
import {
  lackingEvents,
  lackingPermissions,
  OPTIONAL_EVENTS,
  OPTIONAL_PERMISSIONS,
  REQUIRED_EVENTS,
  REQUIRED_PERMISSIONS,
} from "../../src/github/requirements.ts";

const manifest = parse(readFileSync(new URL("../../app.yml", import.meta.url), "utf8"));

describe("what the App asks for", () => {
  it("is the same in app.yml and in the code", () => {
    expect(manifest.default_permissions).toEqual(REQUIRED_PERMISSIONS);
    expect(manifest.default_events).toEqual(REQUIRED_EVENTS);
  });

  it("leaves to the owner what only some plans need, and says so", () => {
    const text = readFileSync(new URL("../../app.yml", import.meta.url), "utf8");
    for (const [name, level] of Object.entries(OPTIONAL_PERMISSIONS)) {
      expect(text).toMatch(new RegExp(`^ {2}# ${name}: ${level}$`, "m"));
      expect(manifest.default_permissions).not.toHaveProperty(name);
    }
    for (const name of OPTIONAL_EVENTS) expect(text).toMatch(new RegExp(`^ {2}# - ${name}$`, "m"));
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
