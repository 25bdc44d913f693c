import { parseArgs } from "node:util";
import type { Store } from "../store/store.ts";
import { parseScopeKey, type ScopeKey } from "../ticket/delivery.ts";
import { type Mention, mentionsOf, withoutPerson } from "../ticket/person.ts";
import { WrongUse } from "./archive.ts";
import { openStore, readHoldings, storePlace, type StorePlace, withStorePlace } from "./store-place.ts";

const USAGE = "Say what and of whom: frontdesk privacy export LOGIN, or frontdesk privacy erase LOGIN";

/** What is held of a person in one place. */
interface Held {
  scope: ScopeKey;
  mentions: Mention[];
}

/**
 * `frontdesk privacy export LOGIN`: all that the desk holds of a person, as JSON. `frontdesk privacy erase LOGIN`: takes
 * it away; on a folder the desk must be stopped. What stands on GitHub is GitHub's, and what somebody writes there
 * afterwards is read again.
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
  const place = storePlace(process.env);
  return withStorePlace(place, async () => {
    // First the lock, where there is one: what is found must be what is erased.
    const store = what === "erase" ? await openStore(place) : null;
    try {
      const held = await heldOf(place, login);
      if (store) await erase(store, held, login);
      process.stdout.write(
        `${what === "export" ? exported(login, held) : erased(login, held, values.json)}\n`,
      );
    } finally {
      await store?.close();
    }
    return 0;
  });
}

async function heldOf(place: StorePlace, login: string): Promise<Held[]> {
  const held: Held[] = [];
  const onDamage = (message: string) => void process.stderr.write(`${message}\n`);
  for await (const holding of readHoldings(place, onDamage)) {
    if (holding.type !== "record" || isPublicText(holding.scope)) continue;
    const { scope, document, lessons } = holding;
    const mentions = [
      ...mentionsOf(document, login),
      ...mentionsOf(lessons, login).map((mention) => ({ ...mention, path: `lessons${mention.path}` })),
    ];
    if (mentions.length > 0) held.push({ scope, mentions });
  }
  return held;
}

/** The repository's own files: whoever is named there is named by the project, in its history too. */
const isPublicText = (scope: ScopeKey) => scope.startsWith("shelf:");

async function erase(store: Store, held: readonly Held[], login: string): Promise<void> {
  for (const { scope } of held) {
    const [kind, id] = parseScopeKey(scope);
    await store.revise(kind, id, (document) => document && withoutPerson(document, login));
    await store.rewriteLessons(scope, (lesson) => withoutPerson(lesson, login));
  }
}

function exported(login: string, held: readonly Held[]): string {
  return JSON.stringify({ login, held }, null, 2);
}

function erased(login: string, held: readonly Held[], json: boolean): string {
  const scopes = held.map(({ scope }) => scope);
  if (json) return JSON.stringify({ login, erased: scopes });
  if (scopes.length === 0) return `The desk holds nothing of ${login}.`;
  return [`Erased ${login} from ${scopes.length}:`, ...scopes.map((scope) => `  ${scope}`)].join("\n");
}
