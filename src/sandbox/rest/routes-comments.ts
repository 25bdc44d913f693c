import { actorOf } from "../caller.ts";
import { addComment, deleteComment, editComment } from "../operations/comments.ts";
import { notFound } from "../state/refusal.ts";
import type { Repository } from "../state/state.ts";
import type { Comment } from "../state/thread.ts";
import { repositoryUrl } from "../views/repository.ts";
import { commentView, issueUrl } from "../views/thread.ts";
import {
  type Answer,
  type Call,
  created,
  issueOfCall,
  nothing,
  ok,
  page,
  type Route,
  repositoryOfCall,
  text,
} from "./route.ts";
import { OPEN, READ } from "./routes-issues.ts";

export function commentOfCall(call: Call, repository: Repository): Comment {
  const id = Number(call.params.comment_id);
  for (const issue of repository.issues.values()) {
    const found = issue.deleted ? undefined : issue.comments.find((comment) => comment.id === id);
    if (found) return found;
  }
  throw notFound();
}

function since(call: Call): (comment: Comment) => boolean {
  const at = Date.parse(call.query.get("since") ?? "") || 0;
  return (comment) => comment.updatedAt >= at;
}

/** All comments of the repository's issues, by `sort` (created or updated) and `direction`. */
function listAll(call: Call): Answer {
  const repository = repositoryOfCall(call, READ);
  const key = call.query.get("sort") === "updated" ? "updatedAt" : "createdAt";
  const sign = call.query.get("direction") === "desc" && call.query.has("sort") ? -1 : 1;
  const all = [...repository.issues.values()]
    .filter((issue) => !issue.deleted)
    .flatMap((issue) => issue.comments)
    .filter(since(call))
    .sort((a, b) => sign * (a[key] - b[key] || a.id - b.id));
  const url = `${repositoryUrl(call.world, repository)}/issues/comments`;
  return page(call, url, all, (comment) => commentView(call.world, repository, comment));
}

function listOfIssue(call: Call): Answer {
  const repository = repositoryOfCall(call, READ);
  const issue = issueOfCall(call, repository);
  const url = `${issueUrl(call.world, repository, issue.number)}/comments`;
  const found = issue.comments.filter(since(call));
  return page(call, url, found, (comment) => commentView(call.world, repository, comment));
}

function create(call: Call): Answer {
  const repository = repositoryOfCall(call, READ);
  const issue = issueOfCall(call, repository);
  repositoryOfCall(call, OPEN);
  const actor = actorOf(call.world, call.caller);
  const comment = addComment(call.world, actor, issue, text(call, "body", "IssueComment"));
  return created(commentView(call.world, repository, comment));
}

export const COMMENT_ROUTES: Route[] = [
  {
    method: "GET",
    path: "/repos/{owner}/{repo}/issues/comments",
    operation: "issues/list-comments-for-repo",
    handle: listAll,
  },
  {
    method: "GET",
    path: "/repos/{owner}/{repo}/issues/{issue_number}/comments",
    operation: "issues/list-comments",
    handle: listOfIssue,
  },
  {
    method: "POST",
    path: "/repos/{owner}/{repo}/issues/{issue_number}/comments",
    operation: "issues/create-comment",
    handle: create,
  },
  {
    method: "GET",
    path: "/repos/{owner}/{repo}/issues/comments/{comment_id}",
    operation: "issues/get-comment",
    handle: (call) => {
      const repository = repositoryOfCall(call, READ);
      return ok(commentView(call.world, repository, commentOfCall(call, repository)));
    },
  },
  {
    method: "PATCH",
    path: "/repos/{owner}/{repo}/issues/comments/{comment_id}",
    operation: "issues/update-comment",
    handle: (call) => {
      const repository = repositoryOfCall(call, OPEN);
      const actor = actorOf(call.world, call.caller);
      const comment = commentOfCall(call, repository);
      editComment(call.world, actor, comment, text(call, "body", "IssueComment"));
      return ok(commentView(call.world, repository, comment));
    },
  },
  {
    method: "DELETE",
    path: "/repos/{owner}/{repo}/issues/comments/{comment_id}",
    operation: "issues/delete-comment",
    handle: (call) => {
      const repository = repositoryOfCall(call, OPEN);
      deleteComment(call.world, actorOf(call.world, call.caller), commentOfCall(call, repository));
      return nothing();
    },
  },
];
