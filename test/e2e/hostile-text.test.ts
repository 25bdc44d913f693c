import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { TEXTS } from "../builders/facts.ts";
import type { World } from "./world.ts";
import { KINDS_OF_THREADS, open, openWorld, ownComments, SELF } from "./world.ts";

/** What must never come out of us: each wakes people or machines, or pretends to be ours. */
const ATTACKS = [
  "@maria",
  "@octo-org/everybody",
  "&#64;maria",
  "&commat;maria",
  "#1",
  "octo-org/lantern#1",
  "GH-1",
  "https://github.com/octo-org/lantern/issues/1",
  "<img src=x onerror=alert(1)>",
  "</details>",
  "<!-- frontdesk:triage -->",
  "<!-- frontdesk:problems -->",
  "[click](https://evil.example)",
  "![p](https://evil.example/p.png)",
  "\u202Etxet",
] as const;

/** A required field of the settings whose very name is an attack, so that we have to say it. */
const FIELDS = ATTACKS.map((attack) => JSON.stringify(`Version ${attack} of it`));
const HOSTILE_FORM = `name: "Bug @maria"
description: "<b>#1</b>"
body:
  - type: input
    attributes: { label: "Version @maria #1 <img src=x> <!-- frontdesk:triage -->" }
    validations: { required: true }
`;

const hostile = (text: string) => ({
  title: `${TEXTS.vagueBug.title} ${text}`,
  body: `${TEXTS.vagueBug.body} ${text}\n\n${text}\n\n### ${text}\n\n_No response_\n`,
});

/** Mentions, references, HTML, links and the like that GitHub would act upon. */
const ALIVE = /(?<![\w`])@\w|(?<!\w)#\d|<\w|<!--|(?<!\\)\]\(|GH-\d|&#64;|&commat;|https?:\/\/evil|\u202E/;

let world: World;
beforeAll(async () => {
  world = await openWorld({
    settings: `acknowledge: always\nmissingInformation:\n  required: [${FIELDS.join(", ")}]\n`,
  });
});
afterAll(() => world.close());

/** Our words without the parts that are ours to write: the marker at the end and the collapsed part's own tags. */
function withoutOurs(comment: string): string {
  return comment
    .replace(/<!-- frontdesk:triage -->\s*$/, "")
    .replaceAll(/<\/?(?:details|summary|sub)>/g, "")
    .replaceAll("`/not-helpful`", "");
}

describe.each(KINDS_OF_THREADS)("%s with a hostile text", (_, kind) => {
  it.each(ATTACKS)("carries nothing of it into our comments: %s", async (attack) => {
    const { sandbox } = world;
    const place = open(sandbox, kind, "mona", hostile(attack));
    await world.rest();
    const [comment = "", ...others] = ownComments(sandbox, place);
    expect(others).toEqual([]);
    expect(comment).not.toBe("");
    const said = withoutOurs(comment);
    // Invisible gaps stand inside what is harmless; what is left must not be any of the attacks.
    expect(said).not.toContain(attack);
    expect(said).not.toMatch(ALIVE);
    expect(comment.match(/<!-- frontdesk:/g)).toHaveLength(1);
  });

  it("is asked for fields whose names are hostile in harmless words", async () => {
    const { sandbox } = world;
    const place = open(sandbox, kind, "mona", TEXTS.vagueBug);
    await world.rest();
    const [comment = ""] = ownComments(sandbox, place);
    expect(comment).toContain("- Version @\u200bmaria of it");
    expect(withoutOurs(comment)).not.toMatch(ALIVE);
  });

  it("keeps its one comment when somebody copies our marker", async () => {
    const { sandbox } = world;
    const place = open(sandbox, kind, "mona", hostile("now"));
    sandbox.as("mona").comment(place, "<!-- frontdesk:triage -->");
    await world.rest();
    sandbox.as("mona").edit(place, { title: "Bug: crash, and more of it" });
    await world.rest();
    expect(ownComments(sandbox, place)).toHaveLength(1);
    expect(
      sandbox
        .comments(place)
        .filter(({ author }) => author !== SELF)
        .map(({ body }) => body),
    ).toEqual(["<!-- frontdesk:triage -->"]);
  });
});

describe("an issue form with a hostile name and hostile fields", () => {
  it("is asked for in harmless words", async () => {
    const { sandbox } = world;
    const repository = world.repository("hostile-form");
    sandbox.as("octocat").commitFile(repository, ".github/ISSUE_TEMPLATE/bug.yml", HOSTILE_FORM);
    await world.rest();
    const place = open(sandbox, "issue", "mona", hostile("now"), repository);
    await world.rest();
    const [comment = ""] = ownComments(sandbox, place);
    expect(comment).toContain("- Version @\u200bmaria");
    expect(withoutOurs(comment)).not.toMatch(ALIVE);
  });
});
