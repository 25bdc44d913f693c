import { type ChildProcess, spawn } from "node:child_process";
import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import { openLowdbStore } from "../../src/store/lowdb/open.ts";
import type { Store } from "../../src/store/store.ts";

const WRITER = fileURLToPath(new URL("crash-writer.mjs", import.meta.url));

interface Writer {
  process: ChildProcess;
  lines: () => string[];
  ready: Promise<void>;
}

function startWriter(dir: string, round: string): Writer {
  const process_ = spawn(process.execPath, [WRITER, dir, round], { stdio: ["ignore", "pipe", "inherit"] });
  let text = "";
  const ready = new Promise<void>((resolve, reject) => {
    process_.stdout?.on("data", (chunk) => {
      text += chunk;
      if (text.includes("ready\n")) resolve();
    });
    process_.on("exit", (code) => reject(new Error(`the writer ended with ${code}`)));
  });
  return { process: process_, lines: () => text.split("\n").slice(0, -1), ready };
}

async function kill({ process }: Writer): Promise<void> {
  const closed = new Promise((resolve) => process.on("close", resolve));
  process.kill("SIGKILL");
  await closed;
}

/** What a document of the writer looks like. */
interface Grown {
  step: number;
  delivery: string;
}

/** Checks that the store holds everything that was promised, and nothing by halves. */
async function expectPromises(store: Store, lines: string[], seen: Map<string, number>): Promise<void> {
  const committed = new Map<string, number>();
  const settled = new Map<string, number>();
  for (const [verb, id, step] of lines.map((line) => line.split(" ") as [string, string, string])) {
    if (verb === "committed") committed.set(id, Number(step));
    if (verb === "settled") settled.set(id, Number(step));
  }
  for (const [id, step] of committed) {
    const document = (await store.read("ticket", id)) as unknown as Grown;
    expect(document.step).toBeGreaterThanOrEqual(step);
    // One step more than was said, or than the last look saw: a writer may be killed before it says its only step.
    expect(document.step).toBeLessThanOrEqual(Math.max(step, seen.get(id) ?? 0) + 1);
    seen.set(id, document.step);
    const outcomes = Object.keys(await store.outcomes(`ticket:${id}`)).length;
    const open = (await store.outbox(`ticket:${id}`)).map(({ key }) => key);
    // The document, its action and its delivery are of one commit.
    expect(outcomes + open.length).toBe(document.step);
    expect(outcomes).toBeGreaterThanOrEqual(settled.get(id) ?? 0);
    const pending = (await store.pending(`ticket:${id}`)).map((delivery) => delivery.id);
    expect(pending).not.toContain(document.delivery);
  }
  for (const line of lines.filter((text) => text.startsWith("received "))) {
    const [, delivery, id] = line.split(" ") as [string, string, string];
    const again = {
      id: delivery,
      event: "issues",
      scope: `ticket:${id}` as const,
      payload: "",
      receivedAt: 0,
    };
    expect(await store.receive(again)).toBe(false);
  }
}

describe("a lowdb store whose process is killed", () => {
  let dir: string;
  beforeEach(() => {
    dir = mkdtempSync(join(tmpdir(), "frontdesk-crash-"));
  });
  afterEach(() => rmSync(dir, { recursive: true }));

  it("keeps every promise, and no half commit, over ten kills in the middle of writes", async () => {
    const lines: string[] = [];
    const damage: string[] = [];
    const seen = new Map<string, number>();
    let finished = 0;
    for (let round = 0; round < 10; round++) {
      const writer = startWriter(dir, `${round}`);
      await writer.ready;
      await new Promise((resolve) => setTimeout(resolve, 60 + 23 * round));
      await kill(writer);
      lines.push(...writer.lines());
      const store = await openLowdbStore({ dir, now: Date.now, onDamage: (message) => damage.push(message) });
      await expectPromises(store, lines, seen);
      for (const { scope } of await store.openScopes()) {
        const left = (await store.pending(scope)).map(({ id }) => id);
        finished += left.length;
        await store.discard(left);
      }
      for await (const ticket of store.tickets()) {
        const scope = `ticket:${ticket.key}` as const;
        for (const { key } of await store.outbox(scope)) {
          await store.settle({
            scope: "ticket",
            id: ticket.key,
            key,
            outcome: { type: "done" },
            patch: {},
            at: 0,
          });
        }
      }
      expect(await store.openScopes()).toEqual([]);
      await store.close();
    }
    expect(lines.filter((line) => line.startsWith("committed")).length).toBeGreaterThan(100);
    // Something was cut off somewhere, else nothing was tested.
    expect(finished).toBeGreaterThan(0);
    expect(damage.every((message) => /bytes \d+ to \d+ cannot be read/.test(message))).toBe(true);
    expect(readdirSync(dir)).not.toContain("corrupt");
  }, 60_000);

  it("refuses a second process with its holder's name, and is free when that one is dead", async () => {
    const holder = startWriter(dir, "hold");
    await holder.ready;
    const attempt = openLowdbStore({ dir, now: Date.now });
    await expect(attempt).rejects.toThrow(
      new RegExp(`held by process ${holder.process.pid} on .+DATA_DIR.+DATABASE_URL`, "s"),
    );
    await kill(holder);
    const store = await openLowdbStore({ dir, now: Date.now });
    await expect(store.ping()).resolves.toBeUndefined();
    await store.close();
    expect(readdirSync(dir).filter((name) => name.includes("lock"))).toEqual([]);
  });
});
