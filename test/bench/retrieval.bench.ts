import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import MiniSearch from "minisearch";
import { TfIdf } from "natural/lib/natural/tfidf/index.js";
import { bm25 } from "../../src/kb/bm25.ts";
import { rankDuplicates } from "../../src/kb/duplicates.ts";
import { Index } from "../../src/kb/index.ts";
import { type IssueHistory, replay } from "../../src/kb/replay.ts";
import { FIELD_WEIGHTS } from "../../src/kb/field-weights.ts";
import { xorshift } from "../../src/learning/random.ts";
import { median, type Row } from "./row.ts";

const TEXTS = 137_000;
const WORDS = 43;
const QUERIES = 200;
/** The others take seconds for a query. */
const PEER_QUERIES = 2;
const ISSUES = 15_000;
const WORDS_OF_ISSUE = 150;
const VOCABULARY = 120_000;
const DAY = 86_400_000;

const random = xorshift(11);
const SYLLABLES = "ba ce di fo gu ka le mi no pu ra se ti vo xu za che dri flo gru sta tre".split(" ");
const vocabulary = Array.from({ length: VOCABULARY }, (_, i) => {
  let rest = i + 1;
  let word = "";
  for (; rest > 0; rest = Math.floor(rest / SYLLABLES.length)) word += SYLLABLES[rest % SYLLABLES.length];
  return word;
});

/** Words by Zipf's law, as in real text: the n-th of them comes with a chance of about 1 in n. */
function text(words: number): string {
  return Array.from({ length: words }, () => vocabulary[Math.floor(VOCABULARY ** random()) - 1]).join(" ");
}

/** In CPU time: the index of 137,000 texts and its queries beside minisearch and natural; a duplicate search among 15,000 issues. */
export async function retrievalBench(): Promise<Row[]> {
  const texts = Array.from({ length: TEXTS }, () => text(WORDS));
  const queries = Array.from({ length: QUERIES }, () => text(WORDS));
  return [
    ...oursOf(texts, queries),
    ...minisearchOf(texts, queries),
    ...naturalOf(texts, queries),
    ...duplicates(),
  ];
}

function oursOf(texts: string[], queries: string[]): Row[] {
  const before = memory();
  const index = new Index();
  const building = timed(() => {
    texts.forEach((body, i) => {
      index.add({ id: String(i), title: "", body });
    });
  });
  const bytes = memory() - before;
  const asking = queries.map((body) =>
    timed(() => bm25(index, index.read({ title: "", body }), FIELD_WEIGHTS, 10)),
  );
  return [
    {
      what: "index 137,000 texts of 43 words",
      value: building / 1000,
      unit: "s",
      must: "<= 10",
      aim: "<= 5",
    },
    { what: "a query of 43 words in it", value: median(asking), unit: "ms", must: "<= 3", aim: "<= 0.5" },
    { what: "memory of that index", value: bytes / 1e6, unit: "MB", must: "<= 300", aim: "<= 120" },
  ];
}

function minisearchOf(texts: string[], queries: string[]): Row[] {
  const index = new MiniSearch({ fields: ["body"] });
  const building = timed(() => {
    index.addAll(texts.map((body, id) => ({ id, body })));
  });
  const asking = queries.slice(0, PEER_QUERIES).map((body) => timed(() => index.search(body)));
  return [
    { what: "minisearch: index", value: building / 1000, unit: "s" },
    { what: "minisearch: query", value: median(asking), unit: "ms" },
  ];
}

function naturalOf(texts: string[], queries: string[]): Row[] {
  const index = new TfIdf();
  const building = timed(() => {
    for (const body of texts) index.addDocument(body);
  });
  const asking = queries.slice(0, PEER_QUERIES).map((body) => timed(() => index.tfidfs(body)));
  return [
    { what: "natural's TfIdf: index", value: building / 1000, unit: "s" },
    { what: "natural's TfIdf: query", value: median(asking), unit: "ms" },
  ];
}

function duplicates(): Row[] {
  const issues = Array.from({ length: ISSUES }, (_, i): IssueHistory => {
    const number = i + 1;
    const comments = Array.from({ length: i % 5 }, (_, k) => ({
      author: `user${(i + k) % 700}`,
      body: k === 3 ? `Duplicate of #${Math.max(1, i - 9)}` : text(40),
      createdAt: (i + k) * (DAY / 10),
    }));
    const body = `${text(WORDS_OF_ISSUE)}\n\`\`\`\n${text(30)}\n\`\`\``;
    const createdAt = i * (DAY / 10);
    return {
      number,
      title: text(8),
      body,
      author: `user${i % 900}`,
      createdAt,
      closedAt: i % 2 ? createdAt + DAY : null,
      comments,
    };
  });
  const backlog = replay(issues, () => {});
  const asking = Array.from({ length: 50 }, () => {
    const suspect = { title: text(8), body: text(WORDS_OF_ISSUE), author: "somebody" };
    return timed(() => rankDuplicates(backlog, suspect, ISSUES * DAY));
  });
  return [
    {
      what: "full duplicate search in 15,000 issues",
      value: median(asking),
      unit: "ms",
      must: "<= 30",
      aim: "<= 10",
    },
  ];
}

/** Milliseconds of CPU time, collecting garbage included: what else runs on the machine does not count. */
function timed(work: () => unknown): number {
  const begin = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(begin);
  return (user + system) / 1000;
}

/** Bytes of live objects and buffers, after a full collection. */
function memory(): number {
  setFlagsFromString("--expose-gc");
  (runInNewContext("gc") as () => void)();
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return heapUsed + arrayBuffers;
}
