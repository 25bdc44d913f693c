import { createHash, timingSafeEqual } from "node:crypto";
import type { IncomingMessage } from "node:http";

/** Headers by which a proxy says that it speaks for somebody else. */
const FORWARDING = [
  "forwarded",
  "x-forwarded-for",
  "x-forwarded-host",
  "x-forwarded-proto",
  "x-real-ip",
  "via",
];

/**
 * May a request read figures and leave feedback? With the bearer token, from anywhere; without it only from this very
 * machine, and only when nobody forwarded the request: behind a proxy all the world comes from loopback.
 */
export function isAdmitted(request: IncomingMessage, token: string | null): boolean {
  const { authorization } = request.headers;
  if (authorization !== undefined) return token !== null && isBearer(authorization, token);
  return isLoopback(request.socket.remoteAddress) && !FORWARDING.some((name) => name in request.headers);
}

/** Digests are compared, in constant time: neither the token's length nor how much of it is right can be measured. */
function isBearer(authorization: string, token: string): boolean {
  const digest = (text: string) => createHash("sha256").update(text).digest();
  return timingSafeEqual(digest(authorization), digest(`Bearer ${token}`));
}

function isLoopback(address: string | undefined): boolean {
  return address === "::1" || /^(?:::ffff:)?127\./.test(address ?? "");
}
