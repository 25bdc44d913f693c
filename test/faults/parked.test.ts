import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { afterEach, describe, expect, it } from "@jest/globals";
import { examineStore } from "../../src/cli/doctor/store-checks.ts";
import { TEXTS } from "../builders/facts.ts";
import { open, ownComments } from "../e2e/world.ts";
import type { Trial } from "./trial.ts";
import { openTrial } from "./trial.ts";

const CLI = fileURLToPath(new URL("../../dist/cli.js", import.meta.url));

describe("an action that GitHub understands and refuses eight times", () => {
  let trial: Trial;
  afterEach(() => trial.close());

  /** GitHub answers 422 to every comment of the desk that runs now. */
  const refuseComments = async () => {
    const { desk } = trial.frontdesk();
    const installation = trial.sandbox.state.installations.keys().next().value ?? 0;
    const octokit = await desk.clients.installation(installation);
    octokit.hook.before("request", ({ method, url }) => {
      if (method === "POST" && url.endsWith("/comments")) {
        throw Object.assign(new Error("Validation Failed"), { status: 422 });
      }
    });
  };

  it("is parked with its reason, seen by frontdesk doctor, and done after frontdesk retry", async () => {
    trial = await openTrial({});
    await refuseComments();
    const place = open(trial.sandbox, "issue", "mona", TEXTS.bug);
    await trial.rest();
    const { desk } = trial.frontdesk();
    for (let tries = 1; tries < 8; tries++) {
      expect(await desk.store.parked()).toEqual([]);
      trial.pass(3_600_000);
      for (const { scope } of await desk.store.openScopes()) await desk.queue.push(scope);
      await trial.rest();
    }
    const [parked, ...more] = await desk.store.parked();
    expect(more).toEqual([]);
    expect(parked?.reason).toContain("Validation Failed");
    expect(await desk.store.openScopes()).toEqual([]);
    // What was not refused is done: one poor action does not take the others with it.
    expect(trial.sandbox.labels(place)).toEqual(["bug"]);
    const findings = await examineStore(
      { dataDir: trial.dataDir },
      { variables: {}, allowedHosts: [] },
      Date.now(),
    );
    expect(JSON.stringify(findings)).toContain("Validation Failed");
    expect(JSON.stringify(findings)).toContain("frontdesk retry");
    await trial.stop();
    const env = { PATH: process.env.PATH, DATA_DIR: trial.dataDir } as NodeJS.ProcessEnv;
    expect(spawnSync(process.execPath, [CLI, "retry"], { env }).status).toBe(0);
    await trial.heal();
    expect(ownComments(trial.sandbox, place)).toHaveLength(1);
    expect(await trial.frontdesk().desk.store.parked()).toEqual([]);
  });
});

describe("a label that was deleted while we thought it there", () => {
  let trial: Trial;
  afterEach(() => trial.close());

  it.each(["issue", "discussion"] as const)(
    "is made again for the next %s, and nothing is parked",
    async (kind) => {
      let deaf = false;
      const onDelivery = () => (deaf ? ({ do: "drop" } as const) : undefined);
      trial = await openTrial({ sandbox: { faults: { onDelivery } } });
      open(trial.sandbox, kind, "mona", TEXTS.bug);
      await trial.rest();
      deaf = true;
      trial.sandbox.as("octocat").deleteLabel("octo-org/lantern", "enhancement");
      await trial.rest();
      deaf = false;
      const place = open(trial.sandbox, kind, "mona", TEXTS.feature);
      await trial.rest();
      expect(trial.sandbox.labels(place)).toEqual(["enhancement"]);
      expect(await trial.frontdesk().desk.store.parked()).toEqual([]);
    },
  );
});
