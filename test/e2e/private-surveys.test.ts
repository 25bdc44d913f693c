import { afterEach, describe, expect, it } from "@jest/globals";
import { takeFeedback } from "../../src/desk/feedback.ts";
import { tick } from "../../src/desk/rounds.ts";
import { satisfactionOf } from "../../src/desk/satisfaction.ts";
import { TEXTS } from "../builders/facts.ts";
import { DAY, HOUR, MONDAY, WEEK } from "../builders/lives.ts";
import { openWorld, ownComments, ownSaid, REPOSITORY, SETTINGS, SUPPORT, type World } from "./world.ts";

const DAY_S = 86_400;
const ASKING = "satisfaction:\n  survey: { onClose: true, everyDays: 90 }\n";
const VAULTS = ["octo-org/vault", "octo-org/safe"] as const;
const [VAULT, SAFE] = VAULTS;

let world: World;
afterEach(() => world.close());

describe("a survey at closing", () => {
  /** A ticket of mona's is closed in each of some repositories, one after the other: where she was asked. */
  const asked = async (...repositories: string[]): Promise<string[]> => {
    const { sandbox } = world;
    const found: string[] = [];
    for (const repository of repositories) {
      const place = sandbox.as("mona").openIssue(repository, TEXTS.feature);
      await world.rest();
      sandbox.as("octocat").close(place);
      await world.rest();
      if (ownComments(sandbox, place).length > 0) found.push(repository);
    }
    return found;
  };

  const begin = async () => {
    world = await openWorld({
      settings: ASKING,
      furnish: (sandbox) => {
        for (const vault of VAULTS) {
          sandbox.createRepository(vault, { private: true, files: { [SETTINGS]: ASKING } });
          sandbox.as("octocat").setRole(vault, "mona", "read");
        }
      },
    });
  };

  it("in private changes nothing in public, where it would tell who has tickets there", async () => {
    await begin();
    expect(await asked(VAULT, REPOSITORY, REPOSITORY)).toEqual([VAULT, REPOSITORY]);
  });

  it("in public or in private is the only one for a private repository", async () => {
    await begin();
    expect(await asked(VAULT, SAFE)).toEqual([VAULT]);
    world.pass(91 * DAY_S);
    expect(await asked(REPOSITORY, SAFE, VAULT)).toEqual([REPOSITORY]);
    world.pass(91 * DAY_S);
    expect(await asked(SAFE)).toEqual([SAFE]);
  });
});

describe("a word by the API", () => {
  type Says = [respondent: string | null, rating: 1 | 5];

  /** A week in which two people react in public, and some answer a survey elsewhere: what is told of it, and where. */
  const told = async (says: Record<"first" | "second" | "third", Says[]>) => {
    let at = MONDAY;
    world = await openWorld({
      settings: "acknowledge: always\n",
      organisation: { private: `support: { repository: ${SUPPORT} }\n` },
      sandbox: { now: () => at },
    });
    const { sandbox, frontdesk } = world;
    const { desk } = frontdesk;
    const home = (await desk.store.repositories()).find(({ fullName }) => fullName === REPOSITORY);
    if (!home) throw new Error("there is no repository");
    const later = async (ms: number) => {
      at += ms;
      await tick(desk);
      await world.rest();
    };
    const place = sandbox.as("mona").openIssue(REPOSITORY, TEXTS.bug);
    await world.rest();
    const [comment] = ownSaid(sandbox, place);
    if (!comment) throw new Error("there is no comment of ours");
    const said = { id: comment.id, nodeId: comment.nodeId };
    let id = 0;
    const elsewhere = async (when: keyof typeof says) => {
      for (const [respondent, rating] of says[when]) {
        id += 1;
        await takeFeedback(desk, home, {
          number: place.number,
          repository: REPOSITORY,
          respondent,
          rating,
          id: `${id}`,
        });
      }
      await later(DAY);
    };
    sandbox.createUser("otto");
    await elsewhere("first");
    sandbox.as("mona").react(said, "+1");
    sandbox.as("otto").react(said, "+1");
    await elsewhere("second");
    sandbox.as("mona").comment(place, "Is there news?");
    await later(2 * HOUR);
    sandbox.as("otto").unreact(said, "+1");
    await elsewhere("third");
    await later(7 * DAY);
    const reports = (fullName: string) =>
      sandbox
        .threads(fullName)
        .map(({ body }) => body)
        .filter((body) => body.includes("<!-- frontdesk:report:"))
        // The server's address.
        .map((body) => body.replace(/localhost:\d+/g, "localhost"));
    const found = {
      open: reports(REPOSITORY),
      hidden: reports(SUPPORT),
      api: await satisfactionOf(desk, home, WEEK),
    };
    await world.close();
    return found;
  };

  it("is in no public report, and takes no word from it; in private it counts", async () => {
    const silent = await told({ first: [], second: [], third: [] });
    const spoken = await told({
      first: [
        ["otto", 5],
        ["mona", 5],
        [null, 1],
      ],
      second: [
        ["mona", 1],
        ["carl", 1],
      ],
      third: [["mona", 1]],
    });
    expect(spoken.open).toEqual(silent.open);
    expect(spoken.open.join()).toContain("| Satisfied (CSAT) | 100% (21%–100%) |  | – | 1 |");
    expect(silent.api).toMatchObject({ rated: 1, satisfied: 1 });
    // Otto's word elsewhere stands when he takes back what he said here; mona's was the last of hers.
    expect(spoken.api).toMatchObject({ rated: 4, satisfied: 1 });
    expect(spoken.hidden.join()).toContain("25% (5%–70%), 4 |");
    expect(silent.hidden.join()).toContain("100% (21%–100%), 1 |");
  });
});
