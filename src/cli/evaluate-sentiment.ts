import { createRequire } from "node:module";
import { parseArgs } from "node:util";
import { macroF1 } from "../learning/metrics.ts";
import { shuffle, xorshift } from "../learning/random.ts";
import type { Sentiment, SentimentExample } from "../learning/sentiment.ts";
import { classifySentiment, trainSentiment } from "../learning/sentiment.ts";
import { sentimentTokens } from "../learning/sentiment-features.ts";
import { WrongUse } from "./archive.ts";
import { table } from "./backtest-report.ts";
import { readSentiments, SENTIMENT_SETS } from "./sentiment-build.ts";

const FOLDS = 5;
const SEED = 1;

type Peer = (text: string) => Sentiment;

/** `npm run evaluate -- --data DIR sentiment`: macro-F1 by cross-validation, beside the peers on the same texts. */
export async function evaluateSentiment(argv: string[]): Promise<number> {
  const { values } = parseArgs({ args: argv, options: { data: { type: "string" } } });
  if (!values.data) throw new WrongUse("Say where the data lies: npm run evaluate -- --data DIR sentiment");
  const { data } = values;
  const sets = SENTIMENT_SETS.map((set) => readSentiments(data, set));
  const ours = crossValidate(sets);
  const rows = [
    ["sentiment, macro-F1", ...SENTIMENT_SETS, "must", "aim"],
    [`Frontdesk, ${FOLDS}-fold cross-validation`, ...ours.map(figure), ".84", ".88"],
    ...Object.entries(peers()).map(([name, peer]) => [
      name,
      ...sets.map((set) =>
        figure(set.map(({ text, sentiment }) => ({ truth: sentiment, guess: peer(text) }))),
      ),
      "",
      "",
    ]),
  ];
  process.stdout.write(`${table(rows)}\n`);
  return 0;
}

interface Judged {
  truth: Sentiment;
  guess: Sentiment;
}

const figure = (judged: Judged[]) =>
  macroF1(
    judged.map((one) => ({ truth: [one.truth], guess: one.guess, confidence: 1, applied: true })),
  ).toFixed(3);

/** One model of all sets a fold, as it ships; each set is judged by itself. */
function crossValidate(sets: SentimentExample[][]): Judged[][] {
  const folded = sets.map((set) => {
    const order = Int32Array.from(set, (_, i) => i);
    shuffle(order, xorshift(SEED));
    return [...order].map((place, i) => ({ ...(set[place] as SentimentExample), fold: i % FOLDS }));
  });
  const judged: Judged[][] = sets.map(() => []);
  for (let fold = 0; fold < FOLDS; fold++) {
    const model = trainSentiment(folded.flat().filter((one) => one.fold !== fold));
    folded.forEach((set, s) => {
      for (const { text, sentiment } of set.filter((one) => one.fold === fold)) {
        judged[s]?.push({ truth: sentiment, guess: classifySentiment(model, text).sentiment });
      }
    });
  }
  return judged;
}

/** The packages that others would take, with the thresholds of their documentation. */
function peers(): Record<string, Peer> {
  const load = createRequire(import.meta.url);
  const Analyzer = load("natural/lib/natural/sentiment/SentimentAnalyzer.js");
  const natural = new Analyzer("English", null, "afinn");
  const Sentiments = load("sentiment");
  const sentiment = new Sentiments();
  const vader = load("vader-sentiment").SentimentIntensityAnalyzer;
  const sign = (score: number, margin: number): Sentiment =>
    score > margin ? "positive" : score < -margin ? "negative" : "neutral";
  return {
    "natural (AFINN)": (text) => {
      const tokens = sentimentTokens(text).map((token) => token.toLowerCase());
      return sign(tokens.length > 0 ? natural.getSentiment(tokens) : 0, 0);
    },
    sentiment: (text) => sign(sentiment.analyze(text).score, 0),
    "vader-sentiment": (text) => sign(vader.polarity_scores(text).compound, 0.05),
  };
}
