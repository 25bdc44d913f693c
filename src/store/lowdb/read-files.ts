import { closeSync, openSync, readSync } from "node:fs";

/** Files that were read one after the other into one buffer: cheap to hand from thread to thread. */
export interface ReadFiles {
  bytes: Uint8Array<ArrayBuffer>;
  /** For each file where it ends in `bytes`, or why it could not be read. */
  files: (number | string)[];
}

/** Most batches of small files fit. */
const ROOM = 524_288;

/**
 * Reads files as a whole, synchronously. Into one buffer and without asking for their sizes, 100,000 small ones take two
 * thirds of the time of `readFileSync`. `into`: a buffer that is not needed any more, replaced where it is too small.
 */
export function readFiles(
  paths: readonly string[],
  into: Uint8Array<ArrayBuffer> = new Uint8Array(ROOM),
): ReadFiles {
  let bytes = into;
  let end = 0;
  const files = paths.map((path) => {
    try {
      const file = openSync(path, "r");
      try {
        for (let at = end; ; ) {
          if (at === bytes.length) bytes = larger(bytes);
          const read = readSync(file, bytes, at, bytes.length - at, null);
          at += read;
          // A regular file gives all that there is room for, so that less is all of it.
          if (at < bytes.length) {
            end = at;
            return end;
          }
        }
      } finally {
        closeSync(file);
      }
    } catch (error) {
      return error instanceof Error ? error.message : String(error);
    }
  });
  return { bytes, files };
}

function larger(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  const more = new Uint8Array(bytes.length * 2);
  more.set(bytes);
  return more;
}
