import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { TEXTS } from "../builders/facts.ts";
import { KINDS_OF_THREADS, open, openWorld, ownComments, REPOSITORY, type World } from "./world.ts";

const SETTINGS = "satisfaction:\n  survey: { onClose: true, everyDays: 90 }\n";
const DAY_S = 86_400;

let world: World;
let other: string;
beforeAll(async () => {
  world = await openWorld({ settings: SETTINGS });
  other = world.repository("torch", SETTINGS);
  await world.rest();
});
afterAll(() => world.close());

describe.each(KINDS_OF_THREADS)("when %s is closed", (_, kind) => {
  /** Tickets of a person, closed together: how many of them were asked about. */
  const asked = async (login: string, repositories: string[]) => {
    const places = repositories.map((repository) =>
      open(world.sandbox, kind, login, TEXTS.feature, repository),
    );
    await world.rest();
    for (const place of places) world.sandbox.as("octocat").close(place);
    await world.rest();
    return places.flatMap((place) => ownComments(world.sandbox, place)).length;
  };

  it("a person is asked once in so many days, whichever repository it is in", async () => {
    const login = `nora-${kind}`;
    world.sandbox.createUser(login);
    expect(await asked(login, [REPOSITORY])).toBe(1);
    expect(await asked(login, [other])).toBe(0);
    world.pass(91 * DAY_S);
    expect(await asked(login, [other])).toBe(1);
  });

  it("a person is asked once of many that are closed together", async () => {
    const login = `olga-${kind}`;
    world.sandbox.createUser(login);
    expect(await asked(login, [REPOSITORY, other, REPOSITORY, other, REPOSITORY, other])).toBe(1);
  });

  it("a person is known whom an older version asked, which noted it with the repository", async () => {
    const login = `otto-${kind}`;
    world.sandbox.createUser(login);
    const { store, now } = world.frontdesk.desk;
    const home = (await store.repositories()).find(({ fullName }) => fullName === REPOSITORY);
    await store.merge("repository", String(home?.id), { [`surveyed:${login}`]: now() });
    expect(await asked(login, [REPOSITORY])).toBe(0);
  });
});
