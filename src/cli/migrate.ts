import { existsSync } from "node:fs";
import { parseArgs } from "node:util";
import { counted } from "../store/holding.ts";
import { takeLock } from "../store/lowdb/lock.ts";
import { UnreadableInput, WrongUse } from "./archive.ts";
import { loadHoldings, nameOf, readHoldings, storePlace, withStorePlace } from "./store-place.ts";

/** `frontdesk migrate`: moves a desk from its folder into the empty database of DATABASE_URL. The folder stays as it is. */
export async function migrate(argv: string[]): Promise<number> {
  const { values } = parseArgs({
    args: argv,
    options: { from: { type: "string" }, json: { type: "boolean", default: false } },
  });
  const target = storePlace(process.env);
  if (!("databaseUrl" in target)) {
    throw new WrongUse("Say where to: DATABASE_URL=postgres://user:password@host/database frontdesk migrate");
  }
  const dataDir = values.from ?? process.env.DATA_DIR ?? "./data";
  if (!existsSync(dataDir)) throw new UnreadableInput(`There is no folder ${dataDir}.`);
  const damage: string[] = [];
  const count = { record: 0, delivery: 0 };
  await withStorePlace(target, async () => {
    // A desk that still worked in the folder would make work that nobody moves.
    const lock = takeLock(dataDir);
    try {
      await loadHoldings(
        target,
        counted(
          readHoldings({ dataDir }, (message) => damage.push(message)),
          count,
        ),
      );
    } finally {
      lock.release();
    }
  });
  const report = values.json
    ? JSON.stringify({ from: dataDir, ...count, damage })
    : `${count.record} records and ${count.delivery} deliveries are in ${nameOf(target)} now. ` +
      `${dataDir} is as it was: start the desk with DATABASE_URL, and delete the folder when you are content.`;
  process.stdout.write(`${report}\n`);
  for (const message of damage) process.stderr.write(`${message}\n`);
  return damage.length > 0 ? 1 : 0;
}
