import { readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";

/** Input that cannot be read: ends the command with exit code 3 and this sentence. */
export class UnreadableInput extends Error {}

/** What a command was told wrongly: ends it with exit code 2 and this sentence. */
export class WrongUse extends Error {}

/** A file's text, unpacked when its name ends in .gz. */
export function readText(path: string): string {
  try {
    const bytes = readFileSync(path);
    return (path.endsWith(".gz") ? gunzipSync(bytes) : bytes).toString("utf8");
  } catch (cause) {
    throw new UnreadableInput(`Cannot read ${path}: ${cause instanceof Error ? cause.message : cause}`, {
      cause,
    });
  }
}

/** The JSON objects of a file with one a line; `read` turns each into what is wanted or throws. */
export function readLines<T>(path: string, read: (object: Record<string, unknown>) => T): T[] {
  return parseLines(readText(path), path, read);
}

/** As `readLines`, of text already read; `name` is for the message about a bad line. */
export function parseLines<T>(text: string, name: string, read: (object: Record<string, unknown>) => T): T[] {
  const found: T[] = [];
  text.split("\n").forEach((line, i) => {
    if (line.trim() === "") return;
    try {
      const object: unknown = JSON.parse(line);
      if (object === null || typeof object !== "object" || Array.isArray(object)) {
        throw new TypeError("a line must be a JSON object");
      }
      found.push(read(object as Record<string, unknown>));
    } catch (cause) {
      const reason = cause instanceof Error ? cause.message : String(cause);
      throw new UnreadableInput(`${name}, line ${i + 1}: ${reason}`, { cause });
    }
  });
  return found;
}

/** A thread of an archive, as GitHub's REST gives it: what learning reads of it. */
export interface ArchivedIssue {
  repository: string;
  number: number;
  title: string;
  body: string;
  labels: string[];
  createdAt: string;
  isPullRequest: boolean;
}

/** Reads one archived thread; throws a `TypeError` naming the field that is missing. */
export function readIssue(object: Record<string, unknown>): ArchivedIssue {
  const { title, body, number, labels } = object;
  if (typeof title !== "string") throw new TypeError('"title" must be a text');
  if (body !== undefined && body !== null && typeof body !== "string") {
    throw new TypeError('"body" must be a text or null');
  }
  if (labels !== undefined && !Array.isArray(labels)) throw new TypeError('"labels" must be a list');
  return {
    repository: typeof object.repository === "string" ? object.repository : "",
    number: typeof number === "number" ? number : 0,
    title,
    body: body ?? "",
    labels: (labels ?? []).map(labelName),
    createdAt: typeof object.created_at === "string" ? object.created_at : "",
    isPullRequest: object.pull_request !== undefined && object.pull_request !== null,
  };
}

function labelName(label: unknown): string {
  if (typeof label === "string") return label;
  const name = (label as { name?: unknown } | null)?.name;
  if (typeof name !== "string") throw new TypeError('a label must be a name or have a "name"');
  return name;
}
