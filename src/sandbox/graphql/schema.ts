import { buildSchema, type GraphQLSchema } from "graphql";

let loading: Promise<GraphQLSchema> | null = null;

/**
 * GitHub's official schema. It takes about 0.8 s to build, so only the first GraphQL request pays, once
 * a process. Its SDL breaks rules of the specification: hence `assumeValidSDL`.
 */
export function officialSchema(): Promise<GraphQLSchema> {
  loading ??= import("@octokit/graphql-schema").then(({ schema }) =>
    buildSchema(schema.idl, { assumeValidSDL: true, noLocation: true }),
  );
  return loading;
}
