import type { ScopeKey } from "../ticket/delivery.ts";

/**
 * Wakes workers up. A job says "there is work on this scope" and nothing else: what the work is, the store knows. So a
 * job may come twice or for nothing, several for one scope count as one, and a lost one is found again at start.
 * A scope is worked on by one worker at a time; a job that comes in while its scope is worked on runs afterwards.
 */
export interface Queue {
  /** `notBefore`: milliseconds since 1970; `priority`: higher goes first. */
  push(scope: ScopeKey, options?: { notBefore?: number; priority?: number }): Promise<void>;
  /** Begins to work. `work` handles its own failures: when it throws, that is a bug, logged by `onBug`. */
  start(
    work: (scope: ScopeKey) => Promise<void>,
    onBug: (error: unknown, scope: ScopeKey) => void,
  ): Promise<void>;
  /** Resolves when nothing is running and nothing waits but jobs for later. */
  idle(): Promise<void>;
  /** Takes no more work up; resolves when what runs has finished. */
  stop(): Promise<void>;
  /** Resolves when the queue answers; rejects with the reason otherwise. */
  ping(): Promise<void>;
  size(): Promise<{ waiting: number; running: number }>;
}
