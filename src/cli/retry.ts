import { parseArgs } from "node:util";
import { openStore, storePlace, withStorePlace } from "./store-place.ts";

/**
 * `frontdesk retry`: gives parked work another eight tries. On a folder the desk must be stopped first, and takes the
 * work up when it starts; on PostgreSQL it may run, and takes it up when it next looks for missed work (`FRONTDESK_RECONCILE_SECONDS`).
 */
export async function retry(argv: string[]): Promise<number> {
  const { values } = parseArgs({ args: argv, options: { json: { type: "boolean", default: false } } });
  const place = storePlace(process.env);
  const scopes = await withStorePlace(place, async () => {
    const store = await openStore(place);
    try {
      return await store.retryParked();
    } finally {
      await store.close();
    }
  });
  const report = values.json ? JSON.stringify({ retried: scopes }) : `Will be tried again: ${scopes.length}.`;
  process.stdout.write(`${report}\n`);
  for (const scope of values.json ? [] : scopes) process.stdout.write(`  ${scope}\n`);
  return 0;
}
