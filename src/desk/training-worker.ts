import { parentPort, workerData } from "node:worker_threads";
import { loadShippedModel } from "./model.ts";
import { learn, type Curriculum } from "./training.ts";

/** The worker of `learnAside`: learns what it was started with, and answers with what was learned. */
parentPort?.postMessage(learn(workerData as Curriculum, await loadShippedModel()));
