import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openLowdbStore } from "../../src/store/lowdb/open.ts";
import { describeStore } from "./contract.ts";

describeStore("lowdb", async () => {
  const dir = mkdtempSync(join(tmpdir(), "frontdesk-store-"));
  return {
    open: (now) => openLowdbStore({ dir, now }),
    remove: async () => rmSync(dir, { recursive: true }),
  };
});

describeStore("lowdb (tiny segments, nothing cached)", async () => {
  const dir = mkdtempSync(join(tmpdir(), "frontdesk-store-"));
  return {
    open: (now) => openLowdbStore({ dir, now, segmentBytes: 300, cached: 1 }),
    remove: async () => rmSync(dir, { recursive: true }),
  };
});
