import { readFileSync } from "node:fs";
import { text } from "node:stream/consumers";
import { parseArgs } from "node:util";
import { gunzipSync } from "node:zlib";
import { decodeRepository } from "../learning/repository-file.ts";
import type { RepositoryModel } from "../learning/repository-model.ts";
import { parseLines, readIssue, UnreadableInput, WrongUse } from "./archive.ts";
import { classificationSettings } from "./classification-settings.ts";
import { predict, type Predictor } from "./prediction.ts";
import { shippedModel } from "./shipped-model.ts";

/** `frontdesk classify [--model MODEL] < ISSUES.ndjson`: a prediction for each line, in order. */
export async function classify(argv: string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args: argv,
    allowPositionals: true,
    options: { model: { type: "string" }, settings: { type: "string" } },
  });
  if (positionals.length > 0)
    throw new WrongUse("The tickets come on standard input: frontdesk classify < ISSUES.ndjson");
  const predictor: Predictor = {
    shipped: shippedModel(),
    repository: values.model === undefined ? null : readModel(values.model),
    settings: classificationSettings(values.settings),
  };
  const issues = parseLines(await text(process.stdin), "standard input", readIssue);
  process.stdout.write(issues.map((issue) => `${JSON.stringify(predict(issue, predictor))}\n`).join(""));
  return 0;
}

function readModel(path: string): RepositoryModel {
  try {
    const bytes = readFileSync(path);
    return decodeRepository(path.endsWith(".gz") ? gunzipSync(bytes) : bytes);
  } catch (cause) {
    throw new UnreadableInput(`Cannot read ${path}: ${cause instanceof Error ? cause.message : cause}`, {
      cause,
    });
  }
}
