/** A receiver that has not answered by then is tried again later: others wait behind it. */
export const TIMEOUT_MS = 10_000;
