import { existsSync, mkdirSync, readdirSync, renameSync, rmSync } from "node:fs";
import { join } from "node:path";
import { Low } from "lowdb";
import { isScopeKey, parseScopeKey, type Scope, type ScopeKey, scopeKey } from "../../ticket/delivery.ts";
import type { Lesson } from "../../ticket/lesson.ts";
import { KeyIndex } from "./key-index.ts";
import { CorruptFile, readSummary, recordFile } from "./record-file.ts";
import { type ScopeRecord, type Summary, summarize } from "./scope-record.ts";

const FOLDERS: Record<Scope, string> = {
  ticket: "tickets",
  repository: "repositories",
  installation: "installations",
  shelf: "shelves",
  thread: "threads",
  example: "examples",
  notices: "notices",
  roster: "rosters",
  mirror: "mirrors",
  sponsors: "sponsors",
};

/** Scopes whose ids have two parts: their files lie in a folder for each repository. */
const NESTED: ReadonlySet<Scope> = new Set<Scope>(["ticket", "shelf", "thread", "example", "mirror"]);

const SCOPES = Object.keys(FOLDERS) as Scope[];

/** A change of a record: it returns the same one when there is nothing to change. */
type Change = (record: ScopeRecord | null) => ScopeRecord | null;

/** One record's place: lowdb's document as it is on disk, and the changes that wait for the next write. */
interface Slot {
  document: Promise<Low<ScopeRecord | null>>;
  waiting: { change: Change; resolve: () => void; reject: (error: unknown) => void }[];
  drain: Promise<void> | null;
}

/**
 * The files of tickets, repositories and installations. The `cached` documents that were used last stay in memory; of
 * the others only a summary. A file that cannot be read is moved to `corrupt/` and given to `onCorrupt`: its scope then
 * begins anew.
 */
export class Records {
  /** What every record on disk says of itself, by scope. */
  readonly summaries = new Map<ScopeKey, Summary>();
  /** Records that are somebody's open work: few beside all the others, so that they are not searched for. */
  readonly working = new Set<ScopeKey>();
  /** Records with lessons, for the same reason. */
  readonly teaching = new KeyIndex();
  /** Their lessons, as far as somebody asked: each opened ticket needs those of its repository. */
  readonly #lessons = new Map<ScopeKey, Lesson[]>();
  /** All records, by scope and repository. */
  readonly #index = new KeyIndex();
  readonly #dir: string;
  readonly #cached: number;
  readonly #onCorrupt: (key: ScopeKey, error: CorruptFile, movedTo: string) => void;
  readonly #mayWrite: () => void;
  readonly #slots = new Map<ScopeKey, Slot>();

  constructor(
    dir: string,
    cached: number,
    onCorrupt: (key: ScopeKey, error: CorruptFile, movedTo: string) => void,
    mayWrite: () => void,
  ) {
    this.#dir = dir;
    this.#cached = cached;
    this.#onCorrupt = onCorrupt;
    this.#mayWrite = mayWrite;
    // What a crash in the middle of a write left behind.
    for (const scope of SCOPES) for (const { path } of listFiles(dir, scope, ".tmp")) rmSync(path);
    for (const { key } of listRecords(dir)) this.#summarize(key);
  }

  /** A copy of a part of a record; null when there is no record. */
  async read<Part>(key: ScopeKey, part: (record: ScopeRecord) => Part): Promise<Part | null> {
    const slot = this.#slotOf(key);
    this.#evict();
    const { data } = await slot.document;
    return data === null ? null : structuredClone(part(data));
  }

  /** As `read`, for passes over everything: it does not push out of memory what is used often. */
  async peek<Part>(key: ScopeKey, part: (record: ScopeRecord) => Part): Promise<Part | null> {
    if (this.#slots.has(key)) return this.read(key, part);
    const { data } = await this.#load(key);
    return data === null ? null : part(data);
  }

  /** Resolves when the changed record is durable. Changes of one record that come together share a write. */
  change(key: ScopeKey, change: Change): Promise<void> {
    return new Promise((resolve, reject) => {
      const slot = this.#slotOf(key);
      slot.waiting.push({ change, resolve, reject });
      slot.drain ??= this.#drain(key, slot);
      this.#evict();
    });
  }

  /** A copy of a record's lessons; 2,000 of them are read from their files once, not with each ticket. */
  async lessons(key: ScopeKey): Promise<Lesson[]> {
    if (!this.#lessons.has(key)) {
      const read = await this.peek(key, ({ lessons }) => lessons);
      // A write that came meanwhile knows better.
      if (read && !this.#lessons.has(key)) this.#lessons.set(key, read);
    }
    return (this.#lessons.get(key) ?? []).map((lesson) => ({ ...lesson }));
  }

  /** Keys of all records of a scope; of those of one repository when it is given. */
  keys(scope: Scope, repositoryId?: number): ScopeKey[] {
    return this.#index.keys(scope, repositoryId);
  }

  /** Resolves when nothing is being written. */
  async settled(): Promise<void> {
    await Promise.all([...this.#slots.values()].map((slot) => slot.drain));
  }

  #pathOf(key: ScopeKey): string {
    const [scope, id] = parseScopeKey(key);
    if (!isScopeKey(key)) throw new Error(`${JSON.stringify(key)} is not the key of a scope`);
    return join(this.#dir, FOLDERS[scope], `${id}.json`);
  }

  #summarize(key: ScopeKey): void {
    const path = this.#pathOf(key);
    try {
      this.#remember(key, readSummary(path));
    } catch (error) {
      if (!(error instanceof CorruptFile)) throw error;
      this.#setAside(key, error);
    }
  }

  #setAside(key: ScopeKey, error: CorruptFile): void {
    const folder = join(this.#dir, "corrupt");
    mkdirSync(folder, { recursive: true });
    const movedTo = join(folder, `${key.replace(/[:/]/g, "-")}-${process.hrtime.bigint()}.json`);
    renameSync(error.path, movedTo);
    this.summaries.delete(key);
    this.working.delete(key);
    this.teaching.delete(key);
    this.#lessons.delete(key);
    this.#index.delete(key);
    this.#onCorrupt(key, error, movedTo);
  }

  async #load(key: ScopeKey): Promise<Low<ScopeRecord | null>> {
    const document = new Low<ScopeRecord | null>(recordFile(this.#pathOf(key)), null);
    try {
      if (this.summaries.has(key)) await document.read();
    } catch (error) {
      if (!(error instanceof CorruptFile)) throw error;
      this.#setAside(key, error);
    }
    return document;
  }

  /** The slot, moved to the end of the map, whose order is thereby the order of last use. */
  #slotOf(key: ScopeKey): Slot {
    const slot = this.#slots.get(key) ?? { document: this.#load(key), waiting: [], drain: null };
    this.#slots.delete(key);
    this.#slots.set(key, slot);
    slot.document.catch(() => this.#slots.delete(key));
    return slot;
  }

  #evict(): void {
    for (const [key, slot] of this.#slots) {
      if (this.#slots.size <= this.#cached) return;
      if (slot.drain === null) this.#slots.delete(key);
    }
  }

  /** Writes until nothing waits. A write that fails changes nothing: the slot keeps what is on disk. */
  async #drain(key: ScopeKey, slot: Slot): Promise<void> {
    while (slot.waiting.length > 0) {
      const batch = slot.waiting.splice(0);
      try {
        await this.#write(
          key,
          slot,
          batch.map(({ change }) => change),
        );
        for (const { resolve } of batch) resolve();
      } catch (error) {
        for (const { reject } of batch) reject(error);
      }
    }
    slot.drain = null;
  }

  async #write(key: ScopeKey, slot: Slot, changes: Change[]): Promise<void> {
    const current = await slot.document;
    const next = changes.reduce((record, change) => change(record), current.data);
    if (next === null || next === current.data) return;
    this.#mayWrite();
    const replaced = new Low<ScopeRecord | null>(recordFile(this.#pathOf(key)), next);
    await replaced.write();
    slot.document = Promise.resolve(replaced);
    this.#remember(key, summarize(next));
    if (next.lessons.length > 0) this.#lessons.set(key, structuredClone(next.lessons));
  }

  #remember(key: ScopeKey, summary: Summary): void {
    this.summaries.set(key, summary);
    this.#index.add(key);
    if (summary.lessons) this.teaching.add(key);
    else this.teaching.delete(key);
    if (summary.work) this.working.add(key);
    else this.working.delete(key);
  }
}

/** The files of a folder that hold records, whether they can be read or not. */
export function listRecords(dir: string): { key: ScopeKey; path: string }[] {
  return SCOPES.flatMap((scope) => [...recordsOf(dir, scope)]);
}

/** Those of one scope, and of one repository where it is given; one by one, as there may be very many. */
export function* recordsOf(
  dir: string,
  scope: Scope,
  repositoryId?: number,
): Generator<{ key: ScopeKey; path: string }> {
  for (const { path, id } of listFiles(dir, scope, ".json", repositoryId)) {
    const key = scopeKey(scope, id);
    if (isScopeKey(key)) yield { key, path };
  }
}

function* listFiles(
  dir: string,
  scope: Scope,
  ending: string,
  repositoryId?: number,
): Generator<{ id: string; path: string }> {
  const root = join(dir, FOLDERS[scope]);
  const repositories = repositoryId === undefined ? namesIn(root) : [String(repositoryId)];
  const folders = NESTED.has(scope) ? repositories.map((name) => `${name}/`) : [""];
  for (const folder of folders) {
    for (const name of namesIn(join(root, folder))) {
      if (name.endsWith(ending))
        yield { id: folder + name.slice(0, -ending.length), path: join(root, folder, name) };
    }
  }
}

function namesIn(folder: string): string[] {
  return existsSync(folder) ? readdirSync(folder) : [];
}
