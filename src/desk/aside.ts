import { Worker } from "node:worker_threads";

/**
 * Runs what takes seconds beside the thread that takes deliveries: a worker costs about 0.2 s and 60 MB while it runs, is
 * started with `task` as its `workerData`, answers with one message, and has ended when that is here. Run from its sources
 * (tests, development) the desk has no compiled worker, and does it by `here` in its own thread, which blocks it meanwhile.
 */
export function runAside<T>(worker: `./${string}.js`, task: unknown, here: () => T): Promise<T> {
  if (import.meta.url.endsWith(".ts")) return soon(here);
  return new Promise((resolve, reject) => {
    const thread = new Worker(new URL(worker, import.meta.url), { workerData: task });
    let answer: { value: T } | null = null;
    thread.once("message", (value: T) => {
      answer = { value };
      // Whatever still holds its thread: what it was for is done.
      void thread.terminate();
    });
    thread.once("error", reject);
    thread.once("messageerror", reject);
    thread.once("exit", (code) => {
      if (answer) resolve(answer.value);
      else reject(new Error(`${worker} ended with exit code ${code}`));
    });
  });
}

/** Runs it in this thread, after what already waits. */
export function soon<T>(here: () => T): Promise<T> {
  return new Promise((resolve) => setImmediate(resolve)).then(here);
}
