import { writeFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { learnArticleGate, learnArticleWeights } from "./learn-article-weights.ts";
import { learnDuplicateGate, learnDuplicateWeights } from "./learn-duplicate-weights.ts";
import { WrongUse } from "./archive.ts";
import type { Gate } from "../kb/gate.ts";

/** Digits behind the point: more would only show in which order numbers were added up. */
const DIGITS = 3;

/** `npm run weights:build -- --data DIR`: the weights that ship, the same bytes from the same data. */
export async function weightsBuild(argv: string[]): Promise<number> {
  const { values } = parseArgs({
    args: argv,
    options: { data: { type: "string" }, out: { type: "string", default: "src/kb/weights.ts" } },
  });
  if (!values.data) throw new WrongUse("Say where the data lies: npm run weights:build -- --data DIR");
  const articles = rounded(learnArticleWeights(values.data));
  const articleGate = roundedGate(learnArticleGate(values.data, articles));
  const duplicates = rounded(learnDuplicateWeights(values.data));
  const duplicateGate = roundedGate(learnDuplicateGate(values.data, duplicates));
  const text = [
    HEAD,
    constant(ARTICLES, "ARTICLE_WEIGHTS: Record<ArticleFeature, number>", articles),
    constant(DUPLICATES, "DUPLICATE_WEIGHTS: Record<DuplicateFeature, number>", duplicates),
    constant(ARTICLE_GATE, "ARTICLE_GATE: Gate<ArticleFeature>", articleGate),
    constant(DUPLICATE_GATE, "DUPLICATE_GATE: Gate<DuplicateFeature>", duplicateGate),
  ].join("\n");
  writeFileSync(values.out, text);
  process.stderr.write(`${Buffer.byteLength(text)} bytes\n`);
  return 0;
}

const HEAD = `import type { DuplicateFeature } from "./duplicate-features.ts";
import type { Gate } from "./gate.ts";
import type { ArticleFeature } from "./library.ts";

// Made by \`npm run weights:build\`: change nothing by hand.
`;
const ARTICLES =
  "Trained listwise on documentation questions and FAQ paraphrases, without aliases, with one and with three.";
const DUPLICATES = "Trained listwise on duplicates.";
const ARTICLE_GATE = `Fitted by logistic regression: the same questions with their answer in the library, and with it taken out. The bias is
then raised by 0.8, as a target is about all that is posted, of which the last link is the least sure: in
cross-validation 0.85 was held by 0.91 of them, with half of the questions unanswerable.`;
const DUPLICATE_GATE = `Fitted by logistic regression on issues with and without known duplicates. Of what looked wrong and was read by eye a
third was an unlabelled duplicate, so issues without a known one count half. The bias is then lowered by 0.25, by what was
posted and false on a third of all issues of a year.`;

type Weights = Record<string, number>;

const round = (value: number): number => Number(value.toFixed(DIGITS)) + 0;

function rounded<Feature extends string>(weights: Record<Feature, number>): Record<Feature, number> {
  const entries = Object.entries<number>(weights).map(([name, weight]) => [name, round(weight)]);
  return Object.fromEntries(entries) as Record<Feature, number>;
}

function roundedGate<Feature extends string>({ bias, weights }: Gate<Feature>): Gate<Feature> {
  return {
    bias: round(bias),
    weights: rounded(weights as Record<string, number>) as Gate<Feature>["weights"],
  };
}

function constant(about: string, declaration: string, value: object): string {
  const lines = about.split("\n");
  const comment =
    lines.length === 1 ? `/** ${about} */` : ["/**", ...lines.map((line) => ` * ${line}`), " */"].join("\n");
  return `${comment}\nexport const ${declaration} = ${literal(value)};\n`;
}

/** As the formatter writes it: a line a key, quotes only where they are needed. */
function literal(value: object, indent = ""): string {
  const lines = Object.entries(value as Weights).map(([key, item]) => {
    const name = /^\w+$/.test(key) ? key : JSON.stringify(key);
    const text = typeof item === "number" ? String(item) : literal(item as object, `${indent}  `);
    return `${indent}  ${name}: ${text},\n`;
  });
  return `{\n${lines.join("")}${indent}}`;
}
