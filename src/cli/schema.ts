import { parseArgs } from "node:util";
import { settingsJsonSchema } from "../settings/json-schema.ts";

/** `frontdesk schema`: the JSON Schema of the settings, for editors. */
export async function schema(argv: string[]): Promise<number> {
  parseArgs({ args: argv, options: {} });
  process.stdout.write(`${JSON.stringify(settingsJsonSchema(), null, 2)}\n`);
  return 0;
}
