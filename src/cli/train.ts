import { writeFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { gzipSync } from "node:zlib";
import { encodeRepository } from "../learning/repository-file.ts";
import { learnLabels } from "../learning/repository-model.ts";
import { readIssue, readLines, WrongUse } from "./archive.ts";
import { classificationSettings } from "./classification-settings.ts";
import { lessonOf } from "./prediction.ts";
import { shippedModel } from "./shipped-model.ts";

/** `frontdesk train ARCHIVE --out MODEL`: learns an archive's kinds and labels into a file. */
export async function train(argv: string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args: argv,
    allowPositionals: true,
    options: { out: { type: "string" }, settings: { type: "string" } },
  });
  const [archive, ...more] = positionals;
  if (archive === undefined || more.length > 0 || values.out === undefined) {
    throw new WrongUse("Say what to learn, and where to keep it: frontdesk train ARCHIVE --out MODEL");
  }
  const issues = readLines(archive, readIssue)
    .filter(({ isPullRequest }) => !isPullRequest)
    .sort((a, b) => (a.createdAt < b.createdAt ? -1 : a.createdAt > b.createdAt ? 1 : a.number - b.number));
  const settings = classificationSettings(values.settings);
  const model = learnLabels(issues.map(lessonOf), { shipped: shippedModel(), ...settings });
  const bytes = encodeRepository(model);
  writeFileSync(values.out, values.out.endsWith(".gz") ? gzipSync(bytes) : bytes);
  const kinds = model.kinds ? `${model.kinds.kinds.join(", ")} (${model.kinds.examples} tickets)` : "no kind";
  process.stderr.write(
    `Learned ${kinds} and ${model.labels?.names.length ?? 0} labels from ${issues.length} tickets.\n`,
  );
  return 0;
}
