import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { schema as sdl } from "@octokit/graphql-schema";
import { Ajv } from "ajv";
import { buildSchema, type GraphQLSchema, graphqlSync } from "graphql";
import nock from "nock";
import { DeskOctokit, type Octokit } from "../../src/github/client.ts";
import type { ThreadRef } from "../../src/ticket/thread.ts";

/**
 * api.github.com as its owner describes it: every request that a test makes is held to the official OpenAPI description,
 * every GraphQL document is executed against the official schema. What those do not know fails the test.
 */

const require = createRequire(import.meta.url);

interface Parameter {
  $ref?: string;
  name: string;
  in: string;
}

interface Operation {
  parameters?: Parameter[];
  requestBody?: { content: Record<string, unknown> };
}

interface Description {
  paths: Record<string, Record<string, Operation>>;
  components: {
    parameters: Record<string, Parameter>;
    examples: Record<string, { value: unknown }>;
  };
}

/** OpenAPI lets a schema be nullable without a type, which its validator does not know. */
function typed(_key: string, value: unknown): unknown {
  if (typeof value !== "object" || value === null || !("nullable" in value) || "type" in value) return value;
  const { nullable: _nullable, ...rest } = value;
  return rest;
}

/** The descriptions are large: what a test does not need is not made. */
function onDemand<T>(make: () => T): () => T {
  let made: { value: T } | null = null;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}

const description = onDemand(
  () =>
    JSON.parse(
      readFileSync(require.resolve("@octokit/openapi/generated/api.github.com.json"), "utf8"),
      typed,
    ) as Description,
);

const ajv = onDemand(() =>
  new Ajv({ strict: false, validateFormats: false, validateSchema: false }).addSchema(
    description(),
    "github",
    undefined,
    false,
  ),
);

export const schemaOfGithub: () => GraphQLSchema = onDemand(() =>
  buildSchema(sdl.idl, { assumeValidSDL: true }),
);

/** An answer from GitHub's own documentation, with other values in some places. */
export function documented(example: string, change: object = {}): Record<string, unknown> {
  const value = description().components.examples[example]?.value;
  if (value === undefined) throw new Error(`GitHub documents no example ${example}`);
  return { ...(structuredClone(value) as object), ...change };
}

export interface Made {
  method: string;
  /** With its query, decoded nowhere. */
  path: string;
  body: unknown;
}

/** What is wrong with a request by GitHub's description, or nothing. */
export function faultOf({ method, path, body }: Made): string | null {
  const [plain = "", query = ""] = path.split("?");
  // GitHub's own redirects lead to /repositories, which the description leaves out.
  if (plain === "/graphql" || plain.startsWith("/repositories/")) return null;
  const found = templateOf(plain);
  const operation = found && description().paths[found]?.[method.toLowerCase()];
  if (!found || !operation) return `${method} ${plain} is not in the description`;
  const known = (operation.parameters ?? []).map((it) =>
    it.$ref ? description().components.parameters[it.$ref.split("/").at(-1) ?? ""] : it,
  );
  const names = known.flatMap((it) => (it?.in === "query" ? [it.name] : []));
  const strange = [...new URLSearchParams(query).keys()].filter((name) => !names.includes(name));
  if (strange.length > 0) return `${method} ${found} takes no ${strange.join(", ")}`;
  return operation.requestBody ? bodyFault(found, method, body) : null;
}

function bodyFault(template: string, method: string, body: unknown): string | null {
  const pointer = [
    "paths",
    template,
    method.toLowerCase(),
    "requestBody",
    "content",
    "application/json",
    "schema",
  ]
    .map((step) => encodeURIComponent(step.replaceAll("~", "~0").replaceAll("/", "~1")))
    .join("/");
  const validate = ajv().compile({ $ref: `github#/${pointer}` });
  return validate(body) ? null : `${method} ${template}: ${ajv().errorsText(validate.errors)}`;
}

/** The most literal template that fits; `{path}` of contents takes several steps. */
function templateOf(path: string): string | undefined {
  const fits = Object.keys(description().paths).filter((template) => {
    const pattern = template
      .replace(/\/contents\/\{path\}$/, "/contents(/.*)?")
      .replace(/\{[^}]+\}/g, "[^/]+");
    return new RegExp(`^${pattern}$`).test(path);
  });
  return fits.sort((a, b) => a.split("{").length - b.split("{").length)[0];
}

/** The issue of GitHub's own examples, and a discussion beside it. */
export const ISSUE: ThreadRef = {
  installationId: 12,
  repositoryId: 1296269,
  repository: "octocat/Hello-World",
  kind: "issue",
  number: 1347,
  nodeId: "MDU6SXNzdWUx",
};
export const DISCUSSION: ThreadRef = { ...ISSUE, kind: "discussion", number: 90, nodeId: "D_1" };

/** The variables of the GraphQL requests so far. */
export function variablesOf({ made }: Official): unknown[] {
  return made.flatMap(({ path, body }) =>
    path === "/graphql" ? [(body as { variables: unknown }).variables] : [],
  );
}

export interface Official {
  octokit: Octokit;
  rest: nock.Scope;
  /** Every request so far, in order. */
  made: Made[];
  /** Has GraphQL requests answered from this root: fields by name, or functions of their arguments. */
  graphql(root: Record<string, unknown>): void;
  /** Has the next GraphQL request answered so. */
  graphqlAnswer(status: number, body: nock.Body, headers?: Record<string, string>): void;
}

interface GraphqlRequest {
  query: string;
  variables: Record<string, unknown>;
}

function executed({ query, variables }: GraphqlRequest, rootValue: Record<string, unknown>): nock.Body {
  const { data, errors } = graphqlSync({
    schema: schemaOfGithub(),
    source: query,
    variableValues: variables,
    rootValue,
  });
  return JSON.parse(JSON.stringify({ data, errors }));
}

/** Starts anew; use in `beforeEach`, and `finish` in `afterEach`. */
export function officialGithub(): Official {
  if (!nock.isActive()) nock.activate();
  nock.cleanAll();
  nock.disableNetConnect();
  const made: Made[] = [];
  const record = (request: { method: string; path: string }, _: unknown, text: string) => {
    const body: unknown = text === "" ? undefined : JSON.parse(text);
    made.push({ method: request.method, path: request.path, body });
  };
  const rest = nock("https://api.github.com").on("request", record);
  return {
    octokit: new DeskOctokit({ auth: { token: "for tests" } }),
    rest,
    made,
    graphql: (root) => {
      nock("https://api.github.com")
        .persist()
        .on("request", record)
        .post("/graphql")
        .reply(200, (_, body) => executed(body as GraphqlRequest, root));
    },
    graphqlAnswer: (status, body, headers = {}) => {
      rest.post("/graphql").reply(status, body, headers);
    },
  };
}

/** What was asked for against the description, and what was expected but never asked for. */
export function finish({ made, rest }: Official): string[] {
  const faults = made.map(faultOf).filter((fault) => fault !== null);
  const pending = rest.pendingMocks();
  nock.cleanAll();
  // What nock replaces in node:http outlives this file: the next one in the same worker has a network again.
  nock.enableNetConnect();
  nock.restore();
  return [...faults, ...pending.map((mock) => `never asked for: ${mock}`)];
}
