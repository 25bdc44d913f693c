import { readFileSync } from "node:fs";
import { describe, expect, it } from "@jest/globals";
import semver from "semver";

interface Locked {
  resolved?: string;
  dev?: boolean;
  license?: string;
  engines?: { node?: string };
}

const read = (name: string) => readFileSync(new URL(`../${name}`, import.meta.url), "utf8");
const lock = JSON.parse(read("package-lock.json")) as { packages: Record<string, Locked> };
const locked = Object.entries(lock.packages).filter(([path]) => path !== "");

const FREE = /^\(?(MIT|ISC|BSD|0BSD|BSD-[23]-Clause|Apache-2\.0|MIT-0)\b/;

/** Names its licence in its LICENSE file only: MIT (read there). */
const LICENCE_IN_FILE = ["node_modules/sylvester"];

describe("the locked packages", () => {
  it.each(["20.18.1", "22.0.0", "24.0.0"])("all run on Node %s", (version) => {
    const refusing = locked.filter(
      ([, { engines }]) => engines?.node && !semver.satisfies(version, engines.node),
    );
    expect(refusing.map(([path, { engines }]) => `${path} wants ${engines?.node}`)).toEqual([]);
  });

  it("that run in production have a free licence", () => {
    const unfree = locked.filter(
      ([path, { dev, license }]) => !dev && !FREE.test(license ?? "") && !LICENCE_IN_FILE.includes(path),
    );
    expect(unfree.map(([path, { license }]) => `${path}: ${license}`)).toEqual([]);
  });

  it("name no host to fetch from", () => {
    expect(locked.filter(([, { resolved }]) => resolved).map(([path]) => path)).toEqual([]);
  });
});
