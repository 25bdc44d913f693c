import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import type { Desk } from "../../src/desk/desk.ts";
import { knowInstallation, newRepository } from "../../src/desk/knowledge.ts";
import { knownLabels } from "../../src/desk/labels.ts";
import { reconcile } from "../../src/desk/reconcile.ts";
import { tendProblems } from "../../src/desk/tend-problems.ts";
import type { Faults } from "../../src/sandbox/sandbox.ts";
import type { Repository } from "../../src/ticket/repository.ts";
import type { World } from "../e2e/world.ts";
import { openWorld, REPOSITORY, until } from "../e2e/world.ts";

let world: World;
let desk: Desk;
let repository: Repository;
/** What happens while GitHub answers. */
let meanwhile: (path: string) => void = () => undefined;

beforeAll(async () => {
  const onRequest: NonNullable<Faults["onRequest"]> = ({ path }) => {
    meanwhile(path);
    return undefined;
  };
  world = await openWorld({ settings: "mode: typo\n", sandbox: { faults: { onRequest } }, errors: true });
  desk = world.frontdesk.desk;
  await until(async () => (await desk.store.repositories()).some(({ forms }) => forms !== null));
  const found = (await desk.store.repositories()).find(({ fullName }) => fullName === REPOSITORY);
  if (!found) throw new Error("the repository is not known");
  repository = found;
});
afterAll(() => world.close());

const id = () => String(repository.id);
const stored = async () => (await desk.store.read("repository", id())) as Repository;

/** Lets something happen once, while a request whose path ends so is under way; resolves when it has happened. */
function during(ending: string, happen: () => Promise<void>): () => Promise<void> {
  let happened: Promise<void> | null = null;
  meanwhile = (path) => {
    if (path.split("?")[0]?.endsWith(ending)) happened ??= happen();
  };
  return async () => {
    meanwhile = () => undefined;
    if (!happened) throw new Error(`nobody asked for ${ending}`);
    await happened;
  };
}

describe("what is written while something else is under way stays", () => {
  it("when the Problems of the settings are shown", async () => {
    await desk.store.merge("repository", id(), {
      settings: { sha: "1", lastGood: "mode: label\n", broken: "mode: typo\n", readAt: 1 },
      problemIssue: null,
      labels: null,
    });
    const labels = [{ name: "new", color: "ffffff", description: "", nodeId: null }];
    const read: Desk["store"]["read"] = async (scope, key) => {
      const found = await desk.store.read(scope, key);
      if (scope === "installation") await desk.store.merge("repository", id(), { labels });
      return found;
    };
    await tendProblems({ ...desk, store: { ...desk.store, read } }, `repository:${repository.id}`);
    expect(await stored()).toMatchObject({ labels, problemIssue: { open: true } });
  });

  it("when a push brings newer settings than the reading that is under way", async () => {
    const installation = String(world.app.installationId);
    await desk.store.merge("installation", installation, { organisationSettings: null, suspended: true });
    const readAt = desk.now() + 60_000;
    const newer = { sha: "2", lastGood: "mode: label\n", broken: null, readAt };
    const done = during("/contents/.github/frontdesk.yml", () =>
      desk.store.merge("installation", installation, { organisationSettings: newer }),
    );
    const known = await knowInstallation(desk, world.app.installationId, "octo-org");
    await done();
    expect(known).toMatchObject({ organisationSettings: newer, suspended: true });
    expect(await desk.store.read("installation", installation)).toEqual(known);
    await desk.store.merge("installation", installation, { suspended: false });
  });

  it("when a webhook says that the labels which are being read have changed", async () => {
    await desk.store.merge("repository", id(), { labels: null });
    const done = during("/labels", () =>
      desk.store.merge("repository", id(), { labels: null, staleAt: desk.now() + 1 }),
    );
    const octokit = await desk.clients.installation(world.app.installationId);
    expect(await knownLabels(desk, octokit, await stored())).not.toEqual([]);
    await done();
    expect((await stored()).labels).toBeNull();
  });

  it("when a repository is added while reconciling asks which ones there are", async () => {
    const where = {
      installationId: world.app.installationId,
      repositoryId: 999_999,
      repository: "octo-org/late",
    };
    const document = newRepository({ ...where, private: false, archived: true }, desk.now());
    const done = during("/installation/repositories", () =>
      desk.store.commit({ scope: "repository", id: "999999", document }),
    );
    await reconcile(desk);
    await done();
    expect(await desk.store.read("repository", "999999")).toMatchObject({ gone: false });
  });
});
