import { readFileSync } from "node:fs";
import { classifyKind } from "../../src/learning/classify.ts";
import { parseDocument } from "../../src/learning/document.ts";
import { loadModel } from "../../src/learning/kind-model.ts";
import { learnLabels } from "../../src/learning/repository-model.ts";
import { makeLesson, makeTickets, type Made } from "../learning/corpus.ts";
import type { Row } from "./row.ts";

const FEW = 1_500;
const MANY = 100_000;
/** Each ticket counts with its fastest round: what the machine did besides is not ours. */
const ROUNDS = 5;
/** Sentences of a middling issue: its body has about 900 characters. */
const LENGTH = 12;

/** How fast a ticket is classified, parsing included, and how fast and large learning is. */
export async function classifyBench(): Promise<Row[]> {
  const bytes = readFileSync(new URL("../../src/learning/shipped/kinds.model", import.meta.url));
  const shipped = loadModel(bytes);
  const tickets = makeTickets(FEW).map(lengthened);
  const times = classifyTimes(shipped, tickets);
  const few = learnTime(shipped, tickets, FEW);
  const before = process.memoryUsage().rss;
  const many = learnTime(shipped, tickets, MANY);
  return [
    { what: "classify, median", value: at(times, 0.5), unit: "ms", must: "0.25", aim: "0.1" },
    { what: "classify, 99th percentile", value: at(times, 0.99), unit: "ms", must: "1", aim: "0.5" },
    { what: `learn ${FEW} tickets, processor time`, value: few, unit: "s", must: "1", aim: "0.3" },
    { what: `learn ${MANY} tickets, processor time`, value: many, unit: "s", must: "30", aim: "10" },
    {
      what: `memory while learning ${MANY}`,
      value: (process.resourceUsage().maxRSS * 1024 - before) / 1e6,
      unit: "MB",
      must: "800",
      aim: "400",
    },
  ];
}

function lengthened(ticket: Made, i: number): Made {
  const more = makeTickets(LENGTH, i + 1).map(({ body }) => body);
  return { ...ticket, body: `${ticket.body}\n\n### Steps\n\n${more.join(" ")}` };
}

function classifyTimes(shipped: Parameters<typeof classifyKind>[0], tickets: readonly Made[]): number[] {
  const times = tickets.map(() => Number.POSITIVE_INFINITY);
  for (let round = 0; round < ROUNDS; round++) {
    tickets.forEach(({ title, body }, i) => {
      const start = performance.now();
      classifyKind(shipped, parseDocument(title, body));
      times[i] = Math.min(times[i] as number, performance.now() - start);
    });
  }
  return times.sort((a, b) => a - b);
}

/** Seconds of processor time, all threads together, of learning a history that was read already. */
function learnTime(
  shipped: Parameters<typeof classifyKind>[0],
  tickets: readonly Made[],
  count: number,
): number {
  const history = Array.from({ length: count }, (_, i) => makeLesson(tickets[i % tickets.length] as Made));
  const start = process.cpuUsage();
  learnLabels(history, { shipped });
  const { user, system } = process.cpuUsage(start);
  return (user + system) / 1e6;
}

function at(sorted: readonly number[], part: number): number {
  return sorted[Math.floor(part * sorted.length)] ?? Number.NaN;
}
