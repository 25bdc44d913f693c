import { parseArgs } from "node:util";
import { checkBackup, readBackup } from "../store/backup-file.ts";
import { WrongUse } from "./archive.ts";
import { loadHoldings, nameOf, storePlace, withStorePlace } from "./store-place.ts";

/** `frontdesk restore FILE`: fills an empty store from a backup, whichever kind of store that was made of. */
export async function restore(argv: string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args: argv,
    allowPositionals: true,
    options: { json: { type: "boolean", default: false } },
  });
  const [file, ...more] = positionals;
  if (file === undefined || more.length > 0) {
    throw new WrongUse("Say from where: frontdesk restore desk.ndjson.gz");
  }
  const place = storePlace(process.env);
  const count = await withStorePlace(place, async () => {
    // Read whole first: a file that is broken at its end must not leave half a desk behind.
    const whole = await checkBackup(file);
    await loadHoldings(place, readBackup(file));
    return whole;
  });
  const report = values.json
    ? JSON.stringify({ file, ...count })
    : `${count.record} records and ${count.delivery} deliveries of ${file} are in ${nameOf(place)} now.`;
  process.stdout.write(`${report}\n`);
  return 0;
}
