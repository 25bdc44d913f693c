import { createHash, timingSafeEqual } from "node:crypto";
import type { IncomingMessage } from "node:http";

/** Headers by which proxies, load balancers and networks of caches say that they speak for somebody else. */
const FORWARDING =
  /^(?:x-(?:original-)?forwarded\b.*|x-original-host|x-real-ip|x-(?:cluster-)?client-ip|x-envoy-external-address|(?:cf-connecting|true-client|fly-client)-ip|cdn-loop|forwarded|via)$/;

/** Names by which this machine is called from itself; any port. */
const LOOPBACK_NAME = /^(?:localhost|127(?:\.\d{1,3}){3}|\[::1\])(?::\d+)?$/i;

/**
 * May a request read figures and leave feedback? With the bearer token, from anywhere; without it only from this very
 * machine, and only when nobody else is behind it: neither a proxy, behind which all the world comes from loopback, nor
 * a page in a browser of this machine.
 */
export function isAdmitted(request: IncomingMessage, token: string | null): boolean {
  const { headers, socket } = request;
  if (headers.authorization !== undefined) return token !== null && isBearer(headers.authorization, token);
  const forwarded = Object.keys(headers).some((name) => FORWARDING.test(name));
  return isLoopback(socket.remoteAddress) && !forwarded && !isFromPage(headers);
}

/**
 * Browsers tell of pages by `Origin` or `Sec-Fetch-Site`. One whose own name was pointed to this machine afterwards (DNS
 * rebinding) is of the same site for them, and is told by that name alone.
 */
function isFromPage({ origin, host, "sec-fetch-site": site = "none" }: IncomingMessage["headers"]): boolean {
  if (origin !== undefined || (site !== "none" && site !== "same-origin")) return true;
  return host !== undefined && !LOOPBACK_NAME.test(host);
}

/** Digests are compared, in constant time: neither the token's length nor how much of it is right can be measured. */
function isBearer(authorization: string, token: string): boolean {
  const digest = (text: string) => createHash("sha256").update(text).digest();
  return timingSafeEqual(digest(authorization.replace(/^bearer +/i, "Bearer ")), digest(`Bearer ${token}`));
}

function isLoopback(address: string | undefined): boolean {
  return address === "::1" || /^(?:::ffff:)?127\./.test(address ?? "");
}
