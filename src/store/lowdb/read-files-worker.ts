import { type MessagePort, workerData } from "node:worker_threads";
import { readFiles } from "./read-files.ts";

/** What the worker is asked for; `into`: a buffer to read into. */
export interface Request {
  batch: number;
  paths: string[];
  into: Uint8Array<ArrayBuffer> | undefined;
}

/** The worker of `readLowdbDocuments`: reads the files that it is told, batch by batch. */
const port = workerData as MessagePort;
port.on("message", ({ batch, paths, into }: Request) => {
  const read = readFiles(paths, into);
  port.postMessage({ batch, read }, [read.bytes.buffer]);
});
