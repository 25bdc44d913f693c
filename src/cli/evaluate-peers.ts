import { readdirSync } from "node:fs";
import { join } from "node:path";
import { BayesClassifier, LogisticRegressionClassifier } from "natural/lib/natural/classifiers/index.js";
import { macroF1, type Checked } from "../learning/metrics.ts";
import { stratifiedFolds } from "../learning/random.ts";
import { type ArchivedIssue, readIssue, readLines } from "./archive.ts";

const FOLDS = 5;
const SEED = 1;

interface Peer {
  name: string;
  make: () => {
    addDocument(text: string, label: string): void;
    train(): void;
    classify(text: string): string;
  };
  text: (issue: ArchivedIssue) => string;
  /** How many of the folds are run: logistic regression takes a quarter of a minute for each. */
  folds: number;
}

const PEERS: Peer[] = [
  {
    name: "natural's BayesClassifier",
    make: () => new BayesClassifier(),
    text: ({ title, body }) => `${title} ${body}`,
    folds: FOLDS,
  },
  {
    name: "natural's LogisticRegressionClassifier, titles only, one fold",
    make: () => new LogisticRegressionClassifier(),
    text: ({ title }) => title,
    folds: 1,
  },
];

/** On the benchmark's test part, one classifier a repository, as their authors report them. */
const PUBLISHED: [string, string][] = [
  ["fastText (published)", ".718"],
  ["RoBERTa (published)", ".792"],
  ["SetFit (published)", ".824"],
];

/** The same folds for the peers that can be run here, and the published figures of those that cannot. */
export function evaluatePeers(data: string): string[][] {
  const folder = join(data, "nlbse24");
  const repositories = readdirSync(folder)
    .sort()
    .map((file) => readLines(join(folder, file), readIssue));
  return [
    ["peers on NLBSE'24", "macro-F1"],
    ...PEERS.map((peer) => {
      const scores = repositories.map((issues) => macroF1(run(peer, issues)));
      const mean = scores.reduce((sum, score) => sum + score, 0) / scores.length;
      return [peer.name, mean.toFixed(3)];
    }),
    ...PUBLISHED,
  ];
}

function run({ make, text, folds }: Peer, issues: readonly ArchivedIssue[]): Checked[] {
  const foldOf = stratifiedFolds(issues.map(kindOf), FOLDS, SEED);
  const checked: Checked[] = [];
  for (let fold = 0; fold < folds; fold++) {
    const classifier = make();
    issues.forEach((issue, i) => {
      if (foldOf[i] !== fold) classifier.addDocument(text(issue), kindOf(issue));
    });
    classifier.train();
    issues.forEach((issue, i) => {
      if (foldOf[i] !== fold) return;
      checked.push({
        truth: [kindOf(issue)],
        guess: classifier.classify(text(issue)),
        confidence: 1,
        applied: true,
      });
    });
  }
  return checked;
}

function kindOf({ labels }: ArchivedIssue): string {
  return labels[0] ?? "";
}
