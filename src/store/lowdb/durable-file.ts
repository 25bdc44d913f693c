import { mkdir, open, rename } from "node:fs/promises";
import { dirname } from "node:path";

/**
 * Group commit: callers who come while a flush runs share the next one, so that 32 writers cost one fsync and not 32.
 * The promise of a call resolves after a flush that began after the call.
 */
export function sharedFlush(flush: () => Promise<void>): () => Promise<void> {
  let running: Promise<void> = Promise.resolve();
  let next: Promise<void> | null = null;
  return () => {
    next ??= running
      .catch(() => undefined)
      .then(() => {
        next = null;
        running = flush();
        return running;
      });
    return next;
  };
}

/** fsync of a folder makes renames in it last; writers in one folder at one time share it. */
const folderFlushes = new Map<string, () => Promise<void>>();

export function flushFolder(folder: string): Promise<void> {
  let flush = folderFlushes.get(folder);
  if (!flush) {
    flush = sharedFlush(async () => {
      const handle = await open(folder, "r");
      await handle.sync().finally(() => handle.close());
    });
    folderFlushes.set(folder, flush);
  }
  return flush();
}

/** Makes a folder that survives a power cut: its entry in its parent is flushed too. */
export async function makeFolder(folder: string): Promise<void> {
  const first = await mkdir(folder, { recursive: true });
  if (first === undefined) return;
  for (let made = folder; ; made = dirname(made)) {
    await flushFolder(dirname(made));
    if (made === first) return;
  }
}

/** Replaces a file by a new text: whole or not at all, and durable when the promise resolves. */
export async function replaceFile(path: string, text: string): Promise<void> {
  const temporary = `${path}.tmp`;
  const handle = await open(temporary, "w");
  try {
    await handle.writeFile(text);
    await handle.datasync();
  } finally {
    await handle.close();
  }
  await rename(temporary, path);
  await flushFolder(dirname(path));
}
