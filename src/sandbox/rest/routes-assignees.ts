import { actorOf } from "../caller.ts";
import { assign, assignable, unassign } from "../operations/issues.ts";
import { accountByLogin } from "../state/access.ts";
import { notFound } from "../state/refusal.ts";
import { accountView } from "../views/account.ts";
import { eventOfRepositoryView, eventView, timelineOf } from "../views/event.ts";
import { repositoryUrl } from "../views/repository.ts";
import { issueUrl, singleIssueView } from "../views/thread.ts";
import {
  type Answer,
  type Call,
  issueOfCall,
  names,
  nothing,
  page,
  type Route,
  repositoryOfCall,
} from "./route.ts";
import { accountIds, READ, triaged } from "./routes-issues.ts";

function changed(call: Call, change: typeof assign, status: number): Answer {
  const { repository, issue } = triaged(call);
  const ids = accountIds(call, names(call.input.assignees) ?? []);
  change(call.world, actorOf(call.world, call.caller), issue, ids);
  return { status, body: singleIssueView(call.world, repository, issue) };
}

const ISSUE = "/repos/{owner}/{repo}/issues/{issue_number}";

const ASSIGNEES: Route[] = [
  {
    method: "POST",
    path: `${ISSUE}/assignees`,
    operation: "issues/add-assignees",
    handle: (call) => changed(call, assign, 201),
  },
  {
    method: "DELETE",
    path: `${ISSUE}/assignees`,
    operation: "issues/remove-assignees",
    handle: (call) => changed(call, unassign, 200),
  },
  {
    method: "GET",
    path: "/repos/{owner}/{repo}/assignees",
    operation: "issues/list-assignees",
    handle: (call) => {
      const repository = repositoryOfCall(call, READ);
      const people = [...call.world.state.accounts.values()].filter(
        (account) =>
          account.type === "User" && !account.deleted && assignable(call.world, repository, account.id),
      );
      const url = `${repositoryUrl(call.world, repository)}/assignees`;
      return page(call, url, people, (account) => accountView(call.world, account));
    },
  },
  {
    method: "GET",
    path: "/repos/{owner}/{repo}/assignees/{assignee}",
    operation: "issues/check-user-can-be-assigned",
    handle: (call) => {
      const repository = repositoryOfCall(call, READ);
      const account = accountByLogin(call.world.state, call.params.assignee ?? "");
      if (!account || !assignable(call.world, repository, account.id)) throw notFound();
      return nothing();
    },
  },
];

/** Who may be assigned, who is, and what happened to an issue. */
export const ASSIGNEE_AND_EVENT_ROUTES: Route[] = [
  ...ASSIGNEES,
  {
    method: "GET",
    path: `${ISSUE}/events`,
    operation: "issues/list-events",
    handle: (call) => {
      const repository = repositoryOfCall(call, READ);
      const issue = issueOfCall(call, repository);
      const url = `${issueUrl(call.world, repository, issue.number)}/events`;
      return page(call, url, issue.events, (event) => eventView(call.world, repository, event));
    },
  },
  {
    method: "GET",
    path: `${ISSUE}/timeline`,
    operation: "issues/list-events-for-timeline",
    handle: (call) => {
      const repository = repositoryOfCall(call, READ);
      const issue = issueOfCall(call, repository);
      const url = `${issueUrl(call.world, repository, issue.number)}/timeline`;
      return page(call, url, timelineOf(call.world, repository, issue), (item) => item);
    },
  },
  {
    method: "GET",
    path: "/repos/{owner}/{repo}/issues/events",
    operation: "issues/list-events-for-repo",
    handle: (call) => {
      const repository = repositoryOfCall(call, READ);
      const all = [...repository.issues.values()]
        .filter((issue) => !issue.deleted && !issue.movedTo)
        .flatMap((issue) => issue.events.map((event) => ({ issue, event })))
        .sort((a, b) => b.event.id - a.event.id);
      const url = `${repositoryUrl(call.world, repository)}/issues/events`;
      return page(call, url, all, ({ issue, event }) =>
        eventOfRepositoryView(call.world, repository, issue, event),
      );
    },
  },
];
