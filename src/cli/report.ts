import { parseArgs } from "node:util";
import { ownerOf } from "../desk/member-sources.ts";
import type { FigureRow } from "../reports/figure-rows.ts";
import type { Period } from "../reports/period.ts";
import { csv, markdown } from "../reports/row-table.ts";
import type { Repository } from "../ticket/repository.ts";
import { WrongUse } from "./archive.ts";
import { organizationRows, repositoryRows } from "./report-rows.ts";
import { openReader, type StoreReader } from "./store-reader.ts";
import { storePlace, withStorePlace } from "./store-place.ts";

const FORMATS = ["markdown", "json", "csv"] as const;

const DAY = 86_400_000;

/** Reported on when nobody says since when. */
const USUAL_DAYS = 30;

/**
 * `frontdesk report`: the figures of a repository, or of all that serve an organisation, with what they cost and earn,
 * from the store alone: whether a desk runs or not. Days are UTC's; `--since` is in the period, `--until` is not. Each
 * figure stands beside how many it was counted from.
 */
export async function report(argv: string[]): Promise<number> {
  const { values } = parseArgs({
    args: argv,
    options: {
      repository: { type: "string" },
      organization: { type: "string" },
      // As the British spell it.
      organisation: { type: "string" },
      since: { type: "string" },
      until: { type: "string" },
      format: { type: "string" },
      // As of all other commands.
      json: { type: "boolean", default: false },
    },
  });
  const format = formatOf(values.format, values.json);
  const subject = subjectOf(values.repository, values.organization ?? values.organisation);
  const now = Date.now();
  const period = periodFrom(values.since, values.until, now);
  const place = storePlace(process.env);
  const rows = await withStorePlace(place, async () => {
    const reader = await openReader(place);
    try {
      return await rowsOf(reader, subject, period, now);
    } finally {
      await reader.close();
    }
  });
  process.stdout.write(`${written(subject, period, rows, format)}\n`);
  return 0;
}

type Format = (typeof FORMATS)[number];

function formatOf(named: string | undefined, json: boolean): Format {
  const wanted = named ?? (json ? "json" : "markdown");
  const format = FORMATS.find((one) => one === wanted);
  if (!format) throw new WrongUse(`--format ${named}: one of ${FORMATS.join(", ")}`);
  if (json && format !== "json") throw new WrongUse(`Say either --json or --format ${format}.`);
  return format;
}

interface Subject {
  type: "repository" | "organization";
  name: string;
}

function subjectOf(repository: string | undefined, organization: string | undefined): Subject {
  if (repository !== undefined && organization !== undefined)
    throw new WrongUse("Say either --repository or --organization.");
  if (organization !== undefined && /^[^/\s]+$/.test(organization))
    return { type: "organization", name: organization };
  if (repository !== undefined && /^[^/\s]+\/[^/\s]+$/.test(repository))
    return { type: "repository", name: repository };
  throw new WrongUse(
    "Say which repository: frontdesk report --repository octo-org/lantern, or all: --organization octo-org",
  );
}

async function rowsOf(
  reader: StoreReader,
  { type, name }: Subject,
  period: Period,
  now: number,
): Promise<FigureRow[]> {
  if (type === "repository") return repositoryRows(reader, await repositoryNamed(reader, name), period, now);
  const owned = (await reader.repositories()).filter(
    ({ fullName }) => ownerOf({ fullName }).toLowerCase() === name.toLowerCase(),
  );
  if (owned.length === 0) throw new WrongUse(`The store knows no repository of ${name}.`);
  const { rows, missing } = await organizationRows(reader, owned, period, now);
  const names = missing.map(({ fullName }) => fullName).sort();
  if (names.length > 0)
    process.stderr.write(`Not in the organisation's report, and not counted: ${names.join(", ")}.\n`);
  return rows;
}

export async function repositoryNamed(
  reader: Pick<StoreReader, "repositories">,
  name: string,
): Promise<Repository> {
  const all = await reader.repositories();
  const found = all.find(({ fullName }) => fullName.toLowerCase() === name.toLowerCase());
  if (found) return found;
  const known = all.map(({ fullName }) => fullName).sort();
  const hint = known.length > 0 ? `It knows ${known.slice(0, 10).join(", ")}.` : "It knows none.";
  throw new WrongUse(`The store knows no repository ${name}. ${hint}`);
}

function periodFrom(since: string | undefined, until: string | undefined, now: number): Period {
  const end = until === undefined ? now : day("--until", until);
  const start = since === undefined ? end - USUAL_DAYS * DAY : day("--since", since);
  if (start >= end) throw new WrongUse("--since must be before --until");
  return { since: start, until: end };
}

/** The beginning of a day in UTC, milliseconds since 1970; `option` is named when it is none. */
export function day(option: string, text: string): number {
  const at = /^\d{4}-\d{2}-\d{2}$/.test(text) ? Date.parse(`${text}T00:00:00Z`) : Number.NaN;
  if (Number.isNaN(at) || !new Date(at).toISOString().startsWith(text)) {
    throw new WrongUse(`${option} ${text}: a day such as 2026-03-02`);
  }
  return at;
}

function written(
  { type, name }: Subject,
  { since, until }: Period,
  rows: readonly FigureRow[],
  format: Format,
): string {
  const [from, to] = [since, until].map((at) => new Date(at).toISOString());
  switch (format) {
    case "json":
      return JSON.stringify({ [type]: name, since: from, until: to, figures: rows });
    case "csv":
      return csv(rows).trimEnd();
    case "markdown":
      return `# ${name}, ${from?.slice(0, 10)} to ${to?.slice(0, 10)}\n\n${markdown(rows)}`;
  }
}
