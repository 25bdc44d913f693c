import { afterEach, describe, expect, it } from "@jest/globals";
import { TEXTS } from "../builders/facts.ts";
import { openWorld, ownComments, REPOSITORY, SETTINGS, type World } from "./world.ts";

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
