import { type DocumentNode, executeSync, GraphQLError, type GraphQLSchema, parse, validate } from "graphql";
import { Refusal } from "../state/refusal.ts";
import type { Answer } from "../rest/route.ts";
import type { Context } from "./context.ts";
import { mutationRoot } from "./mutations.ts";
import { queryRoot } from "./queries.ts";

/** Mutations that make content which notifies people: each counts for the secondary limit. */
const CONTENT = new Set(["createIssue", "createDiscussion", "addComment", "addDiscussionComment"]);

export interface DocumentCost {
  isWrite: boolean;
  content: number;
}

function parsed(query: string): DocumentNode | GraphQLError {
  try {
    return parse(query);
  } catch (error) {
    return error instanceof GraphQLError ? error : new GraphQLError(String(error));
  }
}

/** What a document does, before it is executed; a broken one does nothing. */
export function costOfDocument(query: string): DocumentCost {
  const document = parsed(query);
  if (document instanceof GraphQLError) return { isWrite: false, content: 0 };
  const operations = document.definitions.filter((d) => d.kind === "OperationDefinition");
  const mutations = operations.filter((d) => d.operation === "mutation");
  const fields = mutations.flatMap((d) => d.selectionSet.selections.filter((s) => s.kind === "Field"));
  const content = fields.filter((field) => CONTENT.has(field.name.value)).length;
  return { isWrite: mutations.length > 0, content };
}

/** Executes a document against the official schema. GraphQL answers 200 also when it fails. */
export function answerGraphql(
  schema: GraphQLSchema,
  context: Context,
  query: string,
  variables: unknown,
): Answer {
  if (context.caller.as === "nobody" || context.caller.as === "app") {
    throw new Refusal(401, "This endpoint requires you to be authenticated.");
  }
  const document = parsed(query);
  if (document instanceof GraphQLError) return refused([document]);
  const errors = validate(schema, document);
  if (errors.length > 0) return refused(errors);
  const result = executeSync({
    schema,
    document,
    rootValue: { ...queryRoot(context), ...mutationRoot(context) },
    contextValue: context,
    variableValues: (variables ?? {}) as Record<string, unknown>,
  });
  const shaped = result.errors ? { errors: result.errors.map(shape) } : {};
  return { status: 200, body: { data: result.data ?? null, ...shaped } };
}

function refused(errors: readonly GraphQLError[]): Answer {
  return { status: 200, body: { errors: errors.map(shape) } };
}

const TYPE: Record<number, string> = {
  401: "FORBIDDEN",
  403: "FORBIDDEN",
  404: "NOT_FOUND",
  410: "NOT_FOUND",
};

/** GitHub's shape: `type` beside `message`, not in `extensions`. */
function shape(error: GraphQLError): Record<string, unknown> {
  const original = error.originalError;
  const refusal = original instanceof Refusal ? original : null;
  const type = refusal ? (TYPE[refusal.status] ?? "UNPROCESSABLE") : error.extensions.type;
  const message = refusal ? (refusal.errors?.[0]?.message ?? refusal.message) : error.message;
  return {
    ...(type === undefined ? {} : { type }),
    ...(error.path ? { path: error.path } : {}),
    locations: error.locations ?? [],
    message,
  };
}
