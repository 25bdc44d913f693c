import { listFailedDeliveries } from "../../github/deliveries.ts";
import type { Clients, Octokit } from "../../github/client.ts";
import { classifyFailure } from "../../github/failure.ts";
import { listInstallations } from "../../github/installations.ts";
import { lackingEvents, lackingPermissions } from "../../github/requirements.ts";
import type { Finding } from "./finding.ts";
import { failure, ok, warning } from "./finding.ts";

/** JSON Web Tokens are refused when the clocks differ by more than a minute; half of that is worth a word. */
const SKEW_MS = 30_000;

/** Under this share of the hour's requests an installation is about to be slowed down. */
const LOW_LIMIT = 0.1;

const HOUR = 3_600_000;

/** Looks at everything that GitHub can tell: credentials, clock, permissions, webhook, deliveries, limits. */
export async function examineGitHub(clients: Clients, now: () => number): Promise<Finding[]> {
  const app = await clients.app();
  let answer: Awaited<ReturnType<Octokit["rest"]["apps"]["getAuthenticated"]>>;
  try {
    answer = await app.rest.apps.getAuthenticated();
  } catch (error) {
    return [refusedBy(error, now())];
  }
  const { data, headers } = answer;
  return [
    ok("credentials", `the App is ${data?.slug}`),
    clock(headers.date, now()),
    permissions(data?.permissions ?? {}),
    events(data?.events ?? []),
    await webhook(app),
    await deliveries(app, now()),
    ...(await installations(clients, app, now)),
  ];
}

/** Whether GitHub could not be asked, or did not like who asked. */
function refusedBy(error: unknown, now: number): Finding {
  const { type, reason } = classifyFailure(error, now);
  const answered = (error as { response?: unknown }).response !== undefined;
  if (answered && reason.startsWith("401")) {
    const mend = "APP_ID and PRIVATE_KEY must be of one App, and this machine's clock must be right.";
    return failure("credentials", `GitHub does not accept them: ${reason}`, mend);
  }
  if (type === "passing")
    return failure(
      "GitHub",
      `it cannot be asked: ${reason}`,
      "Check the network and GHE_HOST, then try again.",
    );
  const mend = "Do APP_ID, PRIVATE_KEY and GHE_HOST belong together?";
  return failure("credentials", `GitHub does not know the App: ${reason}`, mend);
}

function clock(date: string | undefined, now: number): Finding {
  const skew = date ? now - Date.parse(date) : Number.NaN;
  if (Number.isNaN(skew))
    return warning("clock", "GitHub did not say what time it is", "Nothing; try again later.");
  const seconds = Math.round(skew / 1_000);
  if (Math.abs(skew) < SKEW_MS) return ok("clock", `within ${Math.abs(seconds)} s of GitHub's`);
  const way = seconds > 0 ? "ahead of" : "behind";
  return failure(
    "clock",
    `${Math.abs(seconds)} s ${way} GitHub's`,
    "Set the clock by NTP: tokens are refused otherwise.",
  );
}

function permissions(granted: Record<string, string | undefined>): Finding {
  const lacking = lackingPermissions(granted);
  if (lacking.length === 0) return ok("permissions", "as app.yml asks for");
  return failure(
    "permissions",
    `missing ${lacking.join(", ")}`,
    "Grant them in the App's settings; owners must accept.",
  );
}

function events(subscribed: string[]): Finding {
  const lacking = lackingEvents(subscribed);
  if (lacking.length === 0) return ok("events", "as app.yml asks for");
  return failure(
    "events",
    `not subscribed to ${lacking.join(", ")}`,
    "Subscribe to them in the App's settings.",
  );
}

async function webhook(app: Octokit): Promise<Finding> {
  const { data } = await app.rest.apps.getWebhookConfigForApp();
  const { url = "", content_type: type, insecure_ssl: insecure } = data;
  if (!url.endsWith("/api/github/webhooks")) {
    return failure(
      "webhook",
      `goes to ${url || "nowhere"}`,
      "Set its URL to https://YOUR-HOST/api/github/webhooks.",
    );
  }
  if (type !== "json")
    return failure("webhook", `sends ${type}`, "Set its content type to application/json.");
  if (String(insecure) === "1") return warning("webhook", "does not verify TLS", "Enable SSL verification.");
  return ok("webhook", `goes to ${url}`);
}

async function deliveries(app: Octokit, now: number): Promise<Finding> {
  const failed = await listFailedDeliveries(app, now - HOUR);
  if (failed.length === 0) return ok("deliveries", "none failed in the last hour");
  return warning(
    "deliveries",
    `${failed.length} failed in the last hour`,
    "Is the desk up, and reachable from GitHub? It asks for them again by itself.",
  );
}

async function installations(clients: Clients, app: Octokit, now: () => number): Promise<Finding[]> {
  const all = await listInstallations(app);
  if (all.length === 0)
    return [warning("installations", "there is none", "Install the App on an organisation.")];
  return Promise.all(
    all.map(async ({ id, account, suspended, permissions: granted }) => {
      const check = `installation on ${account}`;
      if (suspended)
        return warning(check, "suspended", "Its owner can unsuspend it in the organisation's settings.");
      const lacking = lackingPermissions(granted);
      if (lacking.length > 0) {
        const mend = "Its owner must accept the App's permissions, in the organisation's settings.";
        return failure(check, `not granted: ${lacking.join(", ")}`, mend);
      }
      try {
        return await limits(check, await clients.installation(id));
      } catch (error) {
        return failure(check, classifyFailure(error, now()).reason, "See GitHub's status, then try again.");
      }
    }),
  );
}

async function limits(check: string, octokit: Octokit): Promise<Finding> {
  const { data } = await octokit.rest.rateLimit.get();
  const { core, graphql } = data.resources;
  const low = [core, graphql].some((limit) => limit && limit.remaining < limit.limit * LOW_LIMIT);
  const says = `${core.remaining} of ${core.limit} requests left this hour`;
  return low ? warning(check, says, "Nothing: work is put off until the limit resets.") : ok(check, says);
}
