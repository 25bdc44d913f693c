import { createHmac, randomUUID } from "node:crypto";
import { request } from "node:http";
import type { Readable } from "node:stream";
import { WEBHOOK_PATH } from "../../src/app.ts";
import type { World } from "../e2e/world.ts";

export type Headers = Record<string, string | undefined>;

/** Headers as GitHub sends them; one that is undefined is left out. */
export function headersOf(
  { app }: { app: Pick<World["app"], "webhookSecret"> },
  event: string,
  body: string,
  change: Headers = {},
): Headers {
  const digest = createHmac("sha256", app.webhookSecret).update(body).digest("hex");
  return {
    "content-type": "application/json",
    "x-github-delivery": randomUUID(),
    "x-github-event": event,
    "x-hub-signature-256": `sha256=${digest}`,
    ...change,
  };
}

/** Posts a delivery as GitHub would; gives the status. `body`: text, or a stream of unknown length. */
export function post(
  url: string,
  headers: Headers,
  body: string | Readable,
  path = WEBHOOK_PATH,
): Promise<number> {
  const given = Object.entries(headers).filter((entry): entry is [string, string] => entry[1] !== undefined);
  return new Promise((resolve, reject) => {
    const length = typeof body === "string" ? { "content-length": Buffer.byteLength(body) } : {};
    const options = { method: "POST", headers: { ...Object.fromEntries(given), ...length } };
    let status = 0;
    const sent = request(`${url}${path}`, options, (response) => {
      status = response.statusCode ?? 0;
      response.resume().once("close", () => resolve(status));
    });
    // A server that refuses a body may close before all of it was sent.
    sent.once("error", (error) => (status > 0 ? resolve(status) : reject(error)));
    if (typeof body === "string") sent.end(body);
    else body.pipe(sent);
  });
}

/** Posts a payload with a good signature; gives the status. */
export function deliver(
  world: World,
  event: string,
  payload: unknown,
  change: Headers = {},
): Promise<number> {
  const body = typeof payload === "string" ? payload : JSON.stringify(payload);
  return post(world.frontdesk.url, headersOf(world, event, body, change), body);
}

/** The last delivery of the sandbox with that event and action, as it was sent. */
export function sent({ sandbox }: World, event: string, action: string) {
  const found = sandbox.deliveries().findLast((one) => one.event === event && one.action === action);
  if (!found) throw new Error(`no delivery ${event}.${action}`);
  return { guid: found.guid, payload: JSON.parse(found.request.body) as Record<string, never> };
}
