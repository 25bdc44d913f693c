import { parseArgs } from "node:util";
import { writeBackup } from "../store/backup-file.ts";
import { WrongUse } from "./archive.ts";
import { nameOf, readHoldings, storePlace, withStorePlace } from "./store-place.ts";

/** `frontdesk backup FILE`: writes all that the desk holds to a file. The desk may go on working meanwhile. */
export async function backup(argv: string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args: argv,
    allowPositionals: true,
    options: { json: { type: "boolean", default: false } },
  });
  const [file, ...more] = positionals;
  if (file === undefined || more.length > 0) {
    throw new WrongUse("Say where to: frontdesk backup desk.ndjson.gz");
  }
  const place = storePlace(process.env);
  const damage: string[] = [];
  const holdings = readHoldings(place, (message) => damage.push(message));
  const count = await withStorePlace(place, () => writeBackup(file, holdings));
  const report = values.json
    ? JSON.stringify({ file, ...count, damage })
    : `${file} holds ${count.record} records and ${count.delivery} deliveries of ${nameOf(place)}.`;
  process.stdout.write(`${report}\n`);
  for (const message of damage) process.stderr.write(`${message}\n`);
  return damage.length > 0 ? 1 : 0;
}
