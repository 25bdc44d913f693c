import { existsSync, readdirSync, rmSync } from "node:fs";
import { basename, join } from "node:path";
import { flushFolder, makeFolder } from "./durable-file.ts";
import { createSegment, type Note, type Place, type Segment, scanSegment } from "./segment.ts";

export interface SegmentLogOptions {
  dir: string;
  now: () => number;
  /** A segment is closed at this size, and after a day. */
  segmentBytes: number;
  onDamage: (message: string) => void;
  /** Throws when this process may write no more. */
  mayWrite: () => void;
}

/** What is kept in memory of a segment, the one being written included. `newestAt`: milliseconds since 1970. */
export interface Part {
  readonly path: string;
  /** The deliveries that were written there. */
  readonly ids: string[];
  newestAt: number;
}

const DAY = 86_400_000;
const NAME = /^\d+\.ndjson$/;

/** Append-only segments, numbered in the order in which they were begun; only the newest is written. */
export class SegmentLog {
  readonly #options: SegmentLogOptions;
  readonly #onBegun: () => void;
  readonly #parts: Part[] = [];
  #segment: Segment | null = null;
  #begunAt = 0;
  #beginning: Promise<Segment> | null = null;

  /** Takes up what earlier processes left; every process begins a segment of its own. */
  constructor(options: SegmentLogOptions, onBegun: () => void) {
    this.#options = options;
    this.#onBegun = onBegun;
    const names = existsSync(options.dir) ? readdirSync(options.dir).filter((name) => NAME.test(name)) : [];
    for (const name of names.sort()) this.#parts.push(blankPart(join(options.dir, name)));
  }

  /** Every note that earlier processes left, in their order. */
  replay(onNote: (note: Note, place: Place) => void): void {
    for (const { path } of this.#parts) {
      try {
        scanSegment(path, onNote, this.#options.onDamage);
      } catch (error) {
        // Who only reads beside a running desk may come when a segment has just been dropped.
        if ((error as NodeJS.ErrnoException).code !== "ENOENT") throw error;
        this.#options.onDamage(`${path} is gone; it is left out`);
      }
    }
  }

  /** Durable when it resolves. */
  async append(note: Note, payload?: Buffer): Promise<Place> {
    this.#options.mayWrite();
    const segment = this.#writable() ?? (await this.#begin());
    return segment.append(note, payload);
  }

  /** That the delivery stands there. */
  enlist(id: string, receivedAt: number, place: Place): void {
    const part = this.#parts.findLast(({ path }) => path === place.path);
    if (!part) return;
    part.ids.push(id);
    part.newestAt = Math.max(part.newestAt, receivedAt);
  }

  oldest(): Part | null {
    return this.#parts[0] ?? null;
  }

  newest(): Part | null {
    return this.#parts.at(-1) ?? null;
  }

  /** Removes the oldest segment, when `leave` has seen to each of its deliveries. */
  async dropOldest(leave: (id: string, path: string) => Promise<void>): Promise<void> {
    const [oldest] = this.#parts;
    if (!oldest) return;
    if (oldest.path === this.#segment?.path) await this.#end();
    for (const id of oldest.ids) await leave(id, oldest.path);
    rmSync(oldest.path);
    this.#parts.shift();
    await flushFolder(this.#options.dir);
  }

  async close(): Promise<void> {
    await this.#segment?.close();
  }

  #writable(): Segment | null {
    const segment = this.#segment;
    if (!segment?.usable() || segment.size() >= this.#options.segmentBytes) return null;
    return this.#options.now() - this.#begunAt < DAY ? segment : null;
  }

  #begin(): Promise<Segment> {
    this.#beginning ??= this.#next().finally(() => {
      this.#beginning = null;
    });
    return this.#beginning;
  }

  async #next(): Promise<Segment> {
    const { dir, now } = this.#options;
    await makeFolder(dir);
    const number = 1 + numberOf(this.newest());
    const segment = await createSegment(join(dir, `${String(number).padStart(8, "0")}.ndjson`));
    await flushFolder(dir);
    this.#segment?.close().catch(() => undefined);
    this.#segment = segment;
    this.#begunAt = now();
    this.#parts.push(blankPart(segment.path));
    this.#onBegun();
    return segment;
  }

  async #end(): Promise<void> {
    const segment = this.#segment;
    this.#segment = null;
    await segment?.close();
  }
}

const blankPart = (path: string): Part => ({ path, ids: [], newestAt: 0 });

const numberOf = (part: Part | null) => Number.parseInt(part ? basename(part.path) : "0", 10);
