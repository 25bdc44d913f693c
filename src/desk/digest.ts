import { createHash } from "node:crypto";

/** Tells whether a text is the one that we wrote last, without keeping it. */
export function digestOf(body: string): string {
  return createHash("sha256").update(body).digest("hex").slice(0, 16);
}
