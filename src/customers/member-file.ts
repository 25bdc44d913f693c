import type { Problem } from "../ticket/problem.ts";
import type { CsvRow } from "./csv.ts";
import { parseCsv } from "./csv.ts";
import { groupBy } from "./group.ts";

/** A row of a member file: who has the plan, and from when until when. */
export interface Member {
  type: "login" | "organization" | "team";
  name: string;
  /** Milliseconds since 1970, the first instant of the day (UTC); null: always had it. */
  from: number | null;
  /** The first instant after the last day; null: has no end. */
  until: number | null;
}

export interface MemberFile {
  members: Member[];
  /** Rows that cannot be used, with their lines; the others are kept. */
  problems: Problem[];
}

/** Rows by whom they name, as a decision looks them up. */
export type MemberIndex = ReadonlyMap<string, readonly Member[]>;

export function indexMembers(members: readonly Member[]): MemberIndex {
  return groupBy(members, ({ type, name }) => memberKey(type, name));
}

export function memberKey(type: Member["type"], name: string): string {
  return `${type}:${name.toLowerCase()}`;
}

const DAY = 86_400_000;
const COLUMNS = ["login", "organization", "team", "from", "until"] as const;
type Column = (typeof COLUMNS)[number];

const LOGIN = /^[a-z\d](?:[a-z\d_]|-(?=[a-z\d])){0,98}$/i;
const TEAM = /^[a-z\d](?:[a-z\d_]|-(?=[a-z\d])){0,98}\/[\w-]{1,100}$/i;

/**
 * Reads the members of a plan: CSV with a header of the columns `login`, `organization`, `team`, `from`, `until` (in any
 * order, one of the first three filled a row), or JSON with a list of such objects or of logins.
 */
export function parseMemberFile(text: string, path: string): MemberFile {
  const read = path.toLowerCase().endsWith(".json") ? readJson(text, path) : readCsv(text, path);
  const seen = new Set<string>();
  const file: MemberFile = { members: [], problems: read.problems };
  for (const { where, fields } of read.rows) {
    const member = readMember(fields);
    const message = typeof member === "string" ? member : repeated(member, seen);
    if (message) file.problems.push({ severity: "ignored", message, ...where });
    else if (typeof member !== "string") file.members.push(member);
  }
  return file;
}

type Where = Pick<Problem, "path" | "line">;
interface Row {
  where: Where;
  fields: Partial<Record<Column, string>>;
}

function readCsv(text: string, path: string): { rows: Row[]; problems: Problem[] } {
  const [header, ...rows] = parseCsv(text);
  if (!header) return { rows: [], problems: [] };
  const columns = header.cells.map((cell) => COLUMNS.find((column) => column === cell.toLowerCase()));
  if (!columns.some((column) => column === "login" || column === "organization" || column === "team")) {
    const message = "the first line must name the columns: login, organization, team, from, until";
    return {
      rows: [],
      problems: [{ severity: "error", path, line: header.line, message, suggestion: "login,from,until" }],
    };
  }
  const problems = rows.flatMap((row) => rowProblem(row, columns.length, path) ?? []);
  const bad = new Set(problems.map(({ line }) => line));
  const good = rows.filter(({ line }) => !bad.has(line));
  return {
    rows: good.map(({ line, cells }) => ({
      where: { path, line },
      fields: Object.fromEntries(
        columns.flatMap((column, i) => (column && cells[i] ? [[column, cells[i]]] : [])),
      ),
    })),
    problems,
  };
}

function rowProblem({ line, cells, open }: CsvRow, columns: number, path: string): Problem | null {
  if (open) return { severity: "ignored", path, line, message: "a quote is opened and never closed" };
  if (cells.length <= columns) return null;
  return {
    severity: "ignored",
    path,
    line,
    message: `the row has ${cells.length} cells, the header ${columns}`,
  };
}

function readJson(text: string, path: string): { rows: Row[]; problems: Problem[] } {
  let value: unknown;
  try {
    value = JSON.parse(text.replace(/^\uFEFF/, ""));
  } catch {
    const line = brokenLine(text);
    return { rows: [], problems: [{ severity: "error", path, line, message: "this is not valid JSON" }] };
  }
  if (!Array.isArray(value)) {
    const message = "the file must hold a list, of logins or of objects with login, organization or team";
    return {
      rows: [],
      problems: [{ severity: "error", path, message, suggestion: '[{"login": "octocat"}]' }],
    };
  }
  return {
    rows: value.map((entry, i) => ({ where: { path: `${path}[${i}]` }, fields: jsonFields(entry) })),
    problems: [],
  };
}

function jsonFields(entry: unknown): Row["fields"] {
  if (typeof entry === "string") return { login: entry };
  if (typeof entry !== "object" || entry === null) return {};
  const given = new Map(Object.entries(entry));
  return Object.fromEntries(
    COLUMNS.flatMap((column) => {
      const value = given.get(column);
      return value === undefined || value === null || value === "" ? [] : [[column, String(value)]];
    }),
  );
}

/** The line that the text stops being JSON on: its first lines alone fail for more than being cut off. */
function brokenLine(text: string): number {
  const lines = text.split("\n");
  let [good, bad] = [0, lines.length];
  while (bad - good > 1) {
    const middle = Math.floor((good + bad) / 2);
    if (isCutOff(lines.slice(0, middle).join("\n"))) good = middle;
    else bad = middle;
  }
  return bad;
}

function isCutOff(text: string): boolean {
  try {
    JSON.parse(text);
    return false;
  } catch (error) {
    const position = Number(/position (\d+)/.exec(String(error))?.[1] ?? -1);
    return /end of JSON input|Unterminated/.test(String(error)) || position >= text.length;
  }
}

/** The member of a row, or what is wrong with it. */
function readMember({ login, organization, team, from, until }: Row["fields"]): Member | string {
  const named = [login, organization, team].filter((name) => name !== undefined);
  if (named.length !== 1)
    return `a row needs one of login, organization and team, and has ${named.length || "none"}`;
  const name = (named[0] ?? "").replace(/^@/, "");
  const type = login !== undefined ? "login" : organization !== undefined ? "organization" : "team";
  if (!(type === "team" ? TEAM : LOGIN).test(name)) {
    return `"${name.slice(0, 100)}" is no ${type === "team" ? "team (organization/team)" : `GitHub ${type}`}`;
  }
  const first = from === undefined ? null : dayStart(from);
  const last = until === undefined ? null : dayStart(until);
  if (Number.isNaN(first) || Number.isNaN(last)) {
    return `"${(Number.isNaN(first) ? from : until)?.slice(0, 100)}" is no date: write it as 2026-12-31`;
  }
  if (first !== null && last !== null && last < first) return `until (${until}) lies before from (${from})`;
  return { type, name, from: first, until: last === null ? null : last + DAY };
}

/** The first instant of a day in UTC; NaN when there is no such day. */
function dayStart(date: string): number {
  const at = /^\d{4}-\d{2}-\d{2}$/.test(date) ? Date.parse(`${date}T00:00:00Z`) : Number.NaN;
  return Number.isNaN(at) || !new Date(at).toISOString().startsWith(date) ? Number.NaN : at;
}

/** A second row for the same name is no mistake if it is for another time. */
function repeated(member: Member, seen: Set<string>): string | null {
  const key = [member.type, member.name.toLowerCase(), member.from, member.until].join(" ");
  if (seen.has(key)) return `${member.name} is listed twice`;
  seen.add(key);
  return null;
}
