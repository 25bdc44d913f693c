import { type Alias, isAlias, isCollection, isMap, isScalar, isSeq, LineCounter } from "yaml";
import { formatPath, type Path } from "./path.ts";
import { compose } from "./compose.ts";
import { syntaxProblem } from "./syntax.ts";

/** Characters. Hundreds of teammates fit, and the worst of texts takes the parser under a second. */
const LARGEST = 64 * 1024;

/** Values after aliases are written out: few aliases of aliases can stand for billions. */
const MOST_VALUES = 50_000;

/** Longest part of a key that is quoted back. */
const QUOTED = 40;

/** Keys that would reach into the objects' prototypes. */
const FORBIDDEN = new Set(["__proto__", "constructor", "prototype"]);

export interface Position {
  line: number;
  column: number;
}

/** What is wrong with a text, and where: as a Problem is told. Line and column count from 1. */
export interface YamlFault extends Position {
  severity: "error";
  /** Where in the data, such as `plans[0].sla`; empty for the whole text. */
  path: string;
  message: string;
  /** What to write instead, if we can tell. */
  suggestion?: string;
}

/** A YAML text as plain data, and where each value stands in it. */
export interface YamlSource {
  /** undefined when it is not YAML. */
  value: unknown;
  problems: YamlFault[];
  /** Where a value's key stands, or an entry of a list; undefined when the text does not have it. */
  keyAt(path: Path): Position | undefined;
  /** Where a value begins. */
  valueAt(path: Path): Position | undefined;
  /** A scalar as it is written, without its quotes: `+1` where the value is the number 1. */
  writtenAt(path: Path): string | undefined;
}

interface Place {
  key?: number;
  value: number;
  written?: string;
}

/** Reads a YAML text. Never throws: what is wrong with it is in `problems`. */
export function readYaml(text: string): YamlSource {
  const lines = new LineCounter();
  const position = (offset: number): Position => {
    const { line, col } = lines.linePos(offset);
    return { line, column: col };
  };
  const failed = (problems: YamlFault[]): YamlSource => {
    const nowhere = () => undefined;
    return { value: undefined, problems, keyAt: nowhere, valueAt: nowhere, writtenAt: nowhere };
  };
  if (text.length > LARGEST) {
    const size = `${Math.ceil(text.length / 1024)} KiB`;
    return failed([whole(`the file has ${size}; settings have at most ${LARGEST / 1024} KiB`)]);
  }
  const document = compose(text, lines);
  if (document === null) return failed([whole("the file is nested too deeply to be read")]);
  const errors = [...document.errors, ...document.warnings];
  if (errors.length > 0) return failed(telling(errors.map((error) => syntaxProblem(error, text, position))));
  const reading = new Reading(position);
  const value = reading.read(document.contents, []);
  const place = (path: Path) => reading.places.get(formatPath(path));
  const at = (offset: number | undefined) => (offset === undefined ? undefined : position(offset));
  return {
    value,
    problems: reading.problems,
    keyAt: (path) => at(place(path)?.key ?? place(path)?.value),
    valueAt: (path) => at(place(path)?.value),
    writtenAt: (path) => place(path)?.written,
  };
}

function whole(message: string): YamlFault {
  return { severity: "error", path: "", message, line: 1, column: 1 };
}

/** One walk over the nodes: makes plain data of them and notes where everything stands. */
class Reading {
  readonly problems: YamlFault[] = [];
  readonly places = new Map<string, Place>();
  #values = 0;
  /** What is being written out for an alias. */
  readonly #open = new Set<unknown>();
  /** Ours, since the library looks through the whole document for each alias. */
  readonly #anchors = new Map<string, unknown>();
  readonly #position: (offset: number) => Position;

  constructor(position: (offset: number) => Position) {
    this.#position = position;
  }

  /**
   * `key`: the offset of the value's key; `alias`: that of the alias which stands for the value.
   */
  read(node: unknown, path: Path, key?: number, alias?: number): unknown {
    const value = alias ?? startOf(node) ?? key ?? 0;
    this.#values += 1;
    if (this.#values > MOST_VALUES) {
      if (this.#values === MOST_VALUES + 1)
        this.#complain(path, value, `with its aliases, the file has over ${MOST_VALUES} values`);
      return null;
    }
    const place: Place = key === undefined ? { value } : { key, value };
    this.places.set(formatPath(path), place);
    if (isAlias(node)) return this.#readAlias(node, path, key, value);
    if (isCollection(node) || isScalar(node)) this.#anchors.set(node.anchor ?? "", node);
    if (isMap(node)) return this.#readMap(node.items, path, alias);
    if (isSeq(node)) return node.items.map((item, i) => this.read(item, [...path, i], undefined, alias));
    if (!isScalar(node)) return null;
    place.written = node.source ?? String(node.value);
    return node.value;
  }

  #readAlias(node: Alias, path: Path, key: number | undefined, offset: number): unknown {
    const target = this.#anchors.get(node.source);
    if (target === undefined) {
      this.#complain(path, offset, "text that begins with * belongs in quotes", `"*${node.source}"`);
      return null;
    }
    if (this.#open.has(target)) {
      this.#complain(path, offset, `*${node.source} stands inside of what it repeats`);
      return null;
    }
    this.#open.add(target);
    const value = this.read(target, path, key, offset);
    this.#open.delete(target);
    return value;
  }

  #readMap(
    pairs: readonly { key: unknown; value: unknown }[],
    path: Path,
    alias: number | undefined,
  ): unknown {
    const map: Record<string, unknown> = {};
    for (const pair of pairs) {
      const name = isScalar(pair.key) ? String(pair.key.value) : "";
      const offset = alias ?? startOf(pair.key) ?? 0;
      const here = [...path, name];
      if (FORBIDDEN.has(name)) {
        this.#complain(here, offset, `${quoted(name)} cannot be a key; give it another name`);
      } else if (Object.hasOwn(map, name)) {
        const line = this.#position(this.places.get(formatPath(here))?.key ?? 0).line;
        this.#complain(
          here,
          offset,
          `${quoted(name)} is written twice, first on line ${line}; keep one of them`,
        );
      } else {
        map[name] = this.read(pair.value, here, offset, alias);
      }
    }
    return map;
  }

  #complain(path: Path, offset: number, message: string, suggestion?: string): void {
    const problem: YamlFault = {
      severity: "error",
      path: formatPath(path),
      message,
      ...this.#position(offset),
    };
    this.problems.push(suggestion === undefined ? problem : { ...problem, suggestion });
  }
}

/** A key as a Problem quotes it: one short line. */
const quoted = (name: string) => JSON.stringify(name.length <= QUOTED ? name : `${name.slice(0, QUOTED)}…`);

function startOf(node: unknown): number | undefined {
  return (node as { range?: [number, number, number] | null } | null)?.range?.[0];
}

/** The parser stumbles on after an error: only the first of each line is worth reading. */
function telling(problems: YamlFault[]): YamlFault[] {
  const byLine = new Map<number, YamlFault>();
  for (const problem of problems.sort(byPosition)) {
    if (!byLine.has(problem.line)) byLine.set(problem.line, problem);
  }
  return [...byLine.values()];
}

/** The order in which Problems are read. */
export function byPosition(a: Partial<Position>, b: Partial<Position>): number {
  return (a.line ?? 0) - (b.line ?? 0) || (a.column ?? 0) - (b.column ?? 0);
}
