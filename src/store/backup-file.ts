import { createReadStream, createWriteStream } from "node:fs";
import { open, rename, rm } from "node:fs/promises";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { isDeepStrictEqual } from "node:util";
import { createGunzip, createGzip } from "node:zlib";
import { isScopeKey } from "../ticket/delivery.ts";
import { counted, type Holding, type HoldingCount } from "./holding.ts";

/** The first line of every backup; another version is another format. */
const FIRST = { frontdesk: "backup", version: 1 };

/** A file that is not a whole backup, or not one at all. */
export class BrokenBackup extends Error {}

/**
 * Writes a backup: gzip of one JSON object a line, the first naming the format, the last the number of pieces, so that a
 * file that was cut short is never taken for a whole one. The file appears when it is complete and durable.
 */
export async function writeBackup(path: string, holdings: AsyncIterable<Holding>): Promise<HoldingCount> {
  const count = { record: 0, delivery: 0 };
  const temporary = `${path}.tmp`;
  try {
    await pipeline(Readable.from(lines(holdings, count)), createGzip(), createWriteStream(temporary));
    const file = await open(temporary, "r");
    await file.sync().finally(() => file.close());
    await rename(temporary, path);
  } finally {
    await rm(temporary, { force: true });
  }
  return count;
}

async function* lines(holdings: AsyncIterable<Holding>, count: HoldingCount): AsyncGenerator<string> {
  yield `${JSON.stringify(FIRST)}\n`;
  for await (const holding of counted(holdings, count)) yield `${JSON.stringify(holding)}\n`;
  yield `${JSON.stringify({ type: "end", ...count })}\n`;
}

/** Reads a backup to its end. Throws BrokenBackup when something is wrong with it. */
export async function checkBackup(path: string): Promise<HoldingCount> {
  const count = { record: 0, delivery: 0 };
  const pieces = counted(readBackup(path), count);
  while (!(await pieces.next()).done);
  return count;
}

/** The pieces of a backup. Throws BrokenBackup, at the latest after the last piece, when something is wrong with it. */
export async function* readBackup(path: string): AsyncGenerator<Holding> {
  const count = { record: 0, delivery: 0 };
  let ended = false;
  for await (const piece of pieces(path)) {
    if (piece.type === "end") ended = isDeepStrictEqual(piece, { type: "end", ...count });
    else {
      count[piece.type] += 1;
      yield piece;
    }
  }
  if (!ended) throw new BrokenBackup(`${path} is cut short`);
}

async function* pieces(path: string): AsyncGenerator<Piece> {
  let number = 0;
  for await (const line of unpackedLines(path)) {
    number += 1;
    const piece = parse(line, path, number);
    if (number === 1) expectFormat(piece, path);
    else yield piece;
  }
}

async function* unpackedLines(path: string): AsyncGenerator<string> {
  const packed = createReadStream(path);
  const unpacked = packed.pipe(createGunzip()).setEncoding("utf8");
  packed.on("error", (error) => unpacked.destroy(error));
  let rest = "";
  try {
    for await (const chunk of unpacked) {
      const lines = `${rest}${chunk}`.split("\n");
      rest = lines.pop() ?? "";
      yield* lines;
    }
  } catch (cause) {
    throw new BrokenBackup(`Cannot read ${path}: ${(cause as Error).message}`, { cause });
  }
}

type Piece = Holding | ({ type: "end" } & HoldingCount);

function parse(line: string, path: string, number: number): Piece {
  let piece: Piece;
  try {
    piece = JSON.parse(line);
  } catch (cause) {
    throw new BrokenBackup(`${path}, line ${number}: ${(cause as Error).message}`, { cause });
  }
  if (number > 1 && !isPiece(piece))
    throw new BrokenBackup(`${path}, line ${number}: not a piece of a backup`);
  return piece;
}

/** A backup may have been in other hands: its scopes become paths. */
function isPiece(piece: Piece): boolean {
  switch (piece?.type) {
    case "record":
      return isScopeKey(piece.scope);
    case "delivery":
      return isScopeKey(piece.delivery?.scope);
    case "end":
      return true;
    default:
      return false;
  }
}

function expectFormat(piece: unknown, path: string): void {
  const { frontdesk, version } = piece as Partial<typeof FIRST>;
  if (frontdesk !== FIRST.frontdesk) throw new BrokenBackup(`${path} is not a backup of Frontdesk`);
  if (version !== FIRST.version) {
    throw new BrokenBackup(`${path} is of version ${version}, this Frontdesk reads ${FIRST.version}`);
  }
}
