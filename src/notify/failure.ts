/** A notice that did not arrive. The reason is our own words: what a server answered could repeat a secret. */
export class NotSent extends Error {
  /** The network's fault or the moment's: tried again without being counted. */
  readonly passing: boolean;
  /** When the receiver wants to be asked again, milliseconds since 1970; null: it did not say. */
  readonly until: number | null;

  constructor(reason: string, { passing, until = null }: { passing: boolean; until?: number | null }) {
    super(reason);
    this.name = "NotSent";
    this.passing = passing;
    this.until = until;
  }
}

/** Statuses that say "not now": a timeout, a conflict, too early, too many. */
const NOT_NOW = new Set([408, 409, 425, 429]);

/** Throws unless an HTTP receiver took the notice. A redirect is not followed: it may lead anywhere. */
export function judgeAnswer({ status, headers }: Response, now: number): void {
  if (status >= 200 && status < 300) return;
  if (status >= 300 && status < 400) {
    throw new NotSent(`it redirects (${status}), which is not followed: write the address that it leads to`, {
      passing: false,
    });
  }
  const passing = status >= 500 || NOT_NOW.has(status);
  throw new NotSent(`it answered ${status}`, { passing, until: passing ? retryAfter(headers, now) : null });
}

/** `Retry-After` counts seconds or names a date. */
function retryAfter(headers: Headers, now: number): number | null {
  const text = headers.get("retry-after");
  if (text === null) return null;
  const until = /^\d+$/.test(text) ? now + Number(text) * 1_000 : Date.parse(text);
  return Number.isFinite(until) ? until : null;
}

/** What an HTTP request without an answer means: the network, or a receiver that is slow, down or not there. */
export function noAnswer(error: unknown): NotSent {
  if (error instanceof NotSent) return error;
  return new NotSent(`it did not answer (${codeOf(error)})`, { passing: true });
}

/** The innermost code of an error, such as ECONNREFUSED: its message could name what is secret. */
export function codeOf(error: unknown): string {
  if (typeof error !== "object" || error === null) return "unknown";
  const { code, cause, original, name } = error as Record<"code" | "cause" | "original" | "name", unknown>;
  if (cause ?? original) return codeOf(cause ?? original);
  return typeof code === "string" ? code : String(name ?? "unknown");
}
