import type { Frontdesk } from "../../app.ts";
import { WEBHOOK_PATH } from "../../app.ts";
import { REQUIRED_EVENTS, REQUIRED_PERMISSIONS } from "../../github/requirements.ts";
import { Octokit } from "@octokit/rest";
import type { InstalledApp, Place, Sandbox } from "../../sandbox/sandbox.ts";
import { createSandbox } from "../../sandbox/sandbox.ts";
import type { Ticket } from "../../ticket/ticket.ts";
import type { Ending, Step, StoryTicket } from "./tickets.ts";

export const REPOSITORY = "octo-org/lantern";
const SUPPORT = "octo-org/support";

const BUG_FORM = `name: Bug report
description: Something does not work
body:
  - type: input
    attributes: { label: Version }
    validations: { required: true }
  - type: textarea
    attributes: { label: Steps to reproduce }
    validations: { required: true }
`;

/** A ticket as it stands at the end. */
export interface Told {
  story: StoryTicket;
  place: Place;
  ticket: Ticket | null;
  labels: string[];
  comment: Ending["comment"] | "something else";
  said: string | null;
  /** Issues that the maintainers got in their private repository because of it. */
  notices: number;
  /** In words, where it ended otherwise than the story says. */
  differs: string[];
  milliseconds: number;
}

/** An organisation with a public repository, a private one for support, a team, and the desk installed. */
export async function furnish(): Promise<{ sandbox: Sandbox; credentials: InstalledApp }> {
  const sandbox = await createSandbox();
  sandbox.createOrganization("octo-org", { admins: ["octocat"] });
  const files = {
    "README.md": "# Lantern\n\nBoards for your terminal.\n",
    "SECURITY.md": "# Security\n\nPlease write to security@example.com.\n",
    ".github/ISSUE_TEMPLATE/bug.yml": BUG_FORM,
  };
  sandbox.createRepository(REPOSITORY, { files, hasDiscussions: true });
  sandbox.createRepository(SUPPORT, { private: true });
  sandbox.createRepository("octo-org/.github-private", {
    private: true,
    files: { ".github/frontdesk.yml": `support:\n  repository: ${SUPPORT}\n` },
  });
  sandbox.createUser("maria");
  sandbox.as("octocat").setRole(REPOSITORY, "maria", "triage");
  sandbox.as("octocat").enablePrivateReporting(REPOSITORY);
  const credentials = sandbox.installApp({
    slug: "frontdesk",
    account: "octo-org",
    permissions: REQUIRED_PERMISSIONS,
    events: REQUIRED_EVENTS,
  });
  return { sandbox, credentials };
}

/** Plays one ticket to its end and looks at what became of it. */
export async function play(sandbox: Sandbox, frontdesk: Frontdesk, story: StoryTicket): Promise<Told> {
  sandbox.setWebhookUrl(`${frontdesk.url}${WEBHOOK_PATH}`);
  const notices = sandbox.threads(SUPPORT).length;
  const begun = performance.now();
  const place = await open(sandbox, story);
  await quiet(sandbox, frontdesk);
  const milliseconds = performance.now() - begun;
  for (const step of story.next ?? []) {
    take(sandbox, place, step);
    await quiet(sandbox, frontdesk);
  }
  return look(sandbox, frontdesk, story, { place, milliseconds, notices });
}

/** Issues are opened as a person's own client would, over REST; discussions have no REST. */
async function open(sandbox: Sandbox, story: StoryTicket): Promise<Place> {
  const { as, where, title, body, category } = story;
  sandbox.createUser(as);
  if (where === "discussion") return sandbox.as(as).openDiscussion(REPOSITORY, { title, body, category });
  const octokit = new Octokit({ auth: sandbox.tokenOf(as), baseUrl: `${sandbox.url}/api/v3` });
  const [owner = "", repo = ""] = REPOSITORY.split("/");
  const { data } = await octokit.rest.issues.create({ owner, repo, title, body, labels: story.labels });
  return { repository: REPOSITORY, number: data.number };
}

/** Our own writes come back as deliveries: quiet is when neither side has anything left, twice in a row. */
async function quiet(sandbox: Sandbox, frontdesk: Frontdesk): Promise<void> {
  for (let rounds = 0; rounds < 2; rounds++) {
    await sandbox.settled();
    await frontdesk.desk.queue.idle();
  }
}

function take(sandbox: Sandbox, place: Place, step: Step): void {
  const person = sandbox.as(step.as);
  if (step.do === "comment") person.comment(place, step.body);
  else if (step.do === "edit") person.edit(place, { body: step.body });
  else if (step.do === "unlabel") person.unlabel(place, step.label);
  else person[step.do](place);
}

async function look(
  sandbox: Sandbox,
  frontdesk: Frontdesk,
  story: StoryTicket,
  at: { place: Place; milliseconds: number; notices: number },
): Promise<Told> {
  const { place, milliseconds } = at;
  const labels = sandbox.labels(place);
  const own = sandbox.comments(place).filter(({ author }) => author === frontdesk.desk.self);
  const said = own[0]?.body ?? null;
  const comment = said === null ? null : meaning(said);
  const repository = sandbox.state.repositories;
  const id = [...repository.values()].find((one) => one.name === "lantern")?.id;
  const ticket = await frontdesk.desk.store.read("ticket", `${id}/${place.number}`);
  const notices = sandbox.threads(SUPPORT).length - at.notices;
  const { ends } = story;
  const differs = [
    ...(same(labels, ends.labels) ? [] : [`labels: ${list(labels)} instead of ${list(ends.labels)}`]),
    ...(comment === ends.comment
      ? []
      : [`comment: ${comment ?? "none"} instead of ${ends.comment ?? "none"}`]),
    ...(own.length > 1 ? [`${own.length} comments instead of one`] : []),
  ];
  return { story, place, ticket, labels, comment, said, notices, differs, milliseconds };
}

const same = (a: string[], b: string[]) => a.toSorted().join("\n") === b.toSorted().join("\n");
const list = (labels: string[]) => (labels.length > 0 ? labels.join(", ") : "none");

/** What our comment is about, told by its own marks: a list of fields, a link to reporting, or neither. */
function meaning(said: string): Told["comment"] {
  const visible = said.split("<details>", 1)[0] ?? "";
  if (/security\/advisories|SECURITY\.md/i.test(visible)) return "points to private reporting";
  if (/^- /m.test(visible)) return "asks for details";
  if (said.includes("<details>")) return "has all it asked for";
  return "steps back";
}
