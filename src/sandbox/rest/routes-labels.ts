import { actorOf } from "../caller.ts";
import {
  addLabels,
  createLabel,
  deleteLabel,
  labelByName,
  labelsByName,
  removeLabelByName,
  setLabels,
  updateLabel,
} from "../operations/labels.ts";
import { invalid, notFound } from "../state/refusal.ts";
import type { Label, Repository } from "../state/state.ts";
import type { Issue } from "../state/thread.ts";
import { repositoryUrl } from "../views/repository.ts";
import { issueUrl, labelsOf, labelView } from "../views/thread.ts";
import {
  type Answer,
  type Call,
  created,
  issueOfCall,
  names,
  nothing,
  ok,
  optionalText,
  page,
  type Route,
  repositoryOfCall,
  text,
} from "./route.ts";
import { READ, TRIAGE, triaged } from "./routes-issues.ts";

function labelOfCall(call: Call, repository: Repository): Label {
  const label = labelByName(repository, call.params.name ?? "");
  if (!label) throw notFound();
  return label;
}

const writes = (call: Call) => repositoryOfCall(call, { ...TRIAGE, role: "write" });

function wantedLabels(call: Call): string[] {
  const found = names(Array.isArray(call.input) ? call.input : call.input.labels);
  if (!found) throw invalid({ resource: "Label", field: "name", code: "missing_field" });
  return found;
}

function labelsAnswer(call: Call, repository: Repository, issue: Issue): Answer {
  return ok(labelsOf(repository, issue).map((label) => labelView(call.world, repository, label)));
}

function updated(call: Call): Answer {
  const repository = writes(call);
  const description = call.input.description === null ? null : optionalText(call, "description");
  const fields = {
    ...(optionalText(call, "new_name") === undefined ? {} : { name: text(call, "new_name", "Label") }),
    color: optionalText(call, "color"),
    ...(description === undefined ? {} : { description }),
  };
  const label = updateLabel(
    call.world,
    actorOf(call.world, call.caller),
    labelOfCall(call, repository),
    fields,
  );
  return ok(labelView(call.world, repository, label));
}

const REPOSITORY_LABELS: Route[] = [
  {
    method: "GET",
    path: "/repos/{owner}/{repo}/labels",
    operation: "issues/list-labels-for-repo",
    handle: (call) => {
      const repository = repositoryOfCall(call, READ);
      const url = `${repositoryUrl(call.world, repository)}/labels`;
      return page(call, url, repository.labels, (label) => labelView(call.world, repository, label));
    },
  },
  {
    method: "POST",
    path: "/repos/{owner}/{repo}/labels",
    operation: "issues/create-label",
    handle: (call) => {
      const repository = writes(call);
      const label = createLabel(call.world, actorOf(call.world, call.caller), repository, {
        name: text(call, "name", "Label"),
        color: optionalText(call, "color"),
        description: optionalText(call, "description"),
      });
      return created(labelView(call.world, repository, label));
    },
  },
  {
    method: "GET",
    path: "/repos/{owner}/{repo}/labels/{name}",
    operation: "issues/get-label",
    handle: (call) => {
      const repository = repositoryOfCall(call, READ);
      return ok(labelView(call.world, repository, labelOfCall(call, repository)));
    },
  },
  {
    method: "PATCH",
    path: "/repos/{owner}/{repo}/labels/{name}",
    operation: "issues/update-label",
    handle: updated,
  },
  {
    method: "DELETE",
    path: "/repos/{owner}/{repo}/labels/{name}",
    operation: "issues/delete-label",
    handle: (call) => {
      const repository = writes(call);
      deleteLabel(call.world, actorOf(call.world, call.caller), labelOfCall(call, repository));
      return nothing();
    },
  },
];

/** Labels that the request names, put to those of an issue or in their place. */
function labelled(call: Call, put: typeof addLabels): Answer {
  const { repository, issue } = triaged(call);
  const actor = actorOf(call.world, call.caller);
  put(call.world, actor, issue, labelsByName(call.world, actor, repository, wantedLabels(call)));
  return labelsAnswer(call, repository, issue);
}

const ISSUE_LABELS = "/repos/{owner}/{repo}/issues/{issue_number}/labels";

export const LABEL_ROUTES: Route[] = [
  ...REPOSITORY_LABELS,
  {
    method: "GET",
    path: ISSUE_LABELS,
    operation: "issues/list-labels-on-issue",
    handle: (call) => {
      const repository = repositoryOfCall(call, READ);
      const issue = issueOfCall(call, repository);
      const url = `${issueUrl(call.world, repository, issue.number)}/labels`;
      return page(call, url, labelsOf(repository, issue), (label) =>
        labelView(call.world, repository, label),
      );
    },
  },
  {
    method: "POST",
    path: ISSUE_LABELS,
    operation: "issues/add-labels",
    handle: (call) => labelled(call, addLabels),
  },
  {
    method: "PUT",
    path: ISSUE_LABELS,
    operation: "issues/set-labels",
    handle: (call) => labelled(call, setLabels),
  },
  {
    method: "DELETE",
    path: ISSUE_LABELS,
    operation: "issues/remove-all-labels",
    handle: (call) => {
      setLabels(call.world, actorOf(call.world, call.caller), triaged(call).issue, []);
      return nothing();
    },
  },
  {
    method: "DELETE",
    path: `${ISSUE_LABELS}/{name}`,
    operation: "issues/remove-label",
    handle: (call) => {
      const { repository, issue } = triaged(call);
      removeLabelByName(call.world, actorOf(call.world, call.caller), issue, call.params.name ?? "");
      return labelsAnswer(call, repository, issue);
    },
  },
];
