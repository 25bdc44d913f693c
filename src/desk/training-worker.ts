import { parentPort, workerData } from "node:worker_threads";
import { loadShippedModel } from "./model.ts";
import { study, type Curriculum } from "./training.ts";

/** The worker of `studyAside`: learns what it was started with, and answers with the model. */
parentPort?.postMessage(study(workerData as Curriculum, await loadShippedModel()));
