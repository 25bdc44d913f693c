import { closeSync, fstatSync, openSync, readSync } from "node:fs";
import { type FileHandle, open } from "node:fs/promises";
import type { ScopeKey } from "../../ticket/delivery.ts";
import { sharedFlush } from "./durable-file.ts";

/** Where a delivery's payload lies: a segment's file, and the bytes in it. */
export interface Place {
  path: string;
  offset: number;
  bytes: number;
}

/** A line of the inbox without its payload: what happened to deliveries. */
export type Note =
  | {
      type: "delivery";
      id: string;
      event: string;
      scope: ScopeKey;
      receivedAt: number;
      order: number;
      bytes: number;
    }
  | { type: "discarded"; ids: string[] }
  | { type: "failed"; id: string; failures: number; reason: string; parkedAt: number | null }
  | { type: "retried"; ids: string[] };

/** One append-only file of the inbox that is being written: many appends, one fsync. */
export interface Segment {
  path: string;
  size(): number;
  /** False after a failed write: then another segment is to be begun. */
  usable(): boolean;
  /** Resolves with the payload's place when note and payload are durable. */
  append(note: Note, payload?: Buffer): Promise<Place>;
  /** Waits for what is being appended. */
  close(): Promise<void>;
}

const NEWLINE = Buffer.from("\n");

/**
 * Creates a segment. A line with a note follows another; a delivery's note is followed by its payload as it came (so it
 * is not escaped a second time: 20 kB cost 0.1 ms to escape) and a line end. GitHub's payloads hold no line ends, so the
 * file is one JSON value a line; payloads that do hold some are read by their length.
 */
export async function createSegment(path: string): Promise<Segment> {
  const file: FileHandle = await open(path, "wx");
  let size = 0;
  let waiting: Buffer[] = [];
  // After a write or a flush that failed nobody knows what the file holds: nothing more is written to it.
  let broken: unknown = null;
  const flush = sharedFlush(async () => {
    if (broken) throw broken;
    const chunks = waiting;
    waiting = [];
    try {
      await file.writeFile(Buffer.concat(chunks));
      await file.datasync();
    } catch (error) {
      broken = error;
      throw error;
    }
  });
  return {
    path,
    usable: () => broken === null,
    size: () => size,
    async append(note, payload) {
      const line = Buffer.from(`${JSON.stringify(note)}\n`);
      const place = { path, offset: size + line.length, bytes: payload?.length ?? 0 };
      waiting.push(line);
      if (payload) waiting.push(payload, NEWLINE);
      size += line.length + (payload ? payload.length + 1 : 0);
      await flush();
      return place;
    },
    close: () =>
      flush()
        .catch(() => undefined)
        .then(() => file.close()),
  };
}

export function readPayload({ path, offset, bytes }: Place): string {
  const buffer = Buffer.allocUnsafe(bytes);
  const file = openSync(path, "r");
  try {
    if (readSync(file, buffer, 0, bytes, offset) < bytes) throw new Error(`${path} is shorter than it was`);
  } finally {
    closeSync(file);
  }
  return buffer.toString("utf8");
}

/** Spaces in the place of a payload: nothing behind it moves. */
export async function blankPayload({ path, offset, bytes }: Place): Promise<void> {
  const file = await open(path, "r+");
  try {
    await file.write(Buffer.alloc(bytes, " "), 0, bytes, offset);
    await file.datasync();
  } finally {
    await file.close();
  }
}

/** Enough for most notes; a longer line takes a larger read. */
const READ_BYTES = 512;

/**
 * Calls `each` with every note of a segment and its payload's place, without reading the payloads. What cannot be read
 * is skipped and given to `onDamage` in words: an unfinished end is normal after a crash, and was never acknowledged.
 */
export function scanSegment(
  path: string,
  each: (note: Note, place: Place) => void,
  onDamage: (message: string) => void,
): void {
  const file = openSync(path, "r");
  try {
    const size = fstatSync(file).size;
    let at = 0;
    while (at < size) {
      const line = readLine(file, at, size);
      const note = line === null ? null : parseNote(line);
      const offset = at + (line?.length ?? 0) + 1;
      const bytes = note?.type === "delivery" ? note.bytes : 0;
      const end = note?.type === "delivery" ? offset + bytes + 1 : offset;
      // Within the file the note that follows shows that a payload is whole; at its end the line end does.
      const whole = note !== null && (end < size || (end === size && byteAt(file, end - 1) === NEWLINE[0]));
      if (whole) each(note, { path, offset, bytes });
      const next = whole ? end : nextNote(file, at + 1, size);
      if (!whole) onDamage(`${path}: bytes ${at} to ${next} cannot be read and are skipped`);
      at = next;
    }
  } finally {
    closeSync(file);
  }
}

/** The line at a position, without its end; null when the file ends before the line does. */
function readLine(file: number, at: number, size: number): Buffer | null {
  for (let bytes = READ_BYTES; ; bytes *= 8) {
    const buffer = Buffer.allocUnsafe(Math.min(bytes, size - at));
    readSync(file, buffer, 0, buffer.length, at);
    const end = buffer.indexOf(NEWLINE);
    if (end >= 0) return buffer.subarray(0, end);
    if (at + buffer.length >= size) return null;
  }
}

const NOTES: Note["type"][] = ["delivery", "discarded", "failed", "retried"];

function parseNote(line: Buffer): Note | null {
  try {
    const note: Note = JSON.parse(line.toString("utf8"));
    return NOTES.includes(note?.type) ? note : null;
  } catch {
    return null;
  }
}

function byteAt(file: number, at: number): number | undefined {
  const byte = Buffer.allocUnsafe(1);
  return readSync(file, byte, 0, 1, at) === 1 ? byte[0] : undefined;
}

/** The start of the next line that is a note, or the end of the file. */
function nextNote(file: number, from: number, size: number): number {
  let at = from;
  while (at < size) {
    const line = readLine(file, at, size);
    if (line === null) return size;
    at += line.length + 1;
    const following = at < size ? readLine(file, at, size) : null;
    if (following !== null && parseNote(following)) return at;
  }
  return size;
}
