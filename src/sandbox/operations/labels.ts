import { newIdentity, register } from "../state/identity.ts";
import { invalid, Refusal } from "../state/refusal.ts";
import type { Label, Repository } from "../state/state.ts";
import type { Thread } from "../state/thread.ts";
import type { Actor, World } from "../state/world.ts";
import { labelView } from "../views/thread.ts";
import { publishThread, repositoryOf } from "./threads.ts";
import { record, touch, writable } from "./writing.ts";

/** The labels that every new repository on GitHub has. */
export const DEFAULT_LABELS: [string, string, string][] = [
  ["bug", "d73a4a", "Something isn't working"],
  ["documentation", "0075ca", "Improvements or additions to documentation"],
  ["duplicate", "cfd3d7", "This issue or pull request already exists"],
  ["enhancement", "a2eeef", "New feature or request"],
  ["good first issue", "7057ff", "Good for newcomers"],
  ["help wanted", "008672", "Extra attention is needed"],
  ["invalid", "e4e669", "This doesn't seem right"],
  ["question", "d876e3", "Further information is requested"],
  ["wontfix", "ffffff", "This will not be worked on"],
];

export interface LabelFields {
  name: string;
  color?: string | undefined;
  description?: string | null | undefined;
}

export function labelByName(repository: Repository, name: string): Label | null {
  const wanted = name.toLowerCase();
  return repository.labels.find((label) => label.name.toLowerCase() === wanted) ?? null;
}

function checkLabel(repository: Repository, fields: Partial<LabelFields>, self: Label | null): void {
  const wrong = (
    field: string,
    code: "invalid" | "missing_field" | "already_exists" | "custom",
    message?: string,
  ) => invalid({ resource: "Label", field, code, ...(message ? { message } : {}) });
  if (fields.name !== undefined) {
    if (fields.name.trim() === "") throw wrong("name", "missing_field");
    if ([...fields.name].length > 50)
      throw wrong("name", "custom", "name is too long (maximum is 50 characters)");
    const other = labelByName(repository, fields.name);
    if (other && other !== self) throw wrong("name", "already_exists");
  }
  if (fields.color !== undefined && !/^[0-9a-f]{6}$/i.test(fields.color)) throw wrong("color", "invalid");
  if ([...(fields.description ?? "")].length > 100) {
    throw wrong("description", "custom", "description is too long (maximum is 100 characters)");
  }
}

/** Adds a label to a repository without telling anybody: how repositories begin. */
export function addLabel(
  world: World,
  repository: Repository,
  fields: LabelFields,
  isDefault: boolean,
): Label {
  const label: Label = {
    is: "label",
    ...newIdentity(world.state, "label", { repositoryId: repository.id }),
    repositoryId: repository.id,
    name: fields.name,
    color: (fields.color ?? "ededed").toLowerCase(),
    description: fields.description ?? null,
    default: isDefault,
    createdAt: world.now(),
  };
  repository.labels.push(label);
  return register(world.state, label);
}

export function createLabel(world: World, actor: Actor, repository: Repository, fields: LabelFields): Label {
  writable(repository);
  checkLabel(repository, fields, null);
  const label = addLabel(world, repository, fields, false);
  publishLabel(world, actor, label, "created");
  return label;
}

export function updateLabel(world: World, actor: Actor, label: Label, fields: Partial<LabelFields>): Label {
  const repository = repositoryOf(world, label);
  writable(repository);
  checkLabel(repository, fields, label);
  const changes: Record<string, { from: string }> = {};
  if (fields.name !== undefined && fields.name !== label.name) changes.name = { from: label.name };
  if (fields.color !== undefined && fields.color !== label.color) changes.color = { from: label.color };
  if (fields.description !== undefined && fields.description !== label.description) {
    changes.description = { from: label.description ?? "" };
  }
  label.name = fields.name ?? label.name;
  label.color = (fields.color ?? label.color).toLowerCase();
  if (fields.description !== undefined) label.description = fields.description;
  publishLabel(world, actor, label, "edited", { changes });
  return label;
}

/** Deletes a label; GitHub takes it off all threads without events of their own. */
export function deleteLabel(world: World, actor: Actor, label: Label): void {
  const repository = repositoryOf(world, label);
  writable(repository);
  repository.labels = repository.labels.filter((other) => other !== label);
  for (const thread of [...repository.issues.values(), ...repository.discussions.values()]) {
    thread.labels = thread.labels.filter((id) => id !== label.id);
  }
  world.state.nodes.delete(label.nodeId);
  publishLabel(world, actor, label, "deleted");
}

function publishLabel(world: World, actor: Actor, label: Label, action: string, more = {}): void {
  const repository = repositoryOf(world, label);
  const payload = { label: labelView(world, repository, label), ...more };
  world.publish({ event: "label", action, repository, sender: actor.account, payload });
}

/** Labels of those names; names that the repository lacks become grey labels, as GitHub does. */
export function labelsByName(world: World, actor: Actor, repository: Repository, names: string[]): Label[] {
  return names.map(
    (name) => labelByName(repository, name) ?? createLabel(world, actor, repository, { name }),
  );
}

/** Adds labels to a thread; those that it has already change nothing. */
export function addLabels(world: World, actor: Actor, thread: Thread, labels: Label[]): void {
  writable(repositoryOf(world, thread));
  for (const label of labels) {
    if (thread.labels.includes(label.id)) continue;
    thread.labels.push(label.id);
    labelChanged(world, actor, thread, label, "labeled");
  }
}

export function removeLabels(world: World, actor: Actor, thread: Thread, labels: Label[]): void {
  writable(repositoryOf(world, thread));
  for (const label of labels) {
    if (!thread.labels.includes(label.id)) continue;
    thread.labels = thread.labels.filter((id) => id !== label.id);
    labelChanged(world, actor, thread, label, "unlabeled");
  }
}

/** Makes the thread's labels exactly these. */
export function setLabels(world: World, actor: Actor, thread: Thread, labels: Label[]): void {
  const repository = repositoryOf(world, thread);
  const gone = repository.labels.filter(
    (label) => thread.labels.includes(label.id) && !labels.includes(label),
  );
  removeLabels(world, actor, thread, gone);
  addLabels(world, actor, thread, labels);
}

/** Removes one label by name; an unknown or absent one is refused. */
export function removeLabelByName(world: World, actor: Actor, thread: Thread, name: string): void {
  const label = labelByName(repositoryOf(world, thread), name);
  if (!label || !thread.labels.includes(label.id)) throw new Refusal(404, "Label does not exist");
  removeLabels(world, actor, thread, [label]);
}

function labelChanged(
  world: World,
  actor: Actor,
  thread: Thread,
  label: Label,
  type: "labeled" | "unlabeled",
): void {
  record(world, actor, thread, { type, label: { id: label.id, name: label.name, color: label.color } });
  touch(world, thread);
  const view = labelView(world, repositoryOf(world, thread), label);
  publishThread(world, actor, thread, type, { label: view });
}
