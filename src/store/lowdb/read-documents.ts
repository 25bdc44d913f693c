import { MessageChannel, receiveMessageOnPort, Worker } from "node:worker_threads";
import type { Scope } from "../../ticket/delivery.ts";
import type { Documents } from "../store.ts";
import { type ReadFiles, readFiles } from "./read-files.ts";
import type { Request } from "./read-files-worker.ts";
import { recordsOf } from "./records.ts";
import type { ScopeRecord } from "./scope-record.ts";

/** Files that are read in one go, by one thread. */
const BATCH = 256;

/** So many files are read before another thread is worth its start (a tenth of a second). */
const FEW = 2_048;

/** Batches that the other thread is asked for ahead: it is never idle, and keeps no more than 2 MB. */
const AHEAD = 4;

/** The documents of one scope in a folder, as `readLowdbRecords` reads them. */
export function* readLowdbDocuments<S extends Scope>(
  ...what: Parameters<typeof readLowdbRecords<S>>
): Generator<Documents[S]> {
  for (const { document } of readLowdbRecords(...what)) yield document;
}

/** A document with the actions that are kept beside it. */
type Kept<S extends Scope> = Pick<ScopeRecord<S>, "document" | "outbox">;

/**
 * The records of one scope in a folder (of one repository, where it is given), without its lock: also while a desk
 * works there, since a file is replaced as a whole. In no particular order, and synchronously: nobody else waits in a
 * command. What cannot be read is left out and given to `onDamage`.
 */
export function* readLowdbRecords<S extends Scope>(
  dir: string,
  scope: S,
  onDamage: (message: string) => void,
  repositoryId?: number,
): Generator<Kept<S>> {
  const spare: Buffers = [];
  for (const { paths, read } of batchesOf(recordsOf(dir, scope, repositoryId), spare)) {
    const bytes = Buffer.from(read.bytes.buffer);
    let from = 0;
    for (const [i, file] of read.files.entries()) {
      const path = paths[i] as string;
      if (typeof file === "string") {
        onDamage(`${path}: ${file}; it is left out`);
        continue;
      }
      try {
        const { document, outbox = [] } = JSON.parse(bytes.toString("utf8", from, file)) as Partial<Kept<S>>;
        if (document) yield { document, outbox };
        else onDamage(`${path} has no document; it is left out`);
      } catch (error) {
        onDamage(`${path}: ${error instanceof Error ? error.message : String(error)}; it is left out`);
      }
      from = file;
    }
    spare.push(read.bytes);
  }
}

/** Buffers of batches that are done with: with new ones the process grows by 20 MB before they are collected. */
type Buffers = ReadFiles["bytes"][];

interface Batch {
  paths: string[];
  read: ReadFiles;
}

/**
 * Reads files batch by batch. Opening them takes as long as all that is made of them, so that with many a second thread
 * reads ahead; whenever it has nothing ready, the next batch is read here. What it still owes at the end is read here too:
 * a thread that never came to life costs nothing but that.
 */
function* batchesOf(records: Iterable<{ path: string }>, spare: Buffers): Generator<Batch> {
  const todo = inBatches(records);
  const next = () => todo.next().value ?? null;
  const here = (paths: string[]): Batch => ({ paths, read: readFiles(paths, spare.pop()) });
  for (let i = 0; i < FEW / BATCH; i++) {
    const paths = next();
    if (paths === null) return;
    yield here(paths);
  }
  const helper = startHelper(spare);
  try {
    for (let paths = next(); paths !== null; ) {
      const answer = helper.ask(paths) ? null : (helper.take() ?? here(paths));
      if (answer) yield answer;
      if (answer === null || answer.paths === paths) paths = next();
    }
    for (let answer = helper.take(); answer !== null; answer = helper.take()) yield answer;
    for (const paths of helper.owed()) yield here(paths);
  } finally {
    helper.stop();
  }
}

function* inBatches(records: Iterable<{ path: string }>): Generator<string[]> {
  let paths: string[] = [];
  for (const { path } of records) {
    paths.push(path);
    if (paths.length < BATCH) continue;
    yield paths;
    paths = [];
  }
  if (paths.length > 0) yield paths;
}

/** A thread that reads batches. */
interface Helper {
  /** False: it has enough to do. */
  ask(paths: string[]): boolean;
  /** A batch that it has read; null: none is ready. */
  take(): Batch | null;
  /** What it was asked for and has not given. */
  owed(): string[][];
  stop(): void;
}

/** Run from its sources there is no compiled worker, and nobody helps. */
const NOBODY: Helper = { ask: () => false, take: () => null, owed: () => [], stop: () => undefined };

function startHelper(spare: Buffers): Helper {
  if (import.meta.url.endsWith(".ts")) return NOBODY;
  const { port1: port, port2 } = new MessageChannel();
  const file = new URL("./read-files-worker.js", import.meta.url);
  const worker = new Worker(file, { workerData: port2, transferList: [port2] });
  // Without its help all is read here.
  worker.on("error", () => undefined);
  const asked = new Map<number, string[]>();
  let last = 0;
  return {
    ask(paths) {
      if (asked.size === AHEAD) return false;
      asked.set(++last, paths);
      const into = spare.pop();
      port.postMessage({ batch: last, paths, into } satisfies Request, into ? [into.buffer] : []);
      return true;
    },
    take() {
      const answer = receiveMessageOnPort(port)?.message as { batch: number; read: ReadFiles } | undefined;
      const paths = answer && asked.get(answer.batch);
      if (!paths) return null;
      asked.delete(answer.batch);
      return { paths, read: answer.read };
    },
    owed: () => [...asked.values()],
    stop() {
      port.close();
      void worker.terminate();
    },
  };
}
