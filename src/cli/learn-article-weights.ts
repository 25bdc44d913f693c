import { fitGate, type GateExample } from "../kb/fit-gate.ts";
import { type Gate, standing } from "../kb/gate.ts";
import { ARTICLE_FEATURES, type ArticleFeature, articleCandidates, type Library } from "../kb/library.ts";
import { type Candidates, linearScore, trainListwise } from "../kb/listwise.ts";
import {
  type DataQuery,
  documentationLibrary,
  faqLibrary,
  readDocumentation,
  readFaq,
} from "./retrieval-data.ts";

/** There are 50 questions about the documentation and 630 of the FAQ: both shall count about alike. */
const DOCUMENTATION_TIMES = 10;
const PULL = 0.01;
/** Of what the data says nothing (their questions have no body), this is assumed. */
const PRIOR: Partial<Record<ArticleFeature, number>> = {
  "title in title": 1,
  "prose in title": 0.5,
  "prose in prose": 0.5,
  "code in code": 0.3,
  "code in prose": 0.3,
  "score of best": 1,
  alias: 2,
};

const WIDTH = ARTICLE_FEATURES.length;

export function learnArticleWeights(data: string): Record<ArticleFeature, number> {
  const { documents, queries } = readDocumentation(data);
  const library = documentationLibrary(documents);
  const documentation = queries.map((query) => lessonOf(library, query));
  const faq = readFaq(data);
  const lessons = [0, 1, 3].flatMap((aliases) => {
    const known = faqLibrary(faq, aliases);
    return known.asked.map((query) => lessonOf(known.library, query));
  });
  for (let times = 0; times < DOCUMENTATION_TIMES; times++) lessons.push(...documentation);
  const prior = ARTICLE_FEATURES.map((feature) => PRIOR[feature] ?? 0);
  const weights = trainListwise(lessons, WIDTH, { pull: PULL, goal: "each", prior });
  return Object.fromEntries(ARTICLE_FEATURES.map((feature, f) => [feature, weights[f] as number])) as Record<
    ArticleFeature,
    number
  >;
}

function lessonOf(library: Library, query: DataQuery): Candidates {
  const { ids, rows } = articleCandidates(library, query, {});
  return { rows, relevant: ids.map((id) => query.relevant.includes(id)) };
}

/** What the gate sees: few enough for the 50 questions. */
const SEEN = [
  "share",
  "lead",
  "title in title",
  "cosine",
  "title cosine",
  "its title here",
  "phrases",
  "longest phrase",
  "rarest word",
  "distinct words",
  "article of best",
  "alias",
  "aliases",
] as const;

/** The candidates of a question that the gate is asked about. */
const ASKED = 3;
const DOCUMENTATION_WEIGHT = 3;
const RAISED = 0.8;

export function learnArticleGate(
  data: string,
  weights: Record<ArticleFeature, number>,
): Gate<ArticleFeature> {
  const examples: GateExample[] = [];
  const add = (library: Library, query: DataQuery, weight: number) => {
    examples.push(...examplesOf(library, query, weights, weight, false));
    examples.push(...examplesOf(library, query, weights, weight, true));
  };
  const { documents, queries } = readDocumentation(data);
  const library = documentationLibrary(documents);
  for (const query of queries) add(library, query, DOCUMENTATION_WEIGHT);
  const faq = readFaq(data);
  for (const aliases of [0, 3]) {
    const known = faqLibrary(faq, aliases);
    for (const query of known.asked) add(known.library, query, 1);
  }
  const gate = fitGate<ArticleFeature>(examples, SEEN, { pull: 0.001, iterations: 400, standardise: false });
  return { ...gate, bias: gate.bias + RAISED };
}

/** `unanswerable`: as if the library did not hold the answer. */
function examplesOf(
  library: Library,
  query: DataQuery,
  weights: Record<ArticleFeature, number>,
  weight: number,
  unanswerable: boolean,
): GateExample[] {
  const without = (id: string) => query.relevant.includes(id);
  const { ids, rows } = articleCandidates(library, query, unanswerable ? { without } : {});
  const list = ARTICLE_FEATURES.map((feature) => weights[feature]);
  const scores = ids.map((_, i) => linearScore(rows, i * WIDTH, list));
  return standing({ scores }, ASKED).map(({ row, share, lead }) => ({
    row: SEEN.map((feature) => {
      if (feature === "share") return share;
      return feature === "lead" ? lead : (rows[row * WIDTH + ARTICLE_FEATURES.indexOf(feature)] as number);
    }),
    right: query.relevant.includes(ids[row] ?? ""),
    weight,
  }));
}
