import { verify } from "node:crypto";
import { Refusal } from "../state/refusal.ts";
import type { App, State } from "../state/state.ts";
import { clientIdOf } from "../views/app.ts";

const MAX_LIFE_S = 600;
const LEEWAY_S = 60;

export function looksLikeJwt(token: string): boolean {
  return token.split(".").length === 3 && token.startsWith("eyJ");
}

/** The app that signed this JWT: RS256, `iss` the id or the client id, at most ten minutes ahead. */
export function appOfJwt(state: State, token: string, nowMs: number): App {
  const [head = "", body = "", signature = ""] = token.split(".");
  const header = decode(head);
  const claims = decode(body);
  if (header?.alg !== "RS256" || !claims) throw refused("A JSON web token could not be decoded");
  const app = [...state.apps.values()].find((one) =>
    [String(one.id), clientIdOf(one)].includes(String(claims.iss)),
  );
  if (!app) throw refused("Integration not found", 404);
  const good = verify(
    "RSA-SHA256",
    Buffer.from(`${head}.${body}`),
    app.publicKey,
    Buffer.from(signature, "base64url"),
  );
  if (!good) throw refused("A JSON web token could not be decoded");
  const now = nowMs / 1000;
  const { exp, iat } = claims;
  if (typeof exp !== "number" || exp < now) {
    throw refused(
      "'Expiration time' claim ('exp') must be a numeric value representing the future time at which the assertion expires",
    );
  }
  if (exp > now + MAX_LIFE_S + LEEWAY_S)
    throw refused("'Expiration time' claim ('exp') is too far in the future");
  if (typeof iat !== "number" || iat > now + LEEWAY_S) {
    throw refused(
      "'Issued at' claim ('iat') must be an Integer representing the time that the assertion was issued",
    );
  }
  return app;
}

function decode(part: string): Record<string, unknown> | null {
  try {
    return JSON.parse(Buffer.from(part, "base64url").toString("utf8")) as Record<string, unknown>;
  } catch {
    return null;
  }
}

function refused(message: string, status = 401): Refusal {
  return new Refusal(status, message);
}
