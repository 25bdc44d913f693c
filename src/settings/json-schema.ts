import * as z from "zod";
import { Settings } from "./schema.ts";

/**
 * The settings as a JSON Schema, with which editors complete and check `.github/frontdesk.yml` while it is written.
 * Rules between values are beyond it: what it lets pass, `parseSettings` may still find wanting, never the reverse.
 */
export function settingsJsonSchema(): object {
  const { $schema, ...schema } = z.toJSONSchema(Settings, { io: "input" });
  return { $schema, title: "Settings of Frontdesk: .github/frontdesk.yml", ...schema };
}
