import type { ClockEvent, Clocks, Ledger, Run } from "../ticket/clocks.ts";

/** The clocks of a ticket that was opened at `createdAt`. */
export function startClocks(createdAt: number): Clocks {
  const base: Ledger = {
    until: createdAt - 1,
    answered: false,
    owed: false,
    waiting: false,
    held: false,
    closed: false,
    firstResponse: [{ from: createdAt, to: null }],
    nextResponse: [],
    resolution: [{ from: createdAt, to: null }],
  };
  return { base, log: [], told: {} };
}

/** From this many events on, the older half is counted for good: nothing that late is expected any more. */
const LOG = 64;

/** Adds an event. In which order events are added makes no difference, nor does adding one twice. */
export function advance(clocks: Clocks, event: ClockEvent): Clocks {
  const opened = clocks.base.firstResponse[0]?.from ?? event.at;
  const dated = { ...event, at: Math.max(event.at, opened) };
  if (dated.at <= clocks.base.until || clocks.log.some(({ id }) => id === dated.id)) return clocks;
  const log = [...clocks.log, dated].sort(inOrder);
  if (log.length < LOG) return { ...clocks, log };
  const settled = log.slice(0, LOG / 2);
  return { ...clocks, base: settled.reduce(step, clocks.base), log: log.slice(LOG / 2) };
}

/** Takes an event back, as if it had not happened; what is counted for good already stays. */
export function without(clocks: Clocks, id: string): Clocks {
  return { ...clocks, log: clocks.log.filter((event) => event.id !== id) };
}

/** Where the clocks stand after all that happened. */
export function readClocks(clocks: Clocks): Ledger {
  return clocks.log.reduce(step, clocks.base);
}

/** GitHub's times are whole seconds: what happens in the same one is put into the order in which people do it. */
const RANK: Record<ClockEvent["type"], number> = {
  reopened: 0,
  "reporter-spoke": 1,
  "team-replied": 2,
  waiting: 3,
  released: 4,
  held: 5,
  closed: 6,
};

function inOrder(a: ClockEvent, b: ClockEvent): number {
  return a.at - b.at || RANK[a.type] - RANK[b.type] || (a.id < b.id ? -1 : 1);
}

type Flags = Pick<Ledger, "answered" | "owed" | "waiting" | "held" | "closed">;

function step(before: Ledger, event: ClockEvent): Ledger {
  const after = { ...before, ...changes(before, event), until: event.at };
  const frozen = after.held || after.closed;
  const cycles = after.owed && !before.owed ? [...before.nextResponse, []] : before.nextResponse;
  const current = cycles.at(-1);
  return {
    ...after,
    // Waiting for the reporter does not stop the first response: until a person answered, the desk is who is late.
    firstResponse: turned(before.firstResponse, !after.answered && !frozen, event.at),
    nextResponse: current
      ? [...cycles.slice(0, -1), turned(current, after.owed && !frozen, event.at)]
      : cycles,
    resolution: turned(before.resolution, !after.waiting && !frozen, event.at),
  };
}

function changes(before: Ledger, event: ClockEvent): Partial<Flags> {
  switch (event.type) {
    case "reporter-spoke":
      // Before the first answer there is one debt only, and its clock runs already.
      return { waiting: false, owed: before.answered };
    case "team-replied":
      return { answered: true, owed: false };
    case "waiting":
      return { waiting: true, owed: false, held: false };
    case "held":
      return { held: true };
    case "released":
      // As the ticket's state: what is let go is open again, whatever it was before.
      return { held: false, waiting: before.waiting && !before.held };
    case "closed":
      return { closed: true };
    case "reopened":
      return { closed: false, waiting: false, held: false };
  }
}

/** Starts or stops a clock at an instant; nothing when it is so already. */
function turned(runs: Run[], on: boolean, at: number): Run[] {
  const last = runs.at(-1);
  const running = last?.to === null;
  if (running === on) return runs;
  if (on) return [...runs, { from: at, to: null }];
  return [...runs.slice(0, -1), { from: last?.from ?? at, to: at }];
}
