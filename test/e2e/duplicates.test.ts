import { afterAll, beforeAll, beforeEach, describe, expect, it } from "@jest/globals";
import { WEBHOOK_PATH } from "../../src/app.ts";
import type { Report, World } from "./world.ts";
import { KINDS_OF_THREADS, open, openWorld, ownComments, requestsSince } from "./world.ts";

/** Reports of other things, so that words have their weight. */
const OTHERS: Report[] = [
  {
    title: "Colours are wrong in the dark theme",
    body: "Since version 3.1.0 the legend is unreadable in dark mode.",
  },
  {
    title: "Export to CSV loses the last row",
    body: "lantern export writes all rows but the last. Version 3.0.2.",
  },
  {
    title: "High memory use with many boards",
    body: "With 40 boards open it takes 3 GB of memory. Version 3.2.0.",
  },
  {
    title: "Keyboard shortcut s does nothing",
    body: "Pressing s does not copy a link. Version 3.2.1, macOS.",
  },
];

const TRACE = `

\`\`\`
RangeError: offset out of range
    at ZonedAxis.tick (axis.js:88:14)
    at drawAxis (chart.js:310:9)
\`\`\`
`;
const ORIGINAL: Report = {
  title: "Charts with a time axis fail after daylight saving time: offset out of range",
  body: `After the change to daylight saving time all charts with a time axis fail. Version 3.2.1.${TRACE}`,
};
const AGAIN: Report = {
  title: "RangeError: offset out of range in ZonedAxis",
  body: `Since the change to daylight saving time, charts with a time axis fail. Version 3.2.1.${TRACE}`,
};
/** What GitHub would act upon, in the title of an original. */
const HOSTILE = "@maria #1 <img src=x> [click](https://evil.example) <!-- frontdesk:triage -->";

let world: World;
beforeAll(async () => {
  world = await openWorld();
  for (const login of ["lisa", "octo-guest"]) world.sandbox.createUser(login);
});
// GitHub takes 80 comments and issues a minute.
beforeEach(() => world.pass(60));
afterAll(() => world.close());

/** A repository with a backlog and an original in it. */
async function backlog(kind: "issue" | "discussion", name: string, settings?: string, original = ORIGINAL) {
  const repository = world.repository(`${name}-${kind}`, settings);
  for (const report of OTHERS) open(world.sandbox, "issue", "mona", report, repository);
  const place = open(world.sandbox, kind, "lisa", original, repository);
  await world.rest();
  return { repository, original: place };
}

describe.each(KINDS_OF_THREADS)("%s that repeats", (_, kind) => {
  const repeat = async (repository: string, report = AGAIN) => {
    const place = open(world.sandbox, kind, "mona", report, repository);
    await world.rest();
    return place;
  };

  it("an open one gets a link to it, and the label", async () => {
    const { repository, original } = await backlog(kind, "open");
    const place = await repeat(repository);
    const [comment = "", ...others] = ownComments(world.sandbox, place);
    expect(others).toEqual([]);
    expect(comment).toContain(`(#\u200b${original.number})](`);
    expect(comment).toContain(`/${repository}/${kind}s/${original.number})`);
    expect(comment).toContain("which is still open");
    expect(world.sandbox.labels(place)).toContain("possible-duplicate");
    expect(world.sandbox.labels(original)).not.toContain("possible-duplicate");
  });

  it.each([
    ["completed", "which has been fixed"],
    ["not_planned", "it may be a regression"],
  ] as const)("one that was closed as %s is told so", async (reason, said) => {
    const { repository, original } = await backlog(kind, reason.replace("_", "-"));
    world.sandbox.as("maria").close(original, reason);
    await world.rest();
    const place = await repeat(repository);
    expect(ownComments(world.sandbox, place)[0]).toContain(said);
  });

  it("one from before we came is found in the backlog", async () => {
    world.sandbox.setWebhookUrl("http://127.0.0.1:9/");
    const { repository, original } = await backlog(kind, "before");
    world.sandbox.setWebhookUrl(`${world.frontdesk.url}${WEBHOOK_PATH}`);
    const place = await repeat(repository);
    expect(ownComments(world.sandbox, place)[0]).toContain(`(#\u200b${original.number})](`);
  });

  it("is left to people when its reporter says that it does not", async () => {
    const { repository } = await backlog(kind, "veto");
    const place = await repeat(repository);
    world.sandbox.as("mona").comment(place, "/not-helpful");
    await world.rest();
    const [comment = "", ...others] = ownComments(world.sandbox, place);
    expect(others).toEqual([]);
    expect(comment).toContain("I have taken it back");
    expect(comment).not.toContain("This looks like");
    expect(world.sandbox.labels(place)).not.toContain("possible-duplicate");
    world.sandbox.as("mona").edit(place, { body: `${AGAIN.body}\nStill.` });
    await world.rest();
    expect(world.sandbox.labels(place)).not.toContain("possible-duplicate");
  });

  it("a duplicate is sent to the root", async () => {
    const { repository, original } = await backlog(kind, "root");
    const second = open(world.sandbox, kind, "octocat", AGAIN, repository);
    await world.rest();
    world.sandbox.as("maria").comment(second, `Duplicate of #${original.number}`);
    world.sandbox.as("maria").close(second, "duplicate");
    await world.rest();
    const place = await repeat(repository);
    const [comment = ""] = ownComments(world.sandbox, place);
    expect(comment).toContain(`/${kind}s/${original.number})`);
    expect(comment).not.toContain(`/${kind}s/${second.number})`);
  });

  it("a report of a vulnerability is never led to it", async () => {
    const secret = { ...ORIGINAL, title: `Remote code execution: ${ORIGINAL.title}` };
    const { repository, original } = await backlog(kind, "secret", undefined, secret);
    const place = await repeat(repository);
    expect(ownComments(world.sandbox, place).join()).not.toContain(`/${original.number})`);
    expect(world.sandbox.labels(place)).not.toContain("possible-duplicate");
  });

  it("one with a hostile title says it in harmless words", async () => {
    const hostile = { ...ORIGINAL, title: `${ORIGINAL.title} ${HOSTILE}` };
    const { repository, original } = await backlog(kind, "hostile", undefined, hostile);
    const place = await repeat(repository);
    const [comment = ""] = ownComments(world.sandbox, place);
    expect(comment).toContain(`/${original.number})`);
    expect(comment).not.toMatch(/@maria|#1\b|<img|\]\(https:\/\/evil/);
    expect(comment.match(/<!-- frontdesk:/g)).toHaveLength(1);
  });

  it.each(["observe", "label"])("gets neither link nor label in the mode %s", async (mode) => {
    const { repository } = await backlog(kind, mode, `mode: ${mode}\n`);
    const from = world.sandbox.requests.length;
    const place = await repeat(repository);
    expect(ownComments(world.sandbox, place)).toEqual([]);
    expect(world.sandbox.labels(place)).not.toContain("possible-duplicate");
    const writes = requestsSince(world.sandbox, from).filter(({ isWrite }) => isWrite);
    if (mode === "observe") expect(writes).toEqual([]);
    expect((await world.ticket(place))?.suggestions?.duplicates).toHaveLength(1);
  });
});

const CLOSE = "duplicates:\n  close: true\n";

describe.each(KINDS_OF_THREADS)("%s that repeats, where settings ask to close it,", (_, kind) => {
  const repeat = async (repository: string, as = "mona") => {
    const place = open(world.sandbox, kind, as, AGAIN, repository);
    await world.rest();
    return { place, thread: () => world.sandbox.thread(place) };
  };

  it("an open one is closed as its duplicate, and says so", async () => {
    const { repository, original } = await backlog(kind, "close", CLOSE);
    const { place, thread } = await repeat(repository);
    expect(thread()).toMatchObject({ state: "closed", stateReason: "duplicate" });
    const [comment = ""] = ownComments(world.sandbox, place);
    expect(comment).toContain(`/${kind}s/${original.number})`);
    expect(comment).toContain("I have closed this one");
    expect(world.sandbox.thread(original).state).toBe("open");
  });

  it("is open again when its reporter comments, and stays so", async () => {
    const { repository } = await backlog(kind, "close-reopen", CLOSE);
    const { place, thread } = await repeat(repository);
    world.sandbox.as("mona").comment(place, "That one is about another chart.");
    await world.rest();
    expect(thread().state).toBe("open");
    world.sandbox.as("mona").edit(place, { body: `${AGAIN.body}\nStill.` });
    await world.rest();
    expect(thread().state).toBe("open");
  });

  it("is open again when its reporter says that it did not help", async () => {
    const { repository } = await backlog(kind, "close-veto", CLOSE);
    const { place, thread } = await repeat(repository);
    world.sandbox.as("mona").comment(place, "/not-helpful");
    await world.rest();
    expect(thread().state).toBe("open");
    expect(world.sandbox.labels(place)).not.toContain("possible-duplicate");
  });

  it("a closed one stays open", async () => {
    const { repository, original } = await backlog(kind, "close-closed", CLOSE);
    world.sandbox.as("maria").close(original);
    await world.rest();
    const { thread } = await repeat(repository);
    expect(thread().state).toBe("open");
  });

  it("stays open where nothing is sure enough", async () => {
    const { repository } = await backlog(kind, "close-unsure", `${CLOSE}  targetPrecision: 0.999\n`);
    const { thread } = await repeat(repository);
    expect(thread().state).toBe("open");
  });

  it("leads the next one to the same root", async () => {
    const { repository, original } = await backlog(kind, "close-root", CLOSE);
    await repeat(repository, "octo-guest");
    const { place } = await repeat(repository);
    expect(ownComments(world.sandbox, place)[0]).toContain(`/${kind}s/${original.number})`);
    expect(ownComments(world.sandbox, place)).toHaveLength(1);
  });
});

describe("an issue that repeats one of another repository", () => {
  const settingsFor = (name: string) => `duplicates:\n  close: true\n  repositories: [octo-org/${name}]\n`;

  async function elsewhere(name: string, isPrivate = false) {
    const { repository, original } = await backlog("issue", name);
    if (isPrivate) world.sandbox.as("octocat").setPrivate(repository, true);
    await world.rest();
    return { name: repository.split("/")[1] ?? "", repository, original };
  }

  const repeatIn = async (repository: string) => {
    const place = open(world.sandbox, "issue", "mona", AGAIN, repository);
    await world.rest();
    return place;
  };

  it("is led there where settings name it, and is not closed", async () => {
    const home = await elsewhere("core");
    const place = await repeatIn(world.repository("plugin", settingsFor(home.name)));
    const [comment = ""] = ownComments(world.sandbox, place);
    expect(comment).toContain(`/${home.repository}/issues/${home.original.number})`);
    expect(comment).toMatch(/core-issue#\u200b\d/);
    expect(world.sandbox.labels(place)).toContain("possible-duplicate");
    expect(world.sandbox.thread(place).state).toBe("open");
  });

  it("is not led there where settings do not name it", async () => {
    await elsewhere("unnamed-core");
    const place = await repeatIn(world.repository("unnamed-plugin"));
    expect(ownComments(world.sandbox, place)).toEqual([]);
  });

  it("is never led to a private one from a public one", async () => {
    const home = await elsewhere("secret-core", true);
    const place = await repeatIn(world.repository("open-plugin", settingsFor(home.name)));
    expect(ownComments(world.sandbox, place).join()).not.toContain(home.name);
    expect(world.sandbox.labels(place)).not.toContain("possible-duplicate");
  });
});
