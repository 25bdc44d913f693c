import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import { Webhooks } from "@octokit/webhooks";
import {
  createSandbox,
  type InstalledApp,
  type Opened,
  type Person,
  type Sandbox,
} from "../../src/sandbox/sandbox.ts";
import { wrongPayload } from "./official.ts";
import { type Receiver, startReceiver } from "./receiver.ts";

const EVENTS = [
  "issues",
  "issue_comment",
  "discussion",
  "discussion_comment",
  "label",
  "push",
  "repository",
  "member",
  "membership",
  "organization",
  "team",
];
const PERMISSIONS = { issues: "write", discussions: "write", contents: "read", members: "read" } as const;

let sandbox: Sandbox;
let receiver: Receiver;
let app: InstalledApp;
let ann: Person;
let rita: Person;
let issue: Opened;
let question: Opened;

beforeEach(async () => {
  receiver = await startReceiver();
  sandbox = await createSandbox({ patienceMs: 500 });
  sandbox.createOrganization("acme", { admins: ["ann"] });
  sandbox.createUser("rita");
  sandbox.createRepository("acme/widgets");
  sandbox.createRepository("acme/gadgets");
  sandbox.createTeam("acme", "Support", []);
  app = sandbox.installApp({ account: "acme", permissions: PERMISSIONS, events: EVENTS });
  ann = sandbox.as("ann");
  rita = sandbox.as("rita");
  issue = rita.openIssue("acme/widgets", { title: "It crashes", body: "At start" });
  question = rita.openDiscussion("acme/widgets", { title: "How?", body: "Tell me" });
  ann.label(issue, "invalid");
  ann.label(question, "invalid");
  sandbox.setWebhookUrl(receiver.url);
});

afterEach(async () => {
  await sandbox.close();
  await receiver.close();
});

/** What arrived, as `issues.opened by rita`. */
function heard(): string[] {
  return receiver.arrived.map(({ event, action, payload }) => {
    const sender = payload.sender as { login: string };
    return `${event}${action ? `.${action}` : ""} by ${sender.login}`;
  });
}

type Deed = [what: string, deed: () => void, told: string[]];

const ON_ISSUES: Deed[] = [
  [
    "opening with labels",
    () => void ann.openIssue("acme/widgets", { title: "New", labels: ["bug"], assignees: ["ann"] }),
    ["issues.opened by ann", "issues.labeled by ann", "issues.assigned by ann"],
  ],
  ["editing", () => rita.edit(issue, { title: "It crashed", body: "Twice" }), ["issues.edited by rita"]],
  ["closing", () => rita.close(issue), ["issues.closed by rita"]],
  ["closing as duplicate", () => rita.close(issue, "duplicate"), ["issues.closed by rita"]],
  [
    "reopening",
    () => {
      ann.close(issue);
      ann.reopen(issue);
    },
    ["issues.closed by ann", "issues.reopened by ann"],
  ],
  ["labelling", () => ann.label(issue, "bug"), ["issues.labeled by ann"]],
  ["labelling anew", () => ann.label(issue, "fresh"), ["label.created by ann", "issues.labeled by ann"]],
  ["taking a label", () => ann.unlabel(issue, "invalid"), ["issues.unlabeled by ann"]],
  [
    "assigning",
    () => {
      ann.assign(issue, "ann");
      ann.unassign(issue, "ann");
    },
    ["issues.assigned by ann", "issues.unassigned by ann"],
  ],
  [
    "locking",
    () => {
      ann.lock(issue, "too heated");
      ann.unlock(issue);
    },
    ["issues.locked by ann", "issues.unlocked by ann"],
  ],
  [
    "pinning",
    () => {
      ann.pin(issue);
      ann.pin(issue, false);
    },
    ["issues.pinned by ann", "issues.unpinned by ann"],
  ],
  ["deleting", () => ann.delete(issue), ["issues.deleted by ann"]],
  [
    "transferring",
    () => void ann.transfer(issue, "acme/gadgets"),
    ["issues.transferred by ann", "issues.opened by ann"],
  ],
  [
    "commenting",
    () => {
      const said = rita.comment(issue, "Also here");
      rita.editComment(said, "Here too");
      rita.deleteComment(said);
    },
    ["issue_comment.created by rita", "issue_comment.edited by rita", "issue_comment.deleted by rita"],
  ],
  ["reacting", () => rita.react(issue, "-1"), []],
];

const ON_DISCUSSIONS: Deed[] = [
  [
    "opening",
    () => void rita.openDiscussion("acme/widgets", { title: "Idea", body: "Fly", category: "Ideas" }),
    ["discussion.created by rita"],
  ],
  ["editing", () => rita.edit(question, { body: "Please" }), ["discussion.edited by rita"]],
  [
    "closing",
    () => {
      ann.close(question);
      ann.reopen(question);
    },
    ["discussion.closed by ann", "discussion.reopened by ann"],
  ],
  [
    "labelling",
    () => {
      ann.label(question, "question");
      ann.unlabel(question, "invalid");
    },
    ["discussion.labeled by ann", "discussion.unlabeled by ann"],
  ],
  ["recategorising", () => ann.recategorize(question, "Ideas"), ["discussion.category_changed by ann"]],
  [
    "locking",
    () => {
      ann.lock(question, "resolved");
      ann.unlock(question);
    },
    ["discussion.locked by ann", "discussion.unlocked by ann"],
  ],
  [
    "answering",
    () => {
      const said = ann.comment(question, "So");
      rita.answer(question, said);
      rita.unanswer(question);
    },
    ["discussion_comment.created by ann", "discussion.answered by rita", "discussion.unanswered by rita"],
  ],
  [
    "replying",
    () => {
      const said = ann.comment(question, "So");
      const reply = rita.comment(question, "Thanks", said);
      rita.editComment(reply, "Thank you");
      rita.deleteComment(reply);
    },
    [
      "discussion_comment.created by ann",
      "discussion_comment.created by rita",
      "discussion_comment.edited by rita",
      "discussion_comment.deleted by rita",
    ],
  ],
  ["deleting", () => ann.delete(question), ["discussion.deleted by ann"]],
  [
    "transferring",
    () => void ann.transfer(question, "acme/gadgets"),
    ["discussion.transferred by ann", "discussion.created by ann"],
  ],
  ["reacting", () => rita.react(question, "heart"), []],
];

const ON_REPOSITORIES: Deed[] = [
  ["pushing", () => ann.commitFile("acme/widgets", "docs/a.md", "text"), ["push by ann"]],
  [
    "changing labels",
    () => {
      ann.createLabel("acme/widgets", { name: "P0", color: "ff0000", description: "Now" });
      ann.editLabel("acme/widgets", "P0", { name: "P1" });
      ann.deleteLabel("acme/widgets", "P1");
    },
    ["label.created by ann", "label.edited by ann", "label.deleted by ann"],
  ],
  ["renaming", () => ann.renameRepository("acme/widgets", "things"), ["repository.renamed by ann"]],
  [
    "archiving",
    () => {
      ann.archive("acme/widgets");
      ann.archive("acme/widgets", false);
    },
    ["repository.archived by ann", "repository.unarchived by ann"],
  ],
  [
    "hiding",
    () => {
      ann.setPrivate("acme/widgets", true);
      ann.setPrivate("acme/widgets", false);
    },
    ["repository.privatized by ann", "repository.publicized by ann"],
  ],
  ["deleting", () => ann.deleteRepository("acme/widgets"), ["repository.deleted by ann"]],
  [
    "giving it to another owner",
    () => {
      sandbox.installOn(app.appId, "rita");
      ann.transferRepository("acme/widgets", "rita");
    },
    ["installation.created by rita", "repository.transferred by ann"],
  ],
  [
    "giving roles",
    () => {
      ann.setRole("acme/widgets", "rita", "triage");
      ann.setRole("acme/widgets", "rita", "write");
      ann.setRole("acme/widgets", "rita", null);
    },
    ["member.added by ann", "member.edited by ann", "member.removed by ann"],
  ],
  [
    "changing teams",
    () => {
      ann.setTeamMember("acme", "support", "rita");
      ann.setTeamRole("acme", "support", "acme/widgets", "triage");
      ann.setTeamMember("acme", "support", "rita", false);
    },
    ["membership.added by ann", "team.added_to_repository by ann", "membership.removed by ann"],
  ],
  [
    "joining the organisation",
    () => {
      ann.setMember("acme", "rita", "member");
      ann.setMember("acme", "rita", null);
    },
    ["organization.member_added by ann", "organization.member_removed by ann"],
  ],
  [
    "choosing repositories",
    () => {
      ann.selectRepositories(app.installationId, { remove: ["acme/gadgets"] });
      ann.selectRepositories(app.installationId, { add: ["acme/gadgets"] });
    },
    ["installation_repositories.removed by ann", "installation_repositories.added by ann"],
  ],
  [
    "suspending",
    () => {
      ann.suspend(app.installationId);
      ann.suspend(app.installationId, false);
    },
    ["installation.suspend by ann", "installation.unsuspend by ann"],
  ],
  [
    "granting",
    () => ann.setPermissions(app.installationId, { issues: "read" }),
    ["installation.new_permissions_accepted by ann"],
  ],
  ["uninstalling", () => ann.uninstall(app.installationId), ["installation.deleted by ann"]],
];

describe("what people give", () => {
  it("is told to the sponsored account's dashboard alone, signed and in GitHub's shape", async () => {
    const secret = sandbox.setSponsorsWebhook("acme", receiver.url);
    rita.sponsor("acme", 5);
    rita.sponsor("acme", 10);
    rita.sponsor("acme", 10, true);
    rita.announceSponsoring("acme", 5, Date.parse("2030-01-01T00:00:00Z"));
    rita.announceSponsoring("acme", null, Date.parse("2030-01-01T00:00:00Z"));
    rita.sponsor("acme", null);
    rita.sponsorOnce("acme", 50);
    await sandbox.settled();
    expect(heard()).toEqual(
      [
        "created",
        "tier_changed",
        "edited",
        "pending_tier_change",
        "pending_cancellation",
        "cancelled",
        "created",
      ].map((action) => `sponsorship.${action} by rita`),
    );
    const hooks = new Webhooks({ secret });
    for (const { event, action, payload, headers, body } of receiver.arrived) {
      expect(wrongPayload(event, action, payload)).toEqual([]);
      expect(await hooks.verify(body, String(headers["x-hub-signature-256"]))).toBe(true);
      expect(payload.installation).toBeUndefined();
    }
  });
});

describe.each([
  ["an issue", ON_ISSUES],
  ["a discussion", ON_DISCUSSIONS],
  ["a repository", ON_REPOSITORIES],
])("what people do to %s", (_, deeds) => {
  it.each(deeds)("%s is told, signed and in GitHub's shape", async (_what, deed, told) => {
    deed();
    await sandbox.settled();
    expect(heard()).toEqual(told);
    const hooks = new Webhooks({ secret: app.webhookSecret });
    for (const { event, action, payload, headers, body } of receiver.arrived) {
      expect(wrongPayload(event, action, payload)).toEqual([]);
      expect(await hooks.verify(body, String(headers["x-hub-signature-256"]))).toBe(true);
      expect(headers["user-agent"]).toMatch(/^GitHub-Hookshot\//);
      expect(headers["x-github-hook-installation-target-id"]).toBe(String(app.appId));
      expect(headers["x-github-delivery"]).toMatch(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
    }
  });
});
