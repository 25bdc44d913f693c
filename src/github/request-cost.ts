/** What a request takes from an installation's budget. */
export interface Cost {
  api: "rest" | "graphql";
  points: number;
  /** Does it create a comment, an issue or a discussion? */
  content: boolean;
}

/** REST paths that create content, by GitHub's use of the word: comments, issues. Labels are not content. */
const CREATES = /\/(?:issues|comments)$/;
const MUTATION = /^\s*mutation\b/;
const CREATES_BY_MUTATION = /\b(?:addComment|addDiscussionComment|createIssue|createDiscussion)\s*\(/;

/** What a request costs, from its method and address, or its GraphQL document: a read 1 point, a write 5. */
export function costOf(method: string, url: string, query?: string): Cost {
  if (query !== undefined) {
    const mutation = MUTATION.test(query);
    return { api: "graphql", points: mutation ? 5 : 1, content: mutation && CREATES_BY_MUTATION.test(query) };
  }
  const read = method === "GET" || method === "HEAD";
  return {
    api: "rest",
    points: read ? 1 : 5,
    content: method === "POST" && CREATES.test(url.split("?", 1)[0] ?? ""),
  };
}
