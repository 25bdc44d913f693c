import { writeFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { duplicateCandidates } from "../kb/duplicate-features.ts";
import { type Candidate, rankDuplicates, trainDuplicates } from "../kb/duplicates.ts";
import { calibrate, suggest } from "../kb/gate.ts";
import type { Candidates } from "../kb/listwise.ts";
import { type Judged, reciprocalRank, successAt } from "../kb/measure.ts";
import { replay } from "../kb/replay.ts";
import { readLines, WrongUse } from "./archive.ts";
import { readHistories } from "./issue-archive.ts";
import { type Figure, reportFigures, TARGETS } from "./retrieval-report.ts";

const USAGE =
  "Usage: frontdesk duplicates evaluate --archive ISSUES --queries QUERIES [--train QUERIES] --rankings OUT [--json]";

interface Query {
  number: number;
  relevant: number[] | undefined;
}

/** `frontdesk duplicates`: duplicates, offline. */
export async function duplicates([name = "", ...argv]: string[]): Promise<number> {
  if (name !== "evaluate") throw new WrongUse(USAGE);
  const { values } = parseArgs({
    args: argv,
    options: {
      archive: { type: "string" },
      queries: { type: "string" },
      train: { type: "string" },
      rankings: { type: "string" },
      json: { type: "boolean", default: false },
    },
  });
  if (!values.archive || !values.queries || !values.rankings) throw new WrongUse(USAGE);
  const histories = readHistories(values.archive);
  const queries = new Map(readLines(values.queries, readQuery).map((query) => [query.number, query]));
  const train = new Map(
    (values.train ? readLines(values.train, readQuery) : []).map((query) => [query.number, query]),
  );
  const judged: Judged[] = [];
  const answers = new Map<number, { ranking: Candidate[]; suggested: number[] }>();
  const lessons: Candidates[] = [];
  let weights: number[] | undefined;
  replay(histories, (issue, backlog) => {
    const query = queries.get(issue.number);
    if (query) {
      // The first question ends the lessons: what came to light later was not known then.
      weights ??= trainDuplicates(lessons);
      const found = rankDuplicates(backlog, issue, issue.createdAt, weights);
      const ranking = found.ranking.slice(0, LISTED);
      const suggestion = suggest(found.contenders, calibrate([]), TARGETS);
      const suggested = suggestion.outcome === "reply" ? suggestion.links.map(({ id }) => Number(id)) : [];
      answers.set(issue.number, { ranking, suggested });
      if (query.relevant)
        judged.push({
          ranking: ranking.map(({ number }) => String(number)),
          relevant: query.relevant.map(String),
        });
      return;
    }
    const lesson = train.get(issue.number)?.relevant;
    if (!lesson || weights) return;
    const { numbers, rows } = duplicateCandidates(backlog, issue, issue.createdAt);
    lessons.push({ rows, relevant: numbers.map((number) => lesson.includes(number)) });
  });
  const lines = [...queries.keys()].map((number) =>
    JSON.stringify({ number, ...(answers.get(number) ?? { ranking: [], suggested: [] }) }),
  );
  writeFileSync(values.rankings, lines.map((line) => `${line}\n`).join(""));
  reportFigures(FIGURES, judged, queries.size, values.json);
  return 0;
}

const LISTED = 200;
const FIGURES: Figure[] = [
  ["recall@1", (sample) => successAt(sample, 1)],
  ["recall@5", (sample) => successAt(sample, 5)],
  ["recall@10", (sample) => successAt(sample, 10)],
  ["mrr", (sample) => reciprocalRank(sample)],
];

function readQuery(object: Record<string, unknown>): Query {
  const { number, relevant } = object;
  if (typeof number !== "number") throw new TypeError('"number" must be a number');
  if (relevant === undefined || relevant === null) return { number, relevant: undefined };
  if (!Array.isArray(relevant)) throw new TypeError('"relevant" must be a list of numbers');
  return { number, relevant: relevant.map(Number) };
}
