import { existsSync, mkdirSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { ConceptVectorizer } from "../learning/concept-features.ts";
import { parseDocument } from "../learning/document.ts";
import { Vectorizer } from "../learning/features.ts";
import { everyKind, isKind, KINDS, type Kind } from "../learning/kind.ts";
import { encodeModel } from "../learning/kind-model.ts";
import { trainKinds, type KindExample } from "../learning/train-kinds.ts";
import { readIssue, readLines, WrongUse, type ArchivedIssue } from "./archive.ts";

/**
 * Left out of the shipped model: its issues in the mixed data and the held-out part of the NLBSE'24
 * benchmark are from the same tracker, so that learning them could be learning the test.
 */
const LEFT_OUT = "facebook/react";

/** One large or peculiar source must not drown the others: matomo's questions are noisy, Jira has no Markdown. */
function weightOf(source: string): number {
  if (source.startsWith("nlbse24/")) return 6;
  return source === "matomo-org/matomo" || source.startsWith("apache-jira/") ? 0.3 : 1;
}

/** Builds the shipped model from the shared data: the same bytes from the same data. */
export async function modelBuild(argv: string[]): Promise<number> {
  const { values } = parseArgs({
    args: argv,
    options: {
      data: { type: "string" },
      out: { type: "string", default: "src/learning/shipped/kinds.model" },
    },
  });
  if (!values.data) throw new WrongUse("Say where the data lies: npm run model:build -- --data DIR");
  const examples = readExamples(values.data);
  const model = trainKinds(examples);
  mkdirSync(join(values.out, ".."), { recursive: true });
  const bytes = encodeModel(model);
  writeFileSync(values.out, bytes);
  const counts = everyKind((kind) => examples.filter(({ kinds }) => kinds.includes(kind)).length);
  process.stderr.write(`${examples.length} issues ${JSON.stringify(counts)}, ${bytes.length} bytes\n`);
  return 0;
}

/** The labelled issues of the shared data, each text once. */
export function readExamples(data: string): KindExample[] {
  const benchmark = join(data, "nlbse24");
  const files = existsSync(benchmark) ? readdirSync(benchmark).sort() : [];
  const issues = files.flatMap((file) =>
    readLines(join(benchmark, file), readIssue).map((issue) => ({ ...issue, repository: `nlbse24/${file}` })),
  );
  issues.push(...readLines(join(data, "mixed", "issues.ndjson.gz"), readIssue));
  const seen = new Set<string>();
  const words = new Vectorizer();
  const concepts = new ConceptVectorizer();
  return issues
    .filter((issue) => issue.repository !== LEFT_OUT && isNew(seen, issue))
    .map((issue) => {
      const document = parseDocument(issue.title, issue.body);
      return {
        repository: issue.repository,
        features: words.vectorize(document),
        concepts: concepts.vectorize(document),
        kinds: issue.labels.filter(isKind),
        never: KINDS.filter((kind: Kind) => issue.labels.includes(`not-${kind}`)),
        weight: weightOf(issue.repository),
      };
    });
}

function isNew(seen: Set<string>, { title, body }: ArchivedIssue): boolean {
  const letters = `${title} ${body.slice(0, 200)}`.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, "");
  if (seen.has(letters)) return false;
  seen.add(letters);
  return true;
}
