import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { Ajv, type ValidateFunction } from "ajv";

type Json = Record<string, unknown>;

interface Operation {
  operationId: string;
  responses: Record<string, { content?: Record<string, { schema: Json }> }>;
}

interface Description {
  paths: Record<string, Record<string, Operation>>;
  components: { schemas: Record<string, Json> };
  "x-webhooks": Record<string, { post: { requestBody: { content: Record<string, { schema: Json }> } } }>;
}

/** GitHub's own OpenAPI description, webhooks included. */
export const official = JSON.parse(
  readFileSync(
    createRequire(import.meta.url).resolve("@octokit/openapi/generated/api.github.com.json"),
    "utf8",
  ),
) as Description;

/** One place demands both at once, which nothing can be; everywhere else it is either. */
function isUserOrEnterprise({ allOf }: Json): boolean {
  if (!Array.isArray(allOf)) return false;
  return allOf.map((part: Json) => part.title).join() === "Simple User,Enterprise";
}

/** OpenAPI 3.0 says `nullable` where JSON Schema says `null`. `closed`: only the listed keys may be there. */
function toJsonSchema(node: unknown, closed: boolean): unknown {
  if (Array.isArray(node)) return node.map((item) => toJsonSchema(item, closed));
  if (node === null || typeof node !== "object") return node;
  const { nullable, discriminator, example, examples, ...rest } = Object.fromEntries(
    Object.entries(node).map(([key, value]) => [
      key,
      key === "properties" ? eachProperty(value as Json, closed) : toJsonSchema(value, closed),
    ]),
  );
  if (typeof rest.$ref === "string") rest.$ref = rest.$ref.replace("#/", "github#/");
  if (closed && rest.properties && !("additionalProperties" in rest)) rest.additionalProperties = false;
  if (isUserOrEnterprise(rest)) Object.assign(rest, { anyOf: rest.allOf, allOf: [] });
  return nullable === true ? { anyOf: [rest, { type: "null" }] } : rest;
}

function eachProperty(properties: Json, closed: boolean): Json {
  const entries = Object.entries(properties);
  return Object.fromEntries(entries.map(([name, schema]) => [name, toJsonSchema(schema, closed)]));
}

/** Formats that say nothing which a test of ours could get wrong. */
const UNCHECKED = ["repo.nwo", "ssh-key", "date", "uri-template", "ipv4", "timestamp", "int64"];

function validator(closed: boolean): (key: string, schema: Json, value: unknown) => string[] {
  const ajv = new Ajv({
    strict: false,
    allErrors: true,
    validateSchema: false,
    inlineRefs: false,
    logger: false,
  });
  ajv.addFormat("date-time", /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/);
  ajv.addFormat("uri", /^(https?|git):\/\/[^\s]+$/);
  ajv.addFormat("email", /^[^@\s]+@[^@\s]+$/);
  for (const format of UNCHECKED) ajv.addFormat(format, true);
  ajv.addSchema({ components: toJsonSchema(official.components, closed) as Json }, "github");
  const compiled = new Map<string, ValidateFunction>();
  return (key, schema, value) => {
    const check = compiled.get(key) ?? ajv.compile(toJsonSchema(schema, closed) as Json);
    compiled.set(key, check);
    if (check(value)) return [];
    return (check.errors ?? []).map(
      (error) => `${error.instancePath} ${error.message} ${JSON.stringify(error.params)}`,
    );
  };
}

const validateClosed = validator(true);
const validateOpen = validator(false);

/** Descriptions that compose objects, or are an older copy, so that closing them would refuse GitHub itself. */
const OPEN = new Set([
  "apps/list-installations",
  "apps/list-repos-accessible-to-installation",
  "issues/update",
]);

export function operationAt(method: string, path: string): Operation | undefined {
  return official.paths[path]?.[method.toLowerCase()];
}

/** What is wrong with an answer of that operation; empty when it is as GitHub describes it. */
export function wrongAnswer(method: string, path: string, status: number, body: unknown): string[] {
  const operation = operationAt(method, path);
  const response = operation?.responses[String(status)];
  if (!operation || !response) return [`${method} ${path} does not answer ${status}`];
  const schema = response.content?.["application/json"]?.schema;
  if (!schema) return [];
  const validate = OPEN.has(operation.operationId) ? validateOpen : validateClosed;
  return validate(`${method} ${path} ${status}`, schema, body);
}

/**
 * These describe an issue or a repository as it was before today's fields (`state_reason`, `has_discussions`),
 * or forget `installation`, without which no app could act.
 */
const OPEN_WEBHOOKS = /^(issues-(closed|reopened)|issue-comment-|team-|discussion-unanswered)/;

/** What is wrong with the payload of a webhook, such as `issues` and `opened`. */
export function wrongPayload(event: string, action: string | null, payload: unknown): string[] {
  const name = [event, action].filter(Boolean).join("-").replaceAll("_", "-");
  const schema = official["x-webhooks"][name]?.post.requestBody.content["application/json"]?.schema;
  const validate = OPEN_WEBHOOKS.test(name) ? validateOpen : validateClosed;
  return schema ? validate(name, schema, payload) : [`there is no webhook ${name}`];
}
