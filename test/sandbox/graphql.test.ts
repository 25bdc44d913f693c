import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import { GraphqlResponseError, graphql } from "@octokit/graphql";
import type { Octokit } from "@octokit/rest";
import {
  createSandbox,
  type InstalledApp,
  type Opened,
  type Person,
  type Sandbox,
} from "../../src/sandbox/sandbox.ts";
import { ALL_PERMISSIONS, installationClient } from "./clients.ts";

let sandbox: Sandbox;
let app: InstalledApp;
let client: Octokit;
let ann: Person;
let rita: Person;
let issue: Opened;
let question: Opened;

beforeEach(async () => {
  sandbox = await createSandbox();
  sandbox.createOrganization("acme", { admins: ["ann"] });
  sandbox.createUser("rita");
  sandbox.createRepository("acme/widgets");
  sandbox.createRepository("acme/gadgets");
  sandbox.createRepository("other/place");
  app = sandbox.installApp({ account: "acme", permissions: ALL_PERMISSIONS, events: [] });
  client = installationClient(sandbox, app);
  ann = sandbox.as("ann");
  rita = sandbox.as("rita");
  issue = rita.openIssue("acme/widgets", { title: "It crashes", body: "At start" });
  question = rita.openDiscussion("acme/widgets", { title: "How?", body: "Tell me" });
});

afterEach(() => sandbox.close());

/** The errors of a document, as `TYPE message`. */
async function errorsOf(query: string, variables: Record<string, unknown> = {}): Promise<string[]> {
  try {
    await client.graphql(query, variables);
  } catch (error) {
    if (!(error instanceof GraphqlResponseError)) throw error;
    return (error.errors ?? []).map((one) => `${one.type ?? "-"} ${one.message}`);
  }
  return [];
}

async function labelId(name: string): Promise<string> {
  const { repository } = await client.graphql<{ repository: { label: { id: string } } }>(
    `query ($name: String!) { repository(owner: "acme", name: "widgets") { label(name: $name) { id } } }`,
    { name },
  );
  return repository.label.id;
}

describe("queries", () => {
  it("read a discussion with its comments, replies, labels and answer", async () => {
    const said = ann.comment(question, "So");
    rita.comment(question, "Thanks", said);
    rita.answer(question, said);
    ann.label(question, "question");
    const { repository } = await client.graphql<{ repository: { discussion: unknown } }>(
      `{ repository(owner: "acme", name: "widgets") { discussion(number: 2) {
          __typename number title isAnswered locked closed stateReason
          category { name isAnswerable } author { login __typename }
          labels(first: 5) { nodes { name } }
          answer { body author { login } }
          comments(first: 10) { totalCount nodes { body isAnswer replies(first: 5) { nodes { body replyTo { body } } } } }
      } } }`,
    );
    expect(repository.discussion).toEqual({
      __typename: "Discussion",
      number: 2,
      title: "How?",
      isAnswered: true,
      locked: false,
      closed: false,
      stateReason: null,
      category: { name: "Q&A", isAnswerable: true },
      author: { login: "rita", __typename: "User" },
      labels: { nodes: [{ name: "question" }] },
      answer: { body: "So", author: { login: "ann" } },
      comments: {
        totalCount: 1,
        nodes: [
          { body: "So", isAnswer: true, replies: { nodes: [{ body: "Thanks", replyTo: { body: "So" } }] } },
        ],
      },
    });
  });

  it("tell who set and took labels, and that an app is a Bot without its suffix", async () => {
    ann.label(issue, "bug");
    ann.unlabel(issue, "bug");
    await client.rest.issues.addLabels({
      owner: "acme",
      repo: "widgets",
      issue_number: 1,
      labels: ["question"],
    });
    const { repository } = await client.graphql<{
      repository: { issue: { timelineItems: { nodes: unknown } } };
    }>(
      `{ repository(owner: "acme", name: "widgets") { issue(number: 1) {
          timelineItems(first: 10, itemTypes: [LABELED_EVENT, UNLABELED_EVENT]) { nodes {
            __typename
            ... on LabeledEvent { label { name } actor { login __typename } }
            ... on UnlabeledEvent { label { name } actor { login __typename } }
          } } } } }`,
    );
    expect(repository.issue.timelineItems.nodes).toEqual([
      { __typename: "LabeledEvent", label: { name: "bug" }, actor: { login: "ann", __typename: "User" } },
      { __typename: "UnlabeledEvent", label: { name: "bug" }, actor: { login: "ann", __typename: "User" } },
      {
        __typename: "LabeledEvent",
        label: { name: "question" },
        actor: { login: "desk", __typename: "Bot" },
      },
    ]);
  });

  it("count reactions of many things at once, and say who reacted", async () => {
    const said = ann.comment(question, "So");
    rita.react(said, "-1");
    ann.react(issue, "heart");
    const ids = [said.nodeId, issue.nodeId];
    const { nodes } = await client.graphql<{
      nodes: { reactions: unknown; reactionGroups: { content: string }[] }[];
    }>(
      `query ($ids: [ID!]!) { nodes(ids: $ids) { ... on Reactable {
          reactionGroups { content reactors { totalCount } }
          reactions(first: 100) { nodes { content user { login } } }
      } } rateLimit { cost } }`,
      { ids },
    );
    expect(nodes.map((node) => node.reactions)).toEqual([
      { nodes: [{ content: "THUMBS_DOWN", user: { login: "rita" } }] },
      { nodes: [{ content: "HEART", user: { login: "ann" } }] },
    ]);
    expect(nodes[0]?.reactionGroups).toContainEqual({ content: "THUMBS_DOWN", reactors: { totalCount: 1 } });
    expect(nodes[0]?.reactionGroups).toHaveLength(8);
  });

  it.each([
    ["orderBy: { field: CREATED_AT, direction: DESC }", ["HEART", "EYES"]],
    ["orderBy: { field: CREATED_AT, direction: ASC }", ["EYES", "HEART"]],
    ["content: HEART", ["HEART"]],
  ])("list reactions by %s", async (by, expected) => {
    ann.react(issue, "eyes");
    rita.react(issue, "heart");
    const { node } = await client.graphql<{ node: { reactions: { nodes: { content: string }[] } } }>(
      `query ($id: ID!) { node(id: $id) { ... on Reactable { reactions(first: 9, ${by}) { nodes { content } } } } }`,
      { id: issue.nodeId },
    );
    expect(node.reactions.nodes.map(({ content }) => content)).toEqual(expected);
  });

  it("page through a connection by its cursor", async () => {
    for (let i = 0; i < 5; i++) rita.openDiscussion("acme/widgets", { title: `Q${i}`, body: "?" });
    const titles: string[] = [];
    let after: string | null = null;
    do {
      const { repository }: { repository: { discussions: Connection } } = await client.graphql(
        `query ($after: String) { repository(owner: "acme", name: "widgets") {
          discussions(first: 4, after: $after, orderBy: { field: CREATED_AT, direction: ASC }) {
            nodes { title } pageInfo { hasNextPage endCursor } } } }`,
        { after },
      );
      titles.push(...repository.discussions.nodes.map((node) => node.title));
      after = repository.discussions.pageInfo.hasNextPage ? repository.discussions.pageInfo.endCursor : null;
    } while (after);
    expect(titles).toEqual(["How?", "Q0", "Q1", "Q2", "Q3", "Q4"]);
  });

  interface Connection {
    nodes: { title: string }[];
    pageInfo: { hasNextPage: boolean; endCursor: string };
  }

  it("find by words, repository and label", async () => {
    ann.label(issue, "bug");
    rita.openIssue("acme/widgets", { title: "It crashes too" });
    const { search } = await client.graphql<{ search: unknown }>(
      `{ search(first: 10, type: ISSUE, query: "repo:acme/widgets is:open label:bug crashes") {
          issueCount nodes { ... on Issue { number } } } }`,
    );
    expect(search).toEqual({ issueCount: 1, nodes: [{ number: 1 }] });
  });

  it.each([
    [
      "a repository elsewhere",
      `{ repository(owner: "other", name: "place") { id } }`,
      "NOT_FOUND Could not resolve",
    ],
    [
      "a list without a length",
      `{ repository(owner: "acme", name: "widgets") { issues { nodes { id } } } }`,
      "MISSING_PAGINATION_BOUNDARIES",
    ],
    [
      "a list that is too long",
      `{ repository(owner: "acme", name: "widgets") { issues(first: 101) { nodes { id } } } }`,
      "EXCESSIVE_PAGINATION",
    ],
    [
      "an unknown field",
      `{ repository(owner: "acme", name: "widgets") { nonsense } }`,
      "- Cannot query field",
    ],
    ["a document that is none", "{ repository(", "- Syntax Error"],
    ["an unknown node", `{ node(id: "X_nothing") { id } }`, "NOT_FOUND Could not resolve to a node"],
    [
      "an issue that is not there",
      `{ repository(owner: "acme", name: "widgets") { issue(number: 99) { id } } }`,
      "NOT_FOUND Could not resolve to an Issue with the number of 99.",
    ],
  ])("refuse %s", async (_, query, message) => {
    expect((await errorsOf(query))[0]).toContain(message);
  });

  it("take a hundred ids and refuse one more", async () => {
    const query = "query ($ids: [ID!]!) { nodes(ids: $ids) { id } }";
    expect(await errorsOf(query, { ids: Array.from({ length: 100 }, () => issue.nodeId) })).toEqual([]);
    expect(await errorsOf(query, { ids: Array.from({ length: 101 }, () => issue.nodeId) })).toEqual([
      "ARGUMENT_LIMIT You may not provide more than 100 node ids; you provided 101.",
    ]);
  });

  it("give what they can beside what they cannot", async () => {
    const ids = [issue.nodeId, "I_gone"];
    const asking = client.graphql("query ($ids: [ID!]!) { nodes(ids: $ids) { id } }", { ids });
    const error = await asking.catch((caught: unknown) => caught);
    expect(error).toBeInstanceOf(GraphqlResponseError);
    expect((error as GraphqlResponseError<unknown>).data).toEqual({ nodes: [{ id: issue.nodeId }, null] });
  });
});

describe("mutations", () => {
  it("label and comment a discussion in one document", async () => {
    await client.graphql(
      `mutation ($id: ID!, $labels: [ID!]!, $body: String!) {
        label: addLabelsToLabelable(input: { labelableId: $id, labelIds: $labels }) { clientMutationId }
        comment: addDiscussionComment(input: { discussionId: $id, body: $body, clientMutationId: "x" }) {
          clientMutationId comment { id databaseId url } }
      }`,
      { id: question.nodeId, labels: [await labelId("question"), await labelId("bug")], body: "Hello" },
    );
    expect(sandbox.labels(question)).toEqual(["question", "bug"]);
    expect(sandbox.comments(question).map(({ author, body }) => [author, body])).toEqual([
      ["desk[bot]", "Hello"],
    ]);
    const document = sandbox.requests.at(-1);
    expect([document?.path, document?.isWrite, document?.actor]).toEqual(["/api/graphql", true, "desk[bot]"]);
  });

  /** Each mutation, with what it leaves behind. */
  const DEEDS: [what: string, mutation: () => string, after: () => unknown, expected: unknown][] = [
    [
      "createLabel",
      () =>
        `createLabel(input: { repositoryId: "${repositoryId()}", name: "new", color: "00ff00" }) { label { name } }`,
      () => names().includes("new"),
      true,
    ],
    [
      "createDiscussion",
      () =>
        `createDiscussion(input: { repositoryId: "${repositoryId()}", categoryId: "${categoryId("Ideas")}", title: "T", body: "B" }) { discussion { number } }`,
      () => sandbox.threads("acme/widgets").map((t) => t.title),
      ["It crashes", "How?", "T"],
    ],
    [
      "updateDiscussion",
      () =>
        `updateDiscussion(input: { discussionId: "${question.nodeId}", title: "Why?" }) { discussion { title } }`,
      () => sandbox.thread(question).title,
      "Why?",
    ],
    [
      "closeDiscussion",
      () =>
        `closeDiscussion(input: { discussionId: "${question.nodeId}", reason: OUTDATED }) { discussion { closed } }`,
      () => sandbox.thread(question).stateReason,
      "outdated",
    ],
    [
      "lockLockable",
      () =>
        `lockLockable(input: { lockableId: "${question.nodeId}", lockReason: SPAM }) { lockedRecord { locked } }`,
      () => sandbox.thread(question).lockReason,
      "spam",
    ],
    [
      "closeIssue",
      () => `closeIssue(input: { issueId: "${issue.nodeId}", stateReason: NOT_PLANNED }) { issue { state } }`,
      () => sandbox.thread(issue).stateReason,
      "not_planned",
    ],
    [
      "pinIssue",
      () => `pinIssue(input: { issueId: "${issue.nodeId}" }) { issue { isPinned } }`,
      () => sandbox.thread(issue),
      expect.objectContaining({ pinned: true }),
    ],
    [
      "createIssue",
      () => `createIssue(input: { repositoryId: "${repositoryId()}", title: "T" }) { issue { number } }`,
      () => sandbox.threads("acme/widgets").at(-1)?.title,
      "T",
    ],
    [
      "updateIssue",
      () => `updateIssue(input: { id: "${issue.nodeId}", title: "T" }) { issue { title } }`,
      () => sandbox.thread(issue).title,
      "T",
    ],
    [
      "addComment",
      () =>
        `addComment(input: { subjectId: "${issue.nodeId}", body: "Hi" }) { commentEdge { node { body } } }`,
      () => sandbox.comments(issue).map((c) => c.body),
      ["Hi"],
    ],
    [
      "addReaction",
      () => `addReaction(input: { subjectId: "${question.nodeId}", content: EYES }) { reaction { content } }`,
      () => sandbox.thread(question).reactions.map((r) => r.content),
      ["eyes"],
    ],
    [
      "transferIssue",
      () =>
        `transferIssue(input: { issueId: "${issue.nodeId}", repositoryId: "${repositoryId("gadgets")}" }) { issue { number } }`,
      () => sandbox.threads("acme/gadgets").map((t) => t.title),
      ["It crashes"],
    ],
    [
      "deleteDiscussion",
      () => `deleteDiscussion(input: { id: "${question.nodeId}" }) { discussion { id } }`,
      () => sandbox.threads("acme/widgets").map((t) => t.title),
      ["It crashes"],
    ],
  ];

  it.each(DEEDS)("%s does what it says", async (_, mutation, after, expected) => {
    await client.graphql(`mutation { ${mutation()} }`);
    expect(after()).toEqual(expected);
  });

  it("mark, unmark, edit, minimize and delete a comment of a discussion", async () => {
    const said = rita.comment(question, "Perhaps so");
    const id = said.nodeId;
    await client.graphql(
      `mutation { markDiscussionCommentAsAnswer(input: { id: "${id}" }) { discussion { isAnswered } } }`,
    );
    expect(sandbox.thread(question)).toMatchObject({ answer: { commentId: said.id } });
    await client.graphql(
      `mutation { unmarkDiscussionCommentAsAnswer(input: { id: "${id}" }) { discussion { isAnswered } } }`,
    );
    expect(sandbox.thread(question)).toMatchObject({ answer: null });
    await client.graphql(
      `mutation { updateDiscussionComment(input: { commentId: "${id}", body: "So" }) { comment { body } } }`,
    );
    await client.graphql(
      `mutation { minimizeComment(input: { subjectId: "${id}", classifier: OUTDATED }) { minimizedComment { isMinimized } } }`,
    );
    expect(sandbox.comments(question)[0]).toMatchObject({ body: "So", minimized: "outdated" });
    await client.graphql(`mutation { deleteDiscussionComment(input: { id: "${id}" }) { comment { id } } }`);
    expect(sandbox.comments(question)).toEqual([]);
  });

  it.each([
    [
      "a body that is too long",
      () =>
        `addDiscussionComment(input: { discussionId: "${question.nodeId}", body: "${"x".repeat(65_537)}" }) { comment { id } }`,
      "UNPROCESSABLE body is too long (maximum is 65536 characters)",
    ],
    [
      "a discussion of a repository that the app does not serve",
      () => `closeDiscussion(input: { discussionId: "${strange().nodeId}" }) { discussion { id } }`,
      "NOT_FOUND Could not resolve",
    ],
    [
      "a label of another repository",
      () =>
        `addLabelsToLabelable(input: { labelableId: "${issue.nodeId}", labelIds: ["${foreignLabel()}"] }) { clientMutationId }`,
      "NOT_FOUND Could not resolve to a Label",
    ],
    [
      "an answer where there are none",
      () => `markDiscussionCommentAsAnswer(input: { id: "${chat()}" }) { discussion { id } }`,
      "FORBIDDEN Discussion category does not support answers",
    ],
  ])("refuse %s", async (_, mutation, message) => {
    expect((await errorsOf(`mutation { ${mutation()} }`))[0]).toContain(message);
  });

  it("go on with the next one when one of them fails", async () => {
    const errors = await errorsOf(`mutation {
      bad: addDiscussionComment(input: { discussionId: "D_none", body: "x" }) { comment { id } }
      good: addDiscussionComment(input: { discussionId: "${question.nodeId}", body: "y" }) { comment { id } }
    }`);
    expect(errors).toHaveLength(1);
    expect(sandbox.comments(question).map((comment) => comment.body)).toEqual(["y"]);
  });

  it("are forbidden without the permission, with GitHub's words", async () => {
    ann.setPermissions(app.installationId, { issues: "write", discussions: "read" });
    client = installationClient(sandbox, app);
    const mutation = `mutation { addDiscussionComment(input: { discussionId: "${question.nodeId}", body: "x" }) { comment { id } } }`;
    expect(await errorsOf(mutation)).toEqual(["FORBIDDEN Resource not accessible by integration"]);
  });
});

describe("sponsors", () => {
  const query = `{ organization(login: "acme") { sponsorshipsAsMaintainer(first: 10, includePrivate: true) {
    nodes { privacyLevel tier { monthlyPriceInDollars } sponsorEntity { ... on User { login } } } } } }`;

  it("are found by the account's login, whatever it is; nobody has an unknown one", async () => {
    rita.sponsorOnce("acme", 7);
    const text = `query ($login: String!) { repositoryOwner(login: $login) { login
      ... on User { isViewer } ... on Organization { viewerCanAdminister }
      ... on Sponsorable { sponsorshipsAsMaintainer(first: 1) { nodes { isOneTimePayment } } } } }`;
    const ask = (login: string) =>
      graphql(text, {
        login,
        baseUrl: `${sandbox.url}/api`,
        headers: { authorization: `token ${sandbox.tokenOf("ann")}` },
      });
    const nodes = [{ isOneTimePayment: true }];
    expect(await ask("ACME")).toEqual({
      repositoryOwner: { login: "acme", viewerCanAdminister: true, sponsorshipsAsMaintainer: { nodes } },
    });
    expect(await ask("rita")).toMatchObject({ repositoryOwner: { isViewer: false } });
    expect(await ask("nobody-here")).toEqual({ repositoryOwner: null });
  });

  it("are all shown to an owner with amounts, only the public ones to others, and not to apps", async () => {
    rita.sponsor("acme", 100);
    sandbox.createUser("sam").sponsor("acme", 5, true);
    const ask = (login: string) =>
      graphql(query, {
        baseUrl: `${sandbox.url}/api`,
        headers: { authorization: `token ${sandbox.tokenOf(login)}` },
      });
    const shown = (list: unknown[]) => ({ organization: { sponsorshipsAsMaintainer: { nodes: list } } });
    const publicOne = { privacyLevel: "PUBLIC", sponsorEntity: { login: "rita" } };
    expect(await ask("ann")).toEqual(
      shown([
        { ...publicOne, tier: { monthlyPriceInDollars: 100 } },
        { privacyLevel: "PRIVATE", tier: { monthlyPriceInDollars: 5 }, sponsorEntity: { login: "sam" } },
      ]),
    );
    expect(await ask("rita")).toEqual(shown([{ ...publicOne, tier: null }]));
    expect(await errorsOf(query)).toEqual(["FORBIDDEN Resource not accessible by integration"]);
  });
});

function repositoryId(name = "widgets"): string {
  const found = [...sandbox.state.repositories.values()].find((repository) => repository.name === name);
  return found?.nodeId ?? "";
}

function categoryId(name: string): string {
  const [repository] = sandbox.state.repositories.values();
  return repository?.categories.find((category) => category.name === name)?.nodeId ?? "";
}

function names(): string[] {
  const [repository] = sandbox.state.repositories.values();
  return (repository?.labels ?? []).map((label) => label.name);
}

function strange(): Opened {
  return rita.openDiscussion("other/place", { title: "T", body: "B" });
}

function foreignLabel(): string {
  const found = [...sandbox.state.repositories.values()].find((repository) => repository.name === "gadgets");
  return found?.labels[0]?.nodeId ?? "";
}

function chat(): string {
  const general = rita.openDiscussion("acme/widgets", { title: "T", body: "B", category: "General" });
  return rita.comment(general, "So").nodeId;
}
