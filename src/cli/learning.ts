import { parseArgs } from "node:util";
import type { Grades } from "../learning/promotion.ts";
import type { KeptAside, Learning, Repository } from "../ticket/repository.ts";
import { REMEMBERED_DAYS } from "../reports/demotion.ts";
import type { Demotion } from "../ticket/demotion.ts";
import { WrongUse } from "./archive.ts";
import { day, repositoryNamed } from "./report.ts";
import { openStore, storePlace, withStorePlace, type StorePlace } from "./store-place.ts";
import { openReader } from "./store-reader.ts";

/**
 * `frontdesk learning`: what of a repository's history is learned, and what fell silent by itself. `--until DAY` rolls it
 * back to what was said before that day (UTC), of whatever thread; `--without LOGIN` undoes what a person taught, `--with
 * LOGIN` redoes it; `--all` learns everything of everybody, also what was kept aside. On PostgreSQL a running desk follows
 * with the next ticket; on a folder it must be stopped to change anything.
 */
export async function learning(argv: string[]): Promise<number> {
  const { values } = parseArgs({
    args: argv,
    options: {
      repository: { type: "string" },
      until: { type: "string" },
      without: { type: "string" },
      with: { type: "string" },
      all: { type: "boolean", default: false },
      json: { type: "boolean", default: false },
    },
  });
  const { repository: name, until, all } = values;
  if (name === undefined) {
    throw new WrongUse("Say which repository: frontdesk learning --repository octo-org/lantern");
  }
  const wishes = [until, values.without, values.with, all || undefined].filter((wish) => wish !== undefined);
  if (wishes.length > 1) throw new WrongUse("One of --until, --without, --with and --all, not both");
  const wished = until === undefined ? null : day("--until", until);
  const place = storePlace(process.env);
  const found = await withStorePlace(place, () => {
    if (wished !== null) return change(place, name, (known) => ({ ...known, until: wished, aside: null }));
    if (values.without !== undefined)
      return change(place, name, without(loginIn("--without", values.without)));
    if (values.with !== undefined) return change(place, name, withAgain(loginIn("--with", values.with)));
    // What was kept aside is in force from now on, too.
    if (all) return change(place, name, () => ({ ...EVERYTHING, promotedAt: Date.now() }));
    return look(place, name);
  });
  process.stdout.write(`${values.json ? JSON.stringify({ repository: name, ...found }) : told(found)}\n`);
  return 0;
}

const EVERYTHING: Learning = { until: null, aside: null };

/** GitHub's names: letters, digits and hyphens, with an underscore and a short code where an enterprise manages them. */
function loginIn(option: string, value: string): string {
  const login = value.replace(/^@/, "").toLowerCase();
  if (!/^[a-z\d][a-z\d-]*(_[a-z\d]+)?$/.test(login))
    throw new WrongUse(`${option} takes a login, not "${value}"`);
  return login;
}

const without = (login: string) => (known: Learning) => ({
  ...withAgain(login)(known),
  without: [...(known.without ?? []).filter((one) => one.login !== login), { login }],
});

const withAgain = (login: string) => (known: Learning) => ({
  ...known,
  without: (known.without ?? []).filter((one) => one.login !== login),
});

/** What is learned, and what fell silent by itself. */
type Told = Learning & { silent?: readonly Demotion[] };

const withSilent = (learning: Learning, { silent = [] }: Repository): Told =>
  silent.length > 0 ? { ...learning, silent } : learning;

async function look(place: StorePlace, name: string): Promise<Told> {
  const reader = await openReader(place);
  try {
    const repository = await repositoryNamed(reader, name);
    return withSilent(repository.learning ?? EVERYTHING, repository);
  } finally {
    await reader.close();
  }
}

async function change(place: StorePlace, name: string, to: (known: Learning) => Learning): Promise<Told> {
  const store = await openStore(place);
  try {
    const repository = await repositoryNamed(store, name);
    const learning = to(repository.learning ?? EVERYTHING);
    await store.merge("repository", String(repository.id), { learning });
    return withSilent(learning, repository);
  } finally {
    await store.close();
  }
}

const dayOf = (at: number) => new Date(at).toISOString().slice(0, 10);

function told({ until, aside, without = [], doubts = [], silent = [] }: Told): string {
  return [
    until === null ? "All labels teach." : `Only labels set or taken off before ${dayOf(until)} teach.`,
    ...without.map(({ login }) => `Without what ${login} taught; --with ${login} learns it again.`),
    ...doubts.map(
      ({ login, claims, agreement, expected }) =>
        `Not believed: ${login}. Of ${claims} labels ${percent(agreement)} agree with what all others taught, where theirs do in ${percent(expected)}.`,
    ),
    ...(aside === null ? [] : keptAside(aside)),
    ...silent.map(
      ({ what, subject, precision, count, target, since }) =>
        `Silent since ${dayOf(since)}: ${what}${subject && ` ${subject}`}, right in ${percent(precision)} of ${count}, below ${percent(target)}. Tried again when these verdicts are ${REMEMBERED_DAYS} days old.`,
    ),
  ].join("\n");
}

function keptAside({ at, since, examination }: KeptAside): string[] {
  const { held, candidate, incumbent, shipped } = examination;
  return [
    `Kept aside on ${dayOf(at)}: what was said since ${dayOf(since)}. On ${held} lessons held out:`,
    `  kept aside      ${graded(candidate)}`,
    `  in force        ${graded(incumbent)}`,
    `  shipped model   kinds right ${shipped.toFixed(3)}`,
    "--all learns it nevertheless.",
  ];
}

const percent = (share: number) => `${Math.round(100 * share)}%`;

const graded = ({ kinds, claims = Number.NaN, labels }: Grades) =>
  [
    `kinds right ${kinds.toFixed(3)}`,
    ...(Number.isNaN(claims) ? [] : [`said, right less wrong ${claims.toFixed(3)}`]),
    `labels right less wrong per thread ${labels.toFixed(3)}`,
  ].join(", ");
