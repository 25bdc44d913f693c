import { actorOf } from "../caller.ts";
import { react, unreact } from "../operations/reactions.ts";
import { invalid, notFound } from "../state/refusal.ts";
import { type Comment, type Issue, REACTIONS } from "../state/thread.ts";
import { commentUrl, issueUrl, reactionView } from "../views/thread.ts";
import { type Call, issueOfCall, nothing, page, type Route, repositoryOfCall } from "./route.ts";
import { commentOfCall } from "./routes-comments.ts";
import { OPEN, READ } from "./routes-issues.ts";

/** What is reacted to, and its address. */
type Subject = (call: Call, needed: typeof READ) => { subject: Issue | Comment; url: string };

const onIssue: Subject = (call, needed) => {
  const repository = repositoryOfCall(call, READ);
  const subject = issueOfCall(call, repository);
  repositoryOfCall(call, needed);
  return { subject, url: issueUrl(call.world, repository, subject.number) };
};

const onComment: Subject = (call, needed) => {
  const repository = repositoryOfCall(call, needed);
  const subject = commentOfCall(call, repository);
  return { subject, url: commentUrl(call.world, repository, subject) };
};

function routesOf(base: string, of: "issue" | "issue-comment", find: Subject): Route[] {
  return [
    {
      method: "GET",
      path: `${base}/reactions`,
      operation: `reactions/list-for-${of}`,
      handle: (call) => {
        const { subject, url } = find(call, READ);
        const content = call.query.get("content");
        const found = subject.reactions.filter((reaction) => !content || reaction.content === content);
        return page(call, `${url}/reactions`, found, (reaction) => reactionView(call.world, reaction));
      },
    },
    {
      method: "POST",
      path: `${base}/reactions`,
      operation: `reactions/create-for-${of}`,
      handle: (call) => {
        const { subject } = find(call, OPEN);
        const content = REACTIONS.find((name) => name === call.input.content);
        if (!content) throw invalid({ resource: "Reaction", field: "content", code: "invalid" });
        const { reaction, created } = react(call.world, actorOf(call.world, call.caller), subject, content);
        return { status: created ? 201 : 200, body: reactionView(call.world, reaction) };
      },
    },
    {
      method: "DELETE",
      path: `${base}/reactions/{reaction_id}`,
      operation: `reactions/delete-for-${of}`,
      handle: (call) => {
        const { subject } = find(call, OPEN);
        const reaction = subject.reactions.find((one) => one.id === Number(call.params.reaction_id));
        if (!reaction) throw notFound();
        unreact(call.world, actorOf(call.world, call.caller), subject, reaction);
        return nothing();
      },
    },
  ];
}

/** Reactions have no webhooks: these lists are the only way to learn of them. */
export const REACTION_ROUTES: Route[] = [
  ...routesOf("/repos/{owner}/{repo}/issues/{issue_number}", "issue", onIssue),
  ...routesOf("/repos/{owner}/{repo}/issues/comments/{comment_id}", "issue-comment", onComment),
];
