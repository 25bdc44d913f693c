import { KIND_LABELS, type KindLabels } from "../learning/kind-label.ts";
import { everyKind } from "../learning/kind.ts";
import { parseSettings } from "../settings/parse.ts";
import { Settings } from "../settings/schema.ts";
import { readText, UnreadableInput } from "./archive.ts";

/** What learning needs to know of a repository's settings. */
export interface ClassificationSettings {
  labels: KindLabels;
  targetPrecision: number;
  ignoreLabels: string[];
}

/** From a settings file, or the defaults; a broken file is unreadable input, its problems named. */
export function classificationSettings(path: string | undefined): ClassificationSettings {
  if (path === undefined) return { labels: KIND_LABELS, targetPrecision: 0.85, ignoreLabels: [] };
  const { settings, problems } = parseSettings(readText(path), { private: true });
  if (!settings) {
    const first = problems.find(({ severity }) => severity === "error");
    throw new UnreadableInput(
      `${path}${first ? `, line ${first.line}: ${first.message}` : " is broken"}. frontdesk settings check ${path} says more.`,
    );
  }
  const { labels, classification } = Settings.parse(settings);
  return {
    labels: everyKind((kind) => labels[kind]),
    targetPrecision: classification.targetPrecision,
    ignoreLabels: classification.ignoreLabels,
  };
}
