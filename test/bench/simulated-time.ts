interface Timer {
  at: number;
  wake: () => void;
}

/** A clock that stands still while work is done, and jumps to the next timer when none is left to do. */
export interface SimulatedTime {
  now: () => number;
  after: (milliseconds: number, wake: () => void) => () => void;
  /** Goes on by so many milliseconds; timers that are due by then wake at the next jump. */
  pass(milliseconds: number): void;
  /** Goes on to the first timer and wakes who waits for it. False when nobody waits. */
  jump(): boolean;
}

export function simulateTime(start: number): SimulatedTime {
  let now = start;
  const timers = new Set<Timer>();
  return {
    now: () => now,
    after(milliseconds, wake) {
      const timer = { at: now + milliseconds, wake };
      timers.add(timer);
      return () => timers.delete(timer);
    },
    pass(milliseconds) {
      now += milliseconds;
    },
    jump() {
      const [first] = [...timers].sort((a, b) => a.at - b.at);
      if (!first) return false;
      timers.delete(first);
      now = Math.max(now, first.at);
      first.wake();
      return true;
    },
  };
}
