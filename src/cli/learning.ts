import { parseArgs } from "node:util";
import type { Grades } from "../learning/promotion.ts";
import type { Learning } from "../ticket/repository.ts";
import { WrongUse } from "./archive.ts";
import { day, repositoryNamed } from "./report.ts";
import { openStore, storePlace, withStorePlace, type StorePlace } from "./store-place.ts";
import { openReader } from "./store-reader.ts";

/**
 * `frontdesk learning`: what of a repository's history is learned. `--until DAY` rolls it back to threads opened before
 * that day (UTC), `--all` learns everything, also what was kept aside. On PostgreSQL a running desk follows with the next
 * ticket; on a folder it must be stopped to change anything.
 */
export async function learning(argv: string[]): Promise<number> {
  const { values } = parseArgs({
    args: argv,
    options: {
      repository: { type: "string" },
      until: { type: "string" },
      all: { type: "boolean", default: false },
      json: { type: "boolean", default: false },
    },
  });
  const { repository: name, until, all } = values;
  if (name === undefined) {
    throw new WrongUse("Say which repository: frontdesk learning --repository octo-org/lantern");
  }
  if (until !== undefined && all) throw new WrongUse("Either --until or --all, not both");
  const wished = until === undefined ? null : day("--until", until);
  const place = storePlace(process.env);
  const found = await withStorePlace(place, () =>
    wished !== null || all ? change(place, name, wished) : look(place, name),
  );
  process.stdout.write(`${values.json ? JSON.stringify({ repository: name, ...found }) : told(found)}\n`);
  return 0;
}

const EVERYTHING: Learning = { until: null, aside: null };

async function look(place: StorePlace, name: string): Promise<Learning> {
  const reader = await openReader(place);
  try {
    return (await repositoryNamed(reader, name)).learning ?? EVERYTHING;
  } finally {
    await reader.close();
  }
}

async function change(place: StorePlace, name: string, until: number | null): Promise<Learning> {
  const store = await openStore(place);
  try {
    const { id } = await repositoryNamed(store, name);
    const learning = { ...EVERYTHING, until };
    await store.merge("repository", String(id), { learning });
    return learning;
  } finally {
    await store.close();
  }
}

const dayOf = (at: number) => new Date(at).toISOString().slice(0, 10);

function told({ until, aside }: Learning): string {
  const rolledBack =
    until === null ? "All threads teach." : `Only threads opened before ${dayOf(until)} teach.`;
  if (aside === null) return rolledBack;
  const { held, candidate, incumbent, shipped } = aside.examination;
  return [
    rolledBack,
    `Kept aside on ${dayOf(aside.at)}: what threads opened since ${dayOf(aside.since)} taught. On ${held} lessons held out:`,
    `  kept aside      ${graded(candidate)}`,
    `  in force        ${graded(incumbent)}`,
    `  shipped model   kinds right ${shipped.toFixed(3)}`,
    "--all learns it nevertheless.",
  ].join("\n");
}

const graded = ({ kinds, labels }: Grades) =>
  `kinds right ${kinds.toFixed(3)}, labels right less wrong per thread ${labels.toFixed(3)}`;
