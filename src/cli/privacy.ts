import { parseArgs } from "node:util";
import { isLogin } from "../ticket/person.ts";
import { WrongUse } from "./archive.ts";
import { erase, type Erasure } from "./erase.ts";
import { type Held, heldOf } from "./held.ts";
import { storePlace, withStorePlace } from "./store-place.ts";

const USAGE = "Say what and of whom: frontdesk privacy export LOGIN, or frontdesk privacy erase LOGIN";

/**
 * `frontdesk privacy export LOGIN`: all that the desk holds of a person, as JSON. `frontdesk privacy erase LOGIN`: takes
 * it away; on a folder the desk must be stopped. Returns 1 when something could not be read or is still to be worked on.
 * What stands on GitHub is GitHub's.
 */
export async function privacy(argv: string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args: argv,
    allowPositionals: true,
    options: { json: { type: "boolean", default: false } },
  });
  const [what, name, ...others] = positionals;
  const login = name?.replace(/^@/, "");
  if ((what !== "export" && what !== "erase") || !login || others.length > 0) throw new WrongUse(USAGE);
  if (!isLogin(login)) throw new WrongUse(`${JSON.stringify(login)} is not a login. ${USAGE}`);
  const place = storePlace(process.env);
  return withStorePlace(place, async () => {
    if (what === "export") {
      const held = await heldOf(place, login);
      return say(exported(login, held), held.damage);
    }
    const erasure = await erase(place, login);
    return say(erased(login, erasure, values.json), erasure.left);
  });
}

function say(text: string, left: string[]): number {
  process.stdout.write(`${text}\n`);
  for (const line of left) process.stderr.write(`${line}\n`);
  return left.length > 0 ? 1 : 0;
}

function exported(login: string, { records, done, open }: Held): string {
  return JSON.stringify({ login, held: records, deliveries: [...done, ...open] }, null, 2);
}

function erased(login: string, { scopes, deliveries, left }: Erasure, json: boolean): string {
  if (json) return JSON.stringify({ login, erased: scopes, deliveries, left });
  if (scopes.length + deliveries === 0)
    return left.length === 0 ? `The desk holds nothing of ${login}.` : `Nothing of ${login} was erased.`;
  const head = `Erased ${login}. Records: ${scopes.length}, deliveries: ${deliveries}.`;
  return [head, ...scopes.map((scope) => `  ${scope}`)].join("\n");
}
