import { parentPort, workerData } from "node:worker_threads";
import { ownDuplicateWeights } from "../kb/own-weights.ts";
import type { IssueHistory } from "../kb/replay.ts";

/** The worker of `desk/own-weights`: learns from the threads that it was started with, and answers with the weights. */
parentPort?.postMessage(ownDuplicateWeights(workerData as IssueHistory[]));
