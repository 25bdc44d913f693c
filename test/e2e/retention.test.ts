import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, describe, expect, it } from "@jest/globals";
import { hearReactions, REACTED } from "../../src/desk/reactions.ts";
import { tick } from "../../src/desk/rounds.ts";
import { TEXTS } from "../builders/facts.ts";
import type { World } from "./world.ts";
import { KINDS_OF_THREADS, open, openWorld, ownSaid, REPOSITORY } from "./world.ts";

const DAY = 86_400_000;

describe.each(KINDS_OF_THREADS)("people of %s", (_name, kind) => {
  let world: World;
  let offset = 0;
  const now = () => Date.now() + offset;
  afterEach(() => world.close());

  it("are forgotten after as many days of silence as the settings say, and known again when they come back", async () => {
    offset = 0;
    world = await openWorld({ settings: "privacy: { retentionDays: 30 }\n", sandbox: { now } });
    const place = open(world.sandbox, kind, "mona", TEXTS.bug);
    await world.rest();
    offset += 29 * DAY;
    await tick(world.frontdesk.desk);
    await world.rest();
    expect((await world.ticket(place))?.author).toBe("mona");
    offset += 3 * DAY;
    await tick(world.frontdesk.desk);
    await world.rest();
    const forgotten = await world.ticket(place);
    expect(forgotten).toMatchObject({ author: null, anonymous: true });
    expect(JSON.stringify(forgotten)).not.toContain("mona");
    // A look that was under way meanwhile does not bring them back.
    const ratings = [{ at: now(), type: "rated", by: "mona", rating: 1, via: "reaction" }];
    const payload = JSON.stringify({ ratings, refused: true, signs: { C_1: ratings } });
    const scope = `ticket:${forgotten?.key ?? ""}` as const;
    const late = { id: "late", event: REACTED, scope, payload, receivedAt: now() };
    expect(await hearReactions(world.frontdesk.desk, late)).toBe(false);
    expect(await world.ticket(place)).toEqual(forgotten);
    world.sandbox.as("mona").comment(place, "It still happens.");
    await world.rest();
    expect((await world.ticket(place))?.author).toBe("mona");
    expect((await world.ticket(place))?.anonymous).toBeUndefined();
  });
});

/** Every file of a folder, as it lies on the disk, by its path. */
function filesOf(dir: string): [path: string, bytes: string][] {
  return readdirSync(dir, { recursive: true, withFileTypes: true })
    .filter((file) => file.isFile())
    .map(({ parentPath, name }) => join(parentPath, name))
    .map((path) => [path, readFileSync(path, "latin1")]);
}

describe("the store's folder", () => {
  let world: World;
  let offset = 0;
  const now = () => Date.now() + offset;
  afterEach(() => world.close());

  const PEOPLE = ["mona", "maria", "octocat", "otto"];
  const WORDS = [
    "It happens to me as well",
    "We are looking at it together",
    "The lamp of old days is broken",
  ];
  const SETTINGS = `acknowledge: always
privacy: { retentionDays: 30 }
satisfaction: { survey: { onClose: true, everyDays: 30 } }
assignment: { enabled: true, strategy: least-loaded, for: [P0, P1, P2, P3] }
`;

  /** Which of them stand in which files. */
  const found = (what: string[]) =>
    filesOf(world.dataDir).flatMap(([path, bytes]) =>
      what.flatMap((one) => {
        const at = bytes.search(new RegExp(one, "i"));
        return at < 0 ? [] : [`${path}: ${bytes.slice(Math.max(0, at - 40), at + 60)}`];
      }),
    );

  it("names nobody, and repeats nothing that they said, after as many days", async () => {
    offset = 0;
    world = await openWorld({
      // For all repositories: who was asked is kept as long as the longest of them says.
      organisation: { public: SETTINGS },
      sandbox: { now },
      furnish: (sandbox) => {
        sandbox.createUser("otto");
        const old = open(sandbox, "issue", "otto", { title: "Old", body: "It rests." });
        sandbox.as("mona").comment(old, `${WORDS[2]}: how do I mend it?`);
      },
    });
    const { sandbox } = world;
    for (const [, kind] of KINDS_OF_THREADS) {
      const place = open(sandbox, kind, "mona", TEXTS.bug);
      await world.rest();
      const [said] = ownSaid(sandbox, place);
      if (said) sandbox.as("otto").react({ id: said.id, nodeId: said.nodeId }, "-1");
      sandbox.as("otto").comment(place, `${WORDS[0]}, and it is the same on every machine of ours.`);
      sandbox.as("maria").comment(place, `${WORDS[1]}, as far as we find the time in these days of autumn.`);
      await world.rest();
    }
    sandbox.as("maria").close({ repository: REPOSITORY, number: 2 });
    await world.rest();
    expect(found([...PEOPLE, ...WORDS]).length).toBeGreaterThan(10);
    for (let days = 0; days < 100; days += 20) {
      offset += 20 * DAY;
      await tick(world.frontdesk.desk);
      await world.rest();
    }
    expect(found([...PEOPLE, ...WORDS])).toEqual([]);
  });
});
