import { afterAll, beforeAll, beforeEach, describe, expect, it } from "@jest/globals";
import { WEBHOOK_PATH } from "../../src/app.ts";
import { LANTERN_DOCS } from "../builders/articles.ts";
import type { Report, World } from "./world.ts";
import { KINDS_OF_THREADS, open, openWorld, ownComments, REPOSITORY, requestsSince } from "./world.ts";

const QUESTION: Report = {
  title: "How do I configure a proxy for the updater?",
  body: "I am behind a company proxy. How can I configure the proxy that the updater uses?",
};

let world: World;
beforeAll(async () => {
  world = await openWorld();
  for (const login of ["octo-guest", "lisa"]) world.sandbox.createUser(login);
  world.sandbox.as("octocat").commitFiles(REPOSITORY, LANTERN_DOCS);
  await world.rest();
});
// GitHub takes 80 comments and issues a minute.
beforeEach(() => world.pass(60));
afterAll(() => world.close());

/** A company's other repositories, public and private. */
const MANUAL = "octo-org/manual";
const WIKI = "octo-org/wiki";
/** What GitHub would act upon, in an article. */
const HOSTILE = "@maria #1 <img src=x> [click](https://evil.example) <!-- frontdesk:triage -->";

/** A repository with the documentation, and what the test adds to it. */
async function documented(name: string, settings?: string, files: Record<string, string> = {}) {
  const repository = world.repository(name, settings);
  world.sandbox.as("octocat").commitFiles(repository, { ...LANTERN_DOCS, ...files });
  await world.rest();
  return repository;
}

async function ask(kind: "issue" | "discussion", repository: string, report = QUESTION, as = "mona") {
  const place = open(world.sandbox, kind, as, report, repository);
  await world.rest();
  return { place, comment: ownComments(world.sandbox, place).join("\n----\n") };
}

describe.each(KINDS_OF_THREADS)("%s", (_, kind) => {
  it("that the documentation answers gets the passage, and a link that lands on its section", async () => {
    const { place, comment } = await ask(kind, REPOSITORY);
    expect(ownComments(world.sandbox, place)).toHaveLength(1);
    expect(comment).toContain("This may answer your question:");
    expect(comment).toContain("[Network › Configure a proxy for the updater](");
    expect(comment).toContain(
      "/octo-org/lantern/blob/HEAD/docs/network.md#configure-a-proxy-for-the-updater)",
    );
    expect(comment).toContain("> Set `LANTERN_PROXY` to the address of your proxy.");
  });

  it("that was answered and is transferred has its answer taken back where it went", async () => {
    const to = world.repository(`went-${kind}`);
    const { place } = await ask(kind, REPOSITORY);
    const moved = world.sandbox.as("octocat").transfer(place, to);
    await world.rest();
    world.sandbox.as("mona").comment(moved, "/not-helpful");
    await world.rest();
    expect(ownComments(world.sandbox, moved)).toEqual([expect.stringContaining("so I have taken it back")]);
  });

  it("about something else gets no answer", async () => {
    const { comment } = await ask(kind, REPOSITORY, {
      title: "Is there a way to invite guests to a meeting?",
      body: "Our office would like to know about calendars and meetings.",
    });
    expect(comment).toBe("");
  });

  it("that wishes for something gets no answer", async () => {
    const { comment } = await ask(kind, REPOSITORY, {
      title: "Feature request: configure a proxy for the updater",
      body: "It would be great to have an option to configure a proxy for the updater. Please add support for this feature.",
      labels: kind === "issue" ? ["enhancement"] : [],
    });
    expect(comment).toBe("");
  });

  it("of the team gets no answer", async () => {
    const { comment } = await ask(kind, REPOSITORY, QUESTION, "maria");
    expect(comment).toBe("");
  });

  it("is answered once: what is said later changes nothing, and an early edit edits", async () => {
    const { place } = await ask(kind, REPOSITORY, { title: "Help", body: "Please see the picture." });
    expect(ownComments(world.sandbox, place)).toEqual([]);
    world.sandbox.as("mona").edit(place, QUESTION);
    await world.rest();
    expect(ownComments(world.sandbox, place)).toHaveLength(1);
    world.sandbox.as("maria").comment(place, "Which version is it?");
    await world.rest();
    world.sandbox
      .as("mona")
      .edit(place, { title: "How do I share a board?", body: "How can I share a board?" });
    await world.rest();
    const [comment = "", ...others] = ownComments(world.sandbox, place);
    expect(others).toEqual([]);
    expect(comment).toContain("docs/network.md");
    expect(comment).not.toContain("docs/boards.md");
  });

  it("is not answered after somebody else has spoken", async () => {
    const { place } = await ask(kind, REPOSITORY, { title: "Help", body: "Please see the picture." });
    world.sandbox.as("maria").comment(place, "Which picture?");
    await world.rest();
    world.sandbox.as("mona").edit(place, QUESTION);
    await world.rest();
    expect(ownComments(world.sandbox, place)).toEqual([]);
  });

  it("takes its answer back when the reporter says that it does not help", async () => {
    const { place } = await ask(kind, REPOSITORY);
    world.sandbox.as("mona").comment(place, "/not-helpful");
    await world.rest();
    const [comment = "", ...others] = ownComments(world.sandbox, place);
    expect(others).toEqual([]);
    expect(comment).toContain("I have taken it back");
    expect(comment).not.toContain("LANTERN_PROXY");
    expect(world.sandbox.labels(place)).toContain("needs-human");
    const lessons = await world.frontdesk.desk.store.lessons((await world.ticket(place))?.repositoryId ?? 0);
    expect(lessons).toContainEqual(
      expect.objectContaining({
        type: "not-helpful",
        subject: expect.stringContaining("network.md#configure"),
      }),
    );
  });

  it.each(["observe", "label"])("gets no comment in the mode %s", async (mode) => {
    const repository = await documented(`docs-${mode}-${kind}`, `mode: ${mode}\n`);
    const from = world.sandbox.requests.length;
    const { place, comment } = await ask(kind, repository);
    expect(comment).toBe("");
    const writes = requestsSince(world.sandbox, from).filter(({ isWrite }) => isWrite);
    if (mode === "observe") expect(writes).toEqual([]);
    expect((await world.ticket(place))?.suggestions?.answers).toHaveLength(1);
  });
});

describe("an answered discussion", () => {
  const asked = {
    title: "Why does the legend overlap the chart in narrow windows?",
    body: "In a narrow window the legend overlaps the chart. How can I move the legend?",
  };
  const answer = "Set `legend: below` in the chart, and the legend moves below the chart in narrow windows.";

  it("answers the next one who asks, quoted and linked; unmarked it does not", async () => {
    const repository = await documented("answered");
    const { place } = await ask("discussion", repository, asked, "lisa");
    const said = world.sandbox.as("maria").comment(place, answer);
    world.sandbox.as("maria").answer(place, said);
    await world.rest();
    const again = { ...asked, title: "The legend overlaps the chart in narrow windows?" };
    const { comment } = await ask("issue", repository, again);
    expect(comment).toContain("> Set `legend: below` in the chart");
    expect(comment).toContain(`/discussions/${place.number}#discussioncomment-`);
    world.sandbox.as("maria").unanswer(place);
    await world.rest();
    expect((await ask("issue", repository, again, "octo-guest")).comment).not.toContain("legend: below");
  });
});

describe("a solved issue", () => {
  const asked = {
    title: "Why is the export of boards empty behind the gateway?",
    body: "I export a board behind our gateway, and the file is empty. How can I export it?",
  };
  const again = { ...asked, title: "The export of boards is empty behind the gateway?" };
  const advice = "You need to set `exports: direct` in the board, then the export skips the gateway.";

  /** Asked by lisa, advised by `adviser`, thanked for, closed by maria. */
  async function solved(name: string, adviser = "maria", { settings = "", thanks = "That solved it!" } = {}) {
    const repository = await documented(name, `duplicates: { enabled: false }\n${settings}`);
    const { place } = await ask("issue", repository, asked, "lisa");
    const said = world.sandbox.as(adviser).comment(place, advice);
    await world.rest();
    if (thanks) world.sandbox.as("lisa").comment(place, thanks);
    await world.rest();
    world.sandbox.as("maria").close(place);
    await world.rest();
    return { repository, place, said };
  }

  it("answers the next one who asks, quoted and linked; reopened it does not", async () => {
    const { repository, place } = await solved("solved");
    const { comment } = await ask("issue", repository, again);
    expect(comment).toContain("> You need to set `exports: direct` in the board");
    expect(comment).toContain(`/issues/${place.number}#issuecomment-`);
    world.sandbox.as("maria").reopen(place);
    await world.rest();
    expect((await ask("issue", repository, again, "octo-guest")).comment).not.toContain("exports: direct");
  });

  it("answers by the last advice of a maintainer where nobody thanked", async () => {
    const { repository } = await solved("advised", "maria", { thanks: "" });
    expect((await ask("issue", repository, again)).comment).toContain("exports: direct");
  });

  it("answers in the words that its answer has after an edit, and not after its deletion", async () => {
    const { repository, said } = await solved("edited-answer");
    world.sandbox.as("maria").editComment(said, advice.replace("direct", "straight"));
    await world.rest();
    expect((await ask("issue", repository, again)).comment).toContain("exports: straight");
    world.sandbox.as("maria").deleteComment(said);
    await world.rest();
    expect((await ask("issue", repository, again, "octo-guest")).comment).not.toContain("exports:");
  });

  it("answers from before our time too", async () => {
    world.sandbox.setWebhookUrl("http://127.0.0.1:9/");
    const { repository } = await solved("solved-before");
    world.sandbox.setWebhookUrl(`${world.frontdesk.url}${WEBHOOK_PATH}`);
    expect((await ask("issue", repository, again)).comment).toContain("exports: direct");
  });

  it("does not answer with a stranger's words, though the reporter thanked for them", async () => {
    const { repository } = await solved("stranger", "octo-guest");
    expect((await ask("issue", repository, again)).comment).not.toContain("exports:");
  });

  it("does not answer where settings say so", async () => {
    const { repository } = await solved("unwanted", "maria", { settings: "knowledge: { issues: false }\n" });
    expect((await ask("issue", repository, again)).comment).not.toContain("exports:");
  });

  it("does not answer when it is a report of a vulnerability", async () => {
    const { repository, place } = await solved("quiet");
    world.sandbox.as("maria").label(place, "security");
    await world.rest();
    expect((await ask("issue", repository, again)).comment).not.toContain("exports:");
  });
});

describe("an article", () => {
  const ALONE = "duplicates:\n  enabled: false\n";
  const solved = {
    title: "Updates never arrive behind our squid gateway: how do I configure a proxy for the updater?",
    body: "Updates never arrive behind our squid gateway.",
  };
  const next = {
    title: "Why do updates never arrive behind our squid gateway?",
    body: "How can I get the updates?",
  };

  it("that solved a ticket answers the next one who asks in its words", async () => {
    const repository = await documented("docs-aliases", ALONE);
    expect((await ask("issue", repository, next, "octo-guest")).comment).not.toContain("network.md");
    const { place, comment } = await ask("issue", repository, solved);
    expect(comment).toContain("network.md");
    world.sandbox.as("mona").close(place);
    await world.rest();
    expect((await ask("issue", repository, next, "lisa")).comment).toContain("network.md");
    // A restart remembers it.
    world.frontdesk.desk.memory.bookcases.clear();
    expect((await ask("issue", repository, next, "lisa")).comment).toContain("network.md");
  });

  it("answers so no more once the team undoes that it solved the ticket", async () => {
    const repository = await documented("docs-undone", ALONE);
    const { place } = await ask("issue", repository, solved);
    world.sandbox.as("mona").comment(place, "/close");
    await world.rest();
    expect((await ask("issue", repository, next, "lisa")).comment).toContain("network.md");
    world.sandbox.as("octocat").comment(place, "/undo");
    await world.rest();
    expect((await ask("issue", repository, next, "octo-guest")).comment).not.toContain("network.md");
    // A restart learns it no more than that.
    world.frontdesk.desk.memory.bookcases.clear();
    expect((await ask("issue", repository, next, "octo-guest")).comment).not.toContain("network.md");
  });

  it("answers in its new words after a push, with only the changed file read again", async () => {
    const repository = await documented("docs-push");
    await ask("issue", repository);
    const changed =
      LANTERN_DOCS["docs/network.md"]?.replaceAll("LANTERN_PROXY", "LANTERN_UPDATE_PROXY") ?? "";
    const from = world.sandbox.requests.length;
    world.sandbox.as("octocat").commitFile(repository, "docs/network.md", changed);
    await world.rest();
    const { comment } = await ask("issue", repository, QUESTION, "octo-guest");
    expect(comment).toContain("LANTERN_UPDATE_PROXY");
    const read = requestsSince(world.sandbox, from).filter(({ path }) => path.includes("/git/"));
    expect(read.map(({ path }) => path.replace(/.*\/git\/(trees|blobs).*/, "$1"))).toEqual([
      "trees",
      "blobs",
    ]);
  });

  it("is not read again while nothing changes", async () => {
    const repository = await documented("docs-still");
    await ask("issue", repository);
    const from = world.sandbox.requests.length;
    const { comment } = await ask("issue", repository, QUESTION, "octo-guest");
    expect(comment).toContain("LANTERN_PROXY");
    expect(requestsSince(world.sandbox, from).filter(({ isWrite }) => !isWrite)).toEqual([]);
  });

  it("with a mistake in its front matter is named in the issue about Problems, until it is mended", async () => {
    const repository = await documented("docs-mistaken");
    await ask("issue", repository);
    const push = async (front: string) => {
      const page = `---\n${front}\n---\n${LANTERN_DOCS["docs/network.md"]}`;
      world.sandbox.as("octocat").commitFile(repository, "docs/network.md", page);
      await world.rest();
      return world.sandbox.thread({ repository, number: 2 });
    };
    const issue = await push("title: [1, 2");
    expect(issue.title).toBe("docs/network.md needs a correction");
    expect(issue.body).toMatch(/I cannot use `docs\/network.md`[\s\S]*Line \d/);
    expect((await push("title: Network\nexpires: soon")).body).toContain("Line 3, column 1, `expires`");
    expect((await push("title: Network")).state).toBe("closed");
  });

  it("that was deleted does not answer any more", async () => {
    const repository = await documented("docs-deleted");
    await ask("issue", repository);
    world.sandbox.as("octocat").commitFile(repository, "docs/network.md", null);
    await world.rest();
    expect((await ask("issue", repository, QUESTION, "octo-guest")).comment).not.toContain("network.md");
  });

  it("that has expired does not answer", async () => {
    const page = `---\nexpires: 2020-01-01\n---\n${LANTERN_DOCS["docs/network.md"]}`;
    const repository = await documented("docs-expired", undefined, { "docs/network.md": page });
    expect((await ask("issue", repository)).comment).toBe("");
  });

  it("in the ticket's language goes before its translation", async () => {
    const german = `# Netz

## Einen Proxy für den Updater einrichten

Setze \`LANTERN_PROXY\` auf die Adresse deines Proxys. Der Updater und der Sync nehmen ihn beim nächsten Start.
Das gilt auch hinter dem Proxy einer Firma: Wie der Updater ins Netz kommt, steht hier.
`;
    const repository = await documented("docs-languages", undefined, { "docs/de/network.md": german });
    const frage = {
      title: "Wie kann ich einen Proxy für den Updater einrichten?",
      body: "Wir sitzen hinter dem Proxy einer Firma. Wie richte ich einen Proxy für den Updater ein?",
    };
    const { comment } = await ask("issue", repository, frage);
    expect(comment).toContain("docs/de/network.md");
    expect(comment).not.toContain("/docs/network.md");
    const { comment: english } = await ask("issue", repository, QUESTION, "octo-guest");
    expect(english).toContain("/docs/network.md");
    expect(english).not.toContain("docs/de/");
  });

  it("for another version than the ticket names does not answer", async () => {
    const page = (versions: string) =>
      `---\nversions: ["${versions}"]\n---\n${LANTERN_DOCS["docs/network.md"]}`;
    const repository = await documented("docs-versions", undefined, {
      "docs/network.md": page("2.x"),
      "docs/v3/network.md": page("3.x").replaceAll("LANTERN_PROXY", "LANTERN_UPDATE_PROXY"),
    });
    const asked = (version: string) => ({ ...QUESTION, body: `${QUESTION.body}\n\nVersion: ${version}` });
    const { comment: third } = await ask("issue", repository, asked("3.1.0"));
    expect(third).toContain("LANTERN_UPDATE_PROXY");
    expect(third).not.toContain("/docs/network.md");
    const { comment: second } = await ask("issue", repository, asked("2.8"), "octo-guest");
    expect(second).toContain("/docs/network.md");
    expect((await ask("issue", repository, asked("4.0"), "lisa")).comment).toBe("");
  });

  it("is quoted in harmless words, whatever it says", async () => {
    const page = `# Network ${HOSTILE}

## Configure a proxy for the updater ${HOSTILE}

Set the proxy for the updater ${HOSTILE} in LANTERN_PROXY. Configure it before the updater runs.
`;
    const repository = await documented("docs-hostile", undefined, { "docs/network.md": page });
    const { comment } = await ask("issue", repository);
    expect(comment).toContain("LANTERN\\_PROXY");
    expect(comment).not.toMatch(/@maria|#1\b|<img|\]\(https:\/\/evil/);
    expect(comment.match(/<!-- frontdesk:/g)).toHaveLength(1);
  });

  it("is linked where it lies, whatever its path and its headings are called", async () => {
    const repository = await documented("docs-paths", undefined, {
      "docs/network.md": "",
      "docs/a (b)/100% #c [d].md": LANTERN_DOCS["docs/network.md"] ?? "",
    });
    const { comment } = await ask("issue", repository);
    const [, address = ""] = /\]\((http[^)\s]+)\)/.exec(comment) ?? [];
    const { pathname, hash } = new URL(address);
    expect(decodeURIComponent(pathname)).toBe(`/${repository}/blob/HEAD/docs/a (b)/100% #c [d].md`);
    expect(hash).toBe("#configure-a-proxy-for-the-updater");
  });

  it("that is larger than half a megabyte is not even asked for", async () => {
    const huge = `# Configure a proxy for the updater\n\n${"Set the proxy for the updater. ".repeat(20_000)}`;
    const from = world.sandbox.requests.length;
    const repository = await documented("docs-huge", undefined, {
      "docs/huge.md": huge,
      "docs/network.md": "# N\n",
    });
    expect((await ask("issue", repository)).comment).not.toContain("huge.md");
    const blobs = requestsSince(world.sandbox, from).filter(({ path }) => path.includes("/git/blobs/"));
    expect(blobs).toHaveLength(5);
  });

  it("of another public repository answers where the settings name it", async () => {
    world.sandbox.createRepository(MANUAL, { files: LANTERN_DOCS });
    const repository = world.repository("named", `knowledge:\n  repositories: [${MANUAL}]\n`);
    const { comment } = await ask("issue", repository);
    expect(comment).toContain(`/${MANUAL}/blob/HEAD/docs/network.md#configure-a-proxy-for-the-updater)`);
  });

  it("of a private repository never answers in a public one, not even after it was public", async () => {
    world.sandbox.createRepository(WIKI, { files: LANTERN_DOCS, private: true });
    const settings = `knowledge:\n  repositories: [${WIKI}]\n`;
    expect((await ask("issue", world.repository("unnamed", settings))).comment).toBe("");
    world.sandbox.as("octocat").setPrivate(WIKI, false);
    await world.rest();
    const later = world.repository("later", settings);
    expect((await ask("issue", later)).comment).toContain(WIKI);
    world.sandbox.as("octocat").setPrivate(WIKI, true);
    await world.rest();
    expect((await ask("issue", later, QUESTION, "octo-guest")).comment).toBe("");
  });
});
