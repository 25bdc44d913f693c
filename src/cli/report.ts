import { parseArgs } from "node:util";
import { workedTime } from "../desk/worked-time.ts";
import { courseOf, type TicketRecord } from "../reports/course.ts";
import { csv, type FigureRow, figureRows, markdown } from "../reports/figure-rows.ts";
import { figures } from "../reports/measure.ts";
import { satisfaction } from "../reports/metrics/satisfaction.ts";
import { before, type Period } from "../reports/period.ts";
import { settingsInForce } from "../settings/in-force.ts";
import type { Repository } from "../ticket/repository.ts";
import { WrongUse } from "./archive.ts";
import { openReader, type StoreReader } from "./store-reader.ts";
import { storePlace, withStorePlace } from "./store-place.ts";

const FORMATS = ["markdown", "json", "csv"] as const;

const DAY = 86_400_000;

/** Reported on when nobody says since when. */
const USUAL_DAYS = 30;

/**
 * `frontdesk report`: the figures of a repository and a period, from the store alone: whether a desk runs or not. Days
 * are UTC's; `--since` is in the period, `--until` is not. Each figure stands beside how many it was counted from.
 */
export async function report(argv: string[]): Promise<number> {
  const { values } = parseArgs({
    args: argv,
    options: {
      repository: { type: "string" },
      since: { type: "string" },
      until: { type: "string" },
      format: { type: "string", default: "markdown" },
    },
  });
  const format = FORMATS.find((one) => one === values.format);
  if (!format) throw new WrongUse(`--format ${values.format}: one of ${FORMATS.join(", ")}`);
  const name = values.repository;
  if (name === undefined || !/^[^/\s]+\/[^/\s]+$/.test(name)) {
    throw new WrongUse("Say which repository: frontdesk report --repository octo-org/lantern");
  }
  const period = periodFrom(values.since, values.until, Date.now());
  const place = storePlace(process.env);
  const rows = await withStorePlace(place, async () => {
    const reader = await openReader(place);
    try {
      return await rowsOf(reader, name, period);
    } finally {
      await reader.close();
    }
  });
  process.stdout.write(`${written(name, period, rows, format)}\n`);
  return 0;
}

async function rowsOf(reader: StoreReader, name: string, period: Period): Promise<FigureRow[]> {
  const repository = await repositoryNamed(reader, name);
  const settings = settingsInForce(repository, await reader.installation(repository.installationId));
  const worked = workedTime(settings);
  const now = figures(period, { worked, people: settings.team.filter(({ measured }) => measured) });
  const baseline = satisfaction(before(period));
  for await (const ticket of reader.tickets(repository.id)) {
    const course = courseOf(ticket satisfies TicketRecord, true);
    now.add(course);
    baseline.add(course);
  }
  return figureRows(now.result(), baseline.result());
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
  repository: string,
  { since, until }: Period,
  rows: readonly FigureRow[],
  format: (typeof FORMATS)[number],
): string {
  const [from, to] = [since, until].map((at) => new Date(at).toISOString());
  switch (format) {
    case "json":
      return JSON.stringify({ repository, since: from, until: to, figures: rows });
    case "csv":
      return csv(rows).trimEnd();
    case "markdown":
      return `# ${repository}, ${from?.slice(0, 10)} to ${to?.slice(0, 10)}\n\n${markdown(rows)}`;
  }
}
