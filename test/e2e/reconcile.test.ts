import { afterEach, describe, expect, it } from "@jest/globals";
import { reconcile } from "../../src/desk/reconcile.ts";
import type { Faults } from "../../src/sandbox/sandbox.ts";
import { TEXTS } from "../builders/facts.ts";
import type { World } from "./world.ts";
import { KINDS_OF_THREADS, open, openWorld, ownComments } from "./world.ts";

describe.each(KINDS_OF_THREADS)("%s that no delivery told of", (_, kind) => {
  let world: World;
  let deaf = false;
  /** Happens once, while we look at discussions. */
  let meanwhile: (() => void) | null = null;
  /** A minute passes with every look at the world: GitHub's times are whole seconds. */
  let offset = 0;
  const now = () => Date.now() + offset;
  afterEach(async () => {
    await world.close();
  });

  const begin = async () => {
    deaf = false;
    offset = 0;
    const onDelivery = () => (deaf ? ({ do: "drop" } as const) : undefined);
    const onRequest: Faults["onRequest"] = ({ body }) => {
      const happens =
        body.includes("discussions(first: 50") && body.includes("UPDATED_AT") ? meanwhile : null;
      if (happens) meanwhile = null;
      happens?.();
      return undefined;
    };
    world = await openWorld({ sandbox: { now, faults: { onDelivery, onRequest } } });
    // The first look, at which the repository's cursor begins.
    await reconcile(world.frontdesk.desk);
    await rest();
    return world.sandbox;
  };

  const rest = async () => {
    await world.rest();
    offset += 60_000;
  };

  const catchUp = async () => {
    deaf = false;
    await reconcile(world.frontdesk.desk);
    await rest();
  };

  it("is triaged when we look, once", async () => {
    const sandbox = await begin();
    deaf = true;
    const place = open(sandbox, kind, "mona", TEXTS.bug);
    await rest();
    expect(sandbox.labels(place)).toEqual([]);
    await catchUp();
    await catchUp();
    expect(sandbox.labels(place)).toEqual(["bug"]);
  });

  it("is triaged when it was opened while we were looking, long before the end of that", async () => {
    const sandbox = await begin();
    const other = open(sandbox, "discussion", "mona", TEXTS.unclear);
    await rest();
    deaf = true;
    let place = other;
    meanwhile = () => {
      place = open(sandbox, kind, "mona", TEXTS.bug);
      offset += 300_000;
      sandbox.as("maria").comment(other, "Which picture?");
    };
    await reconcile(world.frontdesk.desk);
    await rest();
    await catchUp();
    expect(sandbox.labels(place)).toEqual(["bug"]);
  });

  it("is triaged when a later delivery tells that it is there", async () => {
    const sandbox = await begin();
    deaf = true;
    const place = open(sandbox, kind, "mona", TEXTS.bug);
    await rest();
    deaf = false;
    sandbox.as("maria").label(place, "help wanted");
    await rest();
    expect(sandbox.labels(place)).toEqual(["help wanted", "bug"]);
  });

  it("whose edit was lost is read anew when a later delivery shows it", async () => {
    const sandbox = await begin();
    const place = open(sandbox, kind, "mona", TEXTS.bug);
    await rest();
    deaf = true;
    sandbox.as("mona").edit(place, TEXTS.feature);
    await rest();
    deaf = false;
    sandbox.as("maria").comment(place, "We look into it.");
    await rest();
    await catchUp();
    expect(sandbox.labels(place)).toEqual(["enhancement"]);
  });

  it("keeps a removal of our label that we did not hear of", async () => {
    const sandbox = await begin();
    const place = open(sandbox, kind, "mona", TEXTS.bug);
    await rest();
    deaf = true;
    sandbox.as("maria").unlabel(place, "bug");
    await rest();
    await catchUp();
    sandbox.as("mona").edit(place, { body: `${TEXTS.bug.body}\n\nStill there.` });
    await rest();
    expect(sandbox.labels(place)).toEqual([]);
  });

  it("hears a comment late, and only once", async () => {
    const sandbox = await begin();
    const place = open(sandbox, kind, "mona", TEXTS.bug);
    await rest();
    deaf = true;
    sandbox.as("mona").comment(place, "/not-helpful");
    await rest();
    await catchUp();
    expect(sandbox.labels(place)).toEqual(["bug", "needs-human"]);
    sandbox.as("maria").unlabel(place, "needs-human");
    await rest();
    await catchUp();
    expect(sandbox.labels(place)).toEqual(["bug"]);
    expect(ownComments(sandbox, place)).toEqual([]);
  });
});

describe("a look at what was missed", () => {
  let world: World;
  afterEach(async () => {
    await world.close();
  });

  it.each([
    ["failed deliveries", "/app/hook/deliveries"],
    ["installations", "/app/installations"],
    ["an installation's repositories", "/installation/repositories"],
    ["a repository's changes", "/repos/octo-org/lantern/issues"],
  ])("is not whole while GitHub does not answer for %s", async (_, path) => {
    let down = false;
    const onRequest: Faults["onRequest"] = (request) =>
      down && request.method === "GET" && request.path.split("?")[0]?.endsWith(path)
        ? { do: "answer", status: 502 }
        : undefined;
    world = await openWorld({ sandbox: { faults: { onRequest } } });
    const { desk } = world.frontdesk;
    expect(await reconcile(desk)).toBe(true);
    down = true;
    expect(await reconcile(desk)).toBe(false);
    down = false;
    expect(await reconcile(desk)).toBe(true);
  });
});
