import type { IncomingMessage } from "node:http";

/** How long a sender of too much is listened to after the answer: a connection closed at once loses the answer. */
const LINGER_MS = 2_000;

/**
 * The whole body as text, or null as soon as it is longer than `maxBytes`: the rest is dropped as it comes, for a moment.
 * Rejects when the sender goes away before the end.
 */
export function readBody(request: IncomingMessage, maxBytes: number): Promise<string | null> {
  if (Number(request.headers["content-length"] ?? 0) > maxBytes) {
    drop(request);
    return Promise.resolve(null);
  }
  return new Promise((resolve, reject) => {
    let chunks: Buffer[] = [];
    let length = 0;
    const collect = (chunk: Buffer) => {
      length += chunk.length;
      if (length <= maxBytes) {
        chunks.push(chunk);
        return;
      }
      chunks = [];
      request.off("data", collect);
      drop(request);
      resolve(null);
    };
    request.on("data", collect);
    request.once("end", () => resolve(Buffer.concat(chunks).toString("utf8")));
    request.once("error", reject);
    request.once("close", () => reject(new Error("the sender went away")));
  });
}

function drop(request: IncomingMessage): void {
  request.on("error", () => undefined);
  request.resume();
  const linger = setTimeout(() => request.destroy(), LINGER_MS);
  linger.unref();
  request.once("close", () => clearTimeout(linger));
}
