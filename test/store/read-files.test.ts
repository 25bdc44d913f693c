import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "@jest/globals";
import { readFiles } from "../../src/store/lowdb/read-files.ts";

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "frontdesk-files-"));
});
afterAll(() => rmSync(folder, { recursive: true }));

it("reads files one after the other, whatever their size, and says which cannot be read", () => {
  const texts = ["a", "", "é".repeat(400_000), "z".repeat(524_288), "end"];
  const paths = texts.map((text, i) => {
    const path = join(folder, String(i));
    writeFileSync(path, text);
    return path;
  });
  paths.splice(3, 0, join(folder, "missing"));
  const { bytes, files } = readFiles(paths);
  let from = 0;
  const found = files.map((file) => {
    if (typeof file === "string") return file;
    const text = Buffer.from(bytes.buffer).toString("utf8", from, file);
    from = file;
    return text;
  });
  expect(found.toSpliced(3, 1)).toEqual(texts);
  expect(found[3]).toMatch(/ENOENT.*missing/);
});
