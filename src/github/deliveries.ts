import { z } from "zod";
import type { Octokit } from "./client.ts";

/** A webhook delivery that GitHub could not hand over. */
export interface FailedDelivery {
  /** The attempt's id, beyond what a number holds exactly. */
  id: string;
  /** `X-GitHub-Delivery`. */
  guid: string;
  deliveredAt: number;
  event: string;
}

const attempts = z.array(
  z.object({
    id: z.union([z.number(), z.bigint()]).transform(String),
    guid: z.string(),
    delivered_at: z.string().transform((at) => Date.parse(at)),
    event: z.string(),
  }),
);

/**
 * Failed deliveries of the App since a moment (milliseconds since 1970), newest first, one for each delivery however often
 * it was tried. GitHub keeps them for 3 days. Must be asked as the App.
 */
export async function listFailedDeliveries(app: Octokit, since: number): Promise<FailedDelivery[]> {
  const failed = new Map<string, FailedDelivery>();
  const pages = app.paginate.iterator(app.rest.apps.listWebhookDeliveries, {
    per_page: 100,
    status: "failure",
  });
  for await (const { data } of pages) {
    const page = attempts.parse(data);
    for (const { id, guid, delivered_at, event } of page) {
      if (delivered_at < since) return [...failed.values()];
      if (!failed.has(guid)) failed.set(guid, { id, guid, deliveredAt: delivered_at, event });
    }
  }
  return [...failed.values()];
}

/** Has GitHub send a delivery again, with the `X-GitHub-Delivery` that it had. */
export async function redeliver(app: Octokit, id: string): Promise<void> {
  await app.request(`POST /app/hook/deliveries/${encodeURIComponent(id)}/attempts`);
}
