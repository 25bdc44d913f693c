import { z } from "zod";
import type { IssueForm } from "../ticket/repository.ts";
import { readYaml } from "../yaml/source.ts";
import type { Octokit } from "./client.ts";
import { listDirectory, readFile } from "./repository-files.ts";

const FOLDER = ".github/ISSUE_TEMPLATE";

/** More forms than any person would choose from; each costs a request. */
const MAX_FORMS = 30;

export interface IssueForms {
  forms: IssueForm[];
  /** Files that could not be used, and why. */
  skipped: { path: string; reason: string }[];
}

/** The issue forms and templates of a repository, or those of its organisation's `.github` when it has no folder of its own. */
export async function readIssueForms(octokit: Octokit, repository: string): Promise<IssueForms> {
  const [owner] = repository.split("/");
  const own = await formsOf(octokit, repository);
  return own ?? (await formsOf(octokit, `${owner}/.github`)) ?? { forms: [], skipped: [] };
}

async function formsOf(octokit: Octokit, repository: string): Promise<IssueForms | null> {
  const entries = await listDirectory(octokit, repository, FOLDER);
  if (!entries?.length) return null;
  const candidates = entries.filter(
    ({ type, name }) => type === "file" && /\.(ya?ml|md)$/i.test(name) && !/^config\.ya?ml$/i.test(name),
  );
  const result: IssueForms = { forms: [], skipped: [] };
  for (const { path } of candidates.slice(0, MAX_FORMS)) {
    const file = await readFile(octokit, repository, path);
    if (!file) continue;
    const form = "text" in file ? parseIssueForm(path, file.text) : { reason: file.refused };
    if ("reason" in form) result.skipped.push({ path, reason: form.reason });
    else result.forms.push(form);
  }
  return result;
}

/** A list, or names with commas between them. */
const names = z
  .union([z.array(z.string()), z.string().transform((list) => list.split(","))])
  .nullish()
  .transform((list) => (list ?? []).map((name) => name.trim()).filter((name) => name !== ""));

const header = z.object({ name: z.string().nullish(), labels: names });

const element = z.object({
  type: z.string(),
  attributes: z
    .object({
      label: z.string().nullish(),
      options: z.array(z.unknown()).nullish(),
    })
    .nullish(),
  validations: z.object({ required: z.boolean().nullish() }).nullish(),
});

const yamlForm = header.extend({ body: z.array(element) });

const ANSWERED = ["input", "textarea", "dropdown", "checkboxes", "upload"];

/** Reads a form (`.yml`) or a template (`.md`), or says why it cannot be used. */
export function parseIssueForm(path: string, text: string): IssueForm | { reason: string } {
  try {
    return /\.md$/i.test(path) ? parseTemplate(path, text) : parseForm(path, text);
  } catch (error) {
    if (error instanceof z.ZodError) {
      const [first] = error.issues;
      return { reason: `${first?.path.join(".") || "file"}: ${first?.message}` };
    }
    return { reason: error instanceof Error ? (error.message.split("\n")[0] ?? "") : String(error) };
  }
}

function parseForm(path: string, text: string): IssueForm {
  const { name, labels, body } = yamlForm.parse(parseYaml(text));
  const fields = body.flatMap(({ type, attributes, validations }) => {
    const label = attributes?.label?.trim();
    if (!label || !ANSWERED.includes(type)) return [];
    return [{ label, required: validations?.required === true || hasRequiredOption(attributes?.options) }];
  });
  return { path, name: name ?? nameOf(path), labels, fields };
}

/** A checkbox may be required on its own. */
function hasRequiredOption(options: unknown[] | null | undefined): boolean {
  return (options ?? []).some(
    (option) =>
      typeof option === "object" && option !== null && "required" in option && option.required === true,
  );
}

/** A template asks by headings, and cannot require anything. */
function parseTemplate(path: string, text: string): IssueForm {
  const [, front = "", body = text] = /^---\r?\n([\s\S]*?)\r?\n---\r?\n?([\s\S]*)$/.exec(text) ?? [];
  const { name, labels } = header.parse(parseYaml(front) ?? {});
  const lines = body.replace(/<!--[\s\S]*?(?:-->|$)/g, "").split(/\r?\n/);
  const fields = lines.flatMap((line) => {
    const label = headingOf(line.trimEnd());
    return label ? [{ label, required: false }] : [];
  });
  return { path, name: name ?? nameOf(path), labels, fields };
}

/** The text of `## Heading ##` or `**Heading**:`, the two ways in which templates ask; empty for other lines. */
function headingOf(line: string): string {
  const hashed = /^#{1,6}\s+(\S.*)$/.exec(line)?.[1];
  const bold = /^\*\*.+\*\*:?$/.test(line) ? line : undefined;
  let text = (hashed ?? bold ?? "").replaceAll("*", "");
  while (hashed !== undefined && text.endsWith("#")) text = text.slice(0, -1);
  return text.trimEnd().replace(/:$/, "").trim();
}

/** The data of a YAML text. Throws a sentence that says what is wrong with it, and where. */
function parseYaml(text: string): unknown {
  const { value, problems } = readYaml(text);
  const [first] = problems;
  if (first) throw new Error(`line ${first.line}: ${first.message}`);
  return value;
}

function nameOf(path: string): string {
  return (path.split("/").at(-1) ?? path).replace(/\.\w+$/, "");
}
