import MiniSearch from "minisearch";
import { TfIdf } from "natural/lib/natural/tfidf/index.js";
import type { Judged } from "../kb/measure.ts";
import type { IssueHistory } from "../kb/replay.ts";

/** Tuned in its favour; prefixes and slips of the pen made it slower by ten times, and no better. */
const OPTIONS = { boost: { title: 3 } };
const LISTED = 100;

interface Text {
  id: string;
  title: string;
  body: string;
}

/** What minisearch finds for questions to a fixed set of documents. */
export function minisearchRankings(
  documents: readonly Text[],
  queries: readonly (Text & { relevant: string[] })[],
): Judged[] {
  const index = new MiniSearch<Text>({ fields: ["title", "body"] });
  index.addAll(documents);
  return queries.map(({ title, body, relevant }) => ({
    ranking: index
      .search(`${title} ${body}`, OPTIONS)
      .slice(0, LISTED)
      .map((hit) => String(hit.id)),
    relevant,
  }));
}

/** What minisearch finds among the issues that were there before each query. */
export function minisearchDuplicates(
  issues: readonly IssueHistory[],
  queries: ReadonlyMap<number, string[]>,
): Judged[] {
  const index = new MiniSearch<Text>({ fields: ["title", "body"] });
  const judged: Judged[] = [];
  for (const { number, title, body } of [...issues].sort((a, b) => a.createdAt - b.createdAt)) {
    const relevant = queries.get(number);
    if (relevant) {
      const hits = index.search(`${title} ${body.slice(0, 600)}`, OPTIONS).slice(0, LISTED);
      judged.push({ ranking: hits.map((hit) => String(hit.id)), relevant });
    }
    index.add({ id: String(number), title, body });
  }
  return judged;
}

/** What natural's TfIdf finds for questions to a fixed set of documents. */
export function naturalRankings(
  documents: readonly Text[],
  queries: readonly (Text & { relevant: string[] })[],
): Judged[] {
  const index = new TfIdf();
  for (const { title, body } of documents) index.addDocument(`${title} ${title} ${body}`);
  return queries.map(({ title, body, relevant }) => {
    const scores = index.tfidfs(`${title} ${body}`);
    const order = documents.map((_, i) => i).sort((a, b) => (scores[b] ?? 0) - (scores[a] ?? 0) || a - b);
    return { ranking: order.slice(0, LISTED).map((i) => documents[i]?.id ?? ""), relevant };
  });
}
