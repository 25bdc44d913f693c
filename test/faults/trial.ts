import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import type { Frontdesk } from "../../src/app.ts";
import { startFrontdesk, WEBHOOK_PATH } from "../../src/app.ts";
import { reconcile } from "../../src/desk/reconcile.ts";
import type { Faults, Sandbox, SandboxOptions } from "../../src/sandbox/sandbox.ts";
import { createSandbox } from "../../src/sandbox/sandbox.ts";
import { EVENTS, furnish, PERMISSIONS } from "../e2e/world.ts";
import type { Boundary, Fate, Life } from "./life.ts";
import { live } from "./life.ts";

const MINUTE = 60_000;

/** Rounds of looking for what was missed, a minute and later an hour apart: more than any backoff needs. */
const MOST_ROUNDS = 40;

/** A desk in a world of faults, which can die and be started again on what it left behind. */
export interface Trial {
  sandbox: Sandbox;
  life: () => Life;
  frontdesk: () => Frontdesk;
  /** Folder of the embedded store. */
  dataDir: string;
  /** Lets time pass, in milliseconds, without anybody waiting for it. */
  pass: (ms: number) => void;
  /** Kills the desk and leaves its folder to others. */
  stop: () => Promise<void>;
  /** Starts the desk again, if it is dead. */
  revive: () => Promise<void>;
  /** The desk has taken up what it left and looked for what it missed since it was started, or is dead again. */
  opened: () => Promise<void>;
  /** Everything that was to happen now has happened, or the desk is dead. */
  rest: () => Promise<void>;
  /** The faults are over: looks for what was missed until nothing is left. */
  heal: () => Promise<void>;
  close: () => Promise<void>;
}

export interface TrialOptions {
  /** What becomes of a boundary; faults end with the script. */
  fateOf?: (boundary: Boundary) => Fate;
  sandbox?: SandboxOptions;
  databaseUrl?: string;
}

export async function openTrial({ fateOf, sandbox: options, databaseUrl }: TrialOptions): Promise<Trial> {
  let offset = 0;
  let faulty = false;
  const now = () => Date.now() + offset;
  const { onRequest, onDelivery } = options?.faults ?? {};
  const faults: Faults = {
    onRequest: (seen) => (faulty ? onRequest?.(seen) : undefined),
    onDelivery: (parcel) => (faulty ? onDelivery?.(parcel) : undefined),
  };
  const sandbox = await createSandbox({ ...options, now, faults });
  furnish(sandbox, { settings: "acknowledge: always\n" });
  const installation = { slug: "frontdesk", account: "octo-org", permissions: PERMISSIONS, events: EVENTS };
  const credentials = sandbox.installApp(installation);
  const dataDir = mkdtempSync(join(tmpdir(), "frontdesk-faults-"));
  let frontdesk!: Frontdesk;
  let life!: Life;
  const start = async () => {
    frontdesk = await startFrontdesk({
      credentials,
      github: { host: sandbox.host, protocol: "http" },
      logLevel: process.env.LOG_LEVEL ?? "silent",
      logFormat: "json",
      dataDir,
      databaseUrl: databaseUrl ?? null,
      host: "127.0.0.1",
      port: 0,
      reconcileSeconds: 3600,
      tickSeconds: 60,
      now,
    });
    sandbox.setWebhookUrl(`${frontdesk.url}${WEBHOOK_PATH}`);
    life = live(frontdesk, (boundary) => (faulty && fateOf ? fateOf(boundary) : "passes"));
  };
  await start();
  // The desk serves threads opened from the moment on at which it came to know of the repository.
  while ((await frontdesk.desk.store.repositories()).length < 2) await sleep(5);
  faulty = true;
  const rest = async () => {
    for (let quiet = 0; quiet < 2; quiet++) {
      await sandbox.settled();
      if (!life.dead) await frontdesk.desk.queue.idle();
    }
  };
  const opened = async () => {
    // It looks once as it opens, and once more at the end of its first round.
    const looks = () => life.boundaries.filter(({ label }) => label.startsWith("store.openScopes")).length;
    while (!life.dead && looks() < 2) await sleep(5);
  };
  let down = false;
  const stop = async () => {
    life.kill();
    if (!down) await frontdesk.stop();
    down = true;
  };
  const revive = async () => {
    if (!life.dead) return;
    await stop();
    await start();
    down = false;
  };
  const trial: Trial = {
    sandbox,
    life: () => life,
    frontdesk: () => frontdesk,
    dataDir,
    pass: (ms) => {
      offset += ms;
    },
    stop,
    revive,
    opened,
    rest,
    heal: async () => {
      faulty = false;
      await revive();
      await healed(trial);
    },
    close: async () => {
      if (!down) await frontdesk.stop();
      await sandbox.close();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
  return trial;
}

async function healed(trial: Trial): Promise<void> {
  const { desk } = trial.frontdesk();
  for (let round = 0, quiet = 0; quiet < 2; round++) {
    if (round > MOST_ROUNDS) throw new Error("it does not come to rest");
    while (desk.self === "") await sleep(5);
    await reconcile(desk);
    for (const { scope } of await desk.store.openScopes()) await desk.queue.push(scope);
    await trial.rest();
    quiet = (await desk.store.openScopes()).length === 0 ? quiet + 1 : 0;
    trial.pass(round < 5 ? 2 * MINUTE : 60 * MINUTE);
  }
}
