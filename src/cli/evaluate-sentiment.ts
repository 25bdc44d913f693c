import { createRequire } from "node:module";
import { parseArgs } from "node:util";
import { expectedCalibrationError, isRight, macroF1 } from "../learning/metrics.ts";
import { shuffle, xorshift } from "../learning/random.ts";
import type { Sentiment, SentimentExample } from "../learning/sentiment.ts";
import { classifySentiment, trainSentiment } from "../learning/sentiment.ts";
import { decodeSentiment, encodeSentiment } from "../learning/sentiment-file.ts";
import { sentimentTokens } from "../learning/sentiment-tokens.ts";
import { WrongUse } from "./archive.ts";
import { table } from "./backtest-report.ts";
import { readSentiments, SENTIMENT_SETS } from "./sentiment-build.ts";

const FOLDS = 5;
/** Guesses differ by about .003 from one way of dealing texts to folds to the next. */
const SEEDS = [1, 2, 3];

type Peer = (text: string) => Sentiment;

/** `npm run evaluate -- --data DIR sentiment`: macro-F1 by cross-validation, beside the peers on the same texts. */
export async function evaluateSentiment(argv: string[]): Promise<number> {
  const { values } = parseArgs({ args: argv, options: { data: { type: "string" } } });
  if (!values.data) throw new WrongUse("Say where the data lies: npm run evaluate -- --data DIR sentiment");
  const { data } = values;
  const sets = SENTIMENT_SETS.map((set) => readSentiments(data, set));
  const ours = SEEDS.map((seed) => crossValidate(sets, seed));
  const ourFigures = (of: (judged: Judged[]) => number) =>
    sets.map((_, s) => spread(ours.map((judged) => of(judged[s] ?? []))));
  const rows = [
    ["sentiment, macro-F1", ...SENTIMENT_SETS, "must", "aim"],
    [`Frontdesk, ${FOLDS}-fold cross-validation`, ...ourFigures(f1), ".84", ".88"],
    ["Frontdesk, share right", ...ourFigures(accuracy), "", ""],
    [
      "Frontdesk, calibration error",
      ...ourFigures((judged) => expectedCalibrationError(checked(judged))),
      "",
      "",
    ],
    ...Object.entries(peers()).map(([name, peer]) => [
      name,
      ...sets.map((set) =>
        f1(
          set.map(({ text, sentiment }) => ({ truth: sentiment, guess: peer(text), confidence: 1 })),
        ).toFixed(3),
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
  confidence: number;
}

const checked = (judged: Judged[]) =>
  judged.map(({ truth, guess, confidence }) => ({ truth: [truth], guess, confidence, applied: true }));

const f1 = (judged: Judged[]) => macroF1(checked(judged));
const accuracy = (judged: Judged[]) => checked(judged).filter(isRight).length / judged.length;

/** Mean, least and greatest of the seeds. */
function spread(values: number[]): string {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  return `${mean.toFixed(3)} (${Math.min(...values).toFixed(3)} to ${Math.max(...values).toFixed(3)})`;
}

/** One model of all sets a fold, as it ships, bytes for weights; each set is judged by itself. */
function crossValidate(sets: SentimentExample[][], seed: number): Judged[][] {
  const folded = sets.map((set) => withFolds(set, seed));
  const judged: Judged[][] = sets.map(() => []);
  for (let fold = 0; fold < FOLDS; fold++) {
    const trained = trainSentiment(folded.flat().filter((one) => one.fold !== fold));
    const model = decodeSentiment(encodeSentiment(trained));
    folded.forEach((set, s) => {
      for (const { text, sentiment } of set.filter((one) => one.fold === fold)) {
        const { sentiment: guess, confidence } = classifySentiment(model, text);
        judged[s]?.push({ truth: sentiment, guess, confidence });
      }
    });
  }
  return judged;
}

/** A text that comes twice stays in one fold: else it would be asked after it was learned. */
function withFolds(set: SentimentExample[], seed: number): (SentimentExample & { fold: number })[] {
  const order = Int32Array.from(set, (_, i) => i);
  shuffle(order, xorshift(seed));
  const folds = new Map<string, number>();
  return [...order].map((place) => {
    const example = set[place] as SentimentExample;
    const fold = folds.get(example.text) ?? folds.size % FOLDS;
    folds.set(example.text, fold);
    return { ...example, fold };
  });
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
