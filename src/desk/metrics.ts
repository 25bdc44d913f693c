import type { IncomingMessage, ServerResponse } from "node:http";
import { courseOf, isOpenAt } from "../reports/course.ts";
import { satisfaction } from "../reports/metrics/satisfaction.ts";
import { times } from "../reports/metrics/times.ts";
import type { Spread } from "../reports/spread.ts";
import { isAdmitted } from "./access.ts";
import { counterName } from "./counters.ts";
import type { Desk } from "./desk.ts";

/** Ratings and times are told of the last 30 days. */
const WINDOW_MS = 30 * 86_400_000;

/** A pass over all tickets is made at most so often: scrapers ask every 15 s. */
const FRESH_MS = 300_000;

/** What a pass over all tickets finds. */
export interface Census {
  at: number;
  open: number;
  ratings: { satisfied: number; neutral: number; dissatisfied: number };
  firstResponse: Spread;
  resolution: Spread;
}

type Labels = Readonly<Record<string, string>>;
interface Metric {
  name: string;
  type: "counter" | "gauge";
  help: string;
  samples: readonly [labels: Labels, value: number][];
}

/** `GET /metrics` in Prometheus' text format 0.0.4: to the same machine, or with the token. True when it was asked for. */
export async function metrics(
  desk: Desk,
  token: string | null,
  path: string | undefined,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<boolean> {
  if (path !== "/metrics" || (request.method !== "GET" && request.method !== "HEAD")) return false;
  if (!isAdmitted(request, token)) {
    response.writeHead(401, { "content-type": "application/json", "www-authenticate": "Bearer" });
    response.end('{"error":"Give the token of FRONTDESK_API_TOKEN: Authorization: Bearer ..."}');
    return true;
  }
  const text = `${counted(desk)}${(await gauges(desk)).map(written).join("")}`;
  response.writeHead(200, {
    "content-type": "text/plain; version=0.0.4; charset=utf-8",
    "cache-control": "no-store",
  });
  response.end(text);
  return true;
}

/** Counters that begin with the process: what each is, and its samples as they were counted. */
const COUNTERS: Readonly<Record<string, string>> = {
  frontdesk_deliveries_total: "Deliveries by what became of them at the door.",
  frontdesk_decisions_total: "Decisions by the type of the event.",
  frontdesk_actions_total: "Actions on GitHub by type and outcome.",
};

function counted({ memory }: Desk): string {
  const samples = [...memory.counters];
  return Object.entries(COUNTERS)
    .map(([name, help]) => {
      const own = samples.filter(([key]) => key === name || key.startsWith(`${name}{`)).sort();
      return head(name, "counter", help) + own.map(([key, value]) => `${key} ${value}\n`).join("");
    })
    .join("");
}

const head = (name: string, type: Metric["type"], help: string) =>
  `# HELP ${name} ${help}\n# TYPE ${name} ${type}\n`;

function written({ name, type, help, samples }: Metric): string {
  const lines = samples.map(([labels, value]) => `${counterName(name, labels)} ${value}\n`);
  return head(name, type, help) + lines.join("");
}

async function gauges(desk: Desk): Promise<Metric[]> {
  const [{ waiting, running }, parked, census] = await Promise.all([
    desk.queue.size(),
    desk.store.parked(),
    currentCensus(desk),
  ]);
  const one = (value: number): Metric["samples"] => [[{}, value]];
  const gauge = (name: string, help: string, samples: Metric["samples"]): Metric => ({
    name,
    type: "gauge",
    help,
    samples,
  });
  return [
    gauge("frontdesk_queue_waiting_jobs", "Scopes with work that waits.", one(waiting)),
    gauge("frontdesk_queue_running_jobs", "Scopes that are worked on.", one(running)),
    gauge("frontdesk_parked_items", "Pieces of work that failed too often.", one(parked.length)),
    ...budgets(desk, gauge),
    gauge("frontdesk_open_tickets", "Open tickets of people whom the desk serves.", one(census.open)),
    gauge(
      "frontdesk_ratings",
      "Ratings of the last 30 days, one for each person and ticket.",
      Object.entries(census.ratings).map(([rating, value]) => [{ rating }, value]),
    ),
    ...spread(gauge, "frontdesk_first_response_seconds", "First responses", census.firstResponse),
    ...spread(gauge, "frontdesk_resolution_seconds", "Resolutions", census.resolution),
  ];
}

type Gauge = (name: string, help: string, samples: Metric["samples"]) => Metric;

/** Content that may still be created this hour and minute, and what GitHub says is left of the hour's requests. */
function budgets({ clients, now }: Desk, gauge: Gauge): Metric[] {
  const left = [...clients.left(now())];
  const samples = (of: "content" | "rest" | "graphql"): Metric["samples"] =>
    left.flatMap(([installation, budget]) => {
      const value = budget[of];
      return value === null || !Number.isFinite(value)
        ? []
        : [[{ installation: String(installation) }, value]];
    });
  return [
    gauge(
      "frontdesk_budget_content_requests",
      "Content-creating requests that may be sent now.",
      samples("content"),
    ),
    gauge(
      "frontdesk_budget_rest_requests",
      "REST requests left of the hour, as GitHub said.",
      samples("rest"),
    ),
    gauge(
      "frontdesk_budget_graphql_points",
      "GraphQL points left of the hour, as GitHub said.",
      samples("graphql"),
    ),
  ];
}

const HOUR_SECONDS = 3_600;

function spread(gauge: Gauge, name: string, what: string, { count, median, p90 }: Spread): Metric[] {
  const samples: Metric["samples"] =
    median === null || p90 === null
      ? []
      : [
          [{ quantile: "0.5" }, median * HOUR_SECONDS],
          [{ quantile: "0.9" }, p90 * HOUR_SECONDS],
        ];
  return [
    gauge(name, `${what} of the last 30 days, in calendar time.`, samples),
    gauge(`${name.replace(/_seconds$/, "")}_tickets`, `How many these are.`, [[{}, count]]),
  ];
}

/** The last pass over all tickets; while a new one is made, the one before is told. */
async function currentCensus(desk: Desk): Promise<Census> {
  const { memory } = desk;
  const known = memory.census;
  if (known && desk.now() - known.at < FRESH_MS) return known;
  memory.counting ??= takeCensus(desk)
    .then((census) => {
      memory.census = census;
      return census;
    })
    .finally(() => {
      memory.counting = null;
    });
  if (!known) return memory.counting;
  memory.counting.catch((error: unknown) => desk.log.warn({ err: error }, "could not count the tickets"));
  return known;
}

async function takeCensus({ store, now }: Desk): Promise<Census> {
  const at = now();
  const period = { since: at - WINDOW_MS, until: at };
  const rated = satisfaction(period);
  const waited = times(period, (from, to) => Math.max(0, to - from));
  let open = 0;
  for await (const ticket of store.tickets()) {
    const course = courseOf(ticket, { confidential: true });
    rated.add(course);
    waited.add(course);
    open += Number(course.served && isOpenAt(course, at));
  }
  const { satisfied, neutral, dissatisfied } = rated.result();
  const { firstResponse, resolution } = waited.result();
  return {
    at,
    open,
    ratings: { satisfied, neutral, dissatisfied },
    firstResponse: firstResponse.calendar,
    resolution: resolution.calendar,
  };
}
