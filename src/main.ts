import { readFile } from "node:fs/promises";
import type { Frontdesk } from "./app.ts";
import { startFrontdesk } from "./app.ts";
import type { Environment } from "./settings/environment.ts";
import { readEnvironment } from "./settings/environment.ts";

/** Docker and Kubernetes kill after 10 s and 30 s; what is not finished by then is in the store and is taken up again. */
const DRAIN_MS = 18_000;

const { environment, problems } = readEnvironment(process.env);
for (const { path, message, suggestion } of problems) {
  console.error(`${path}: ${message}${suggestion ? `; write ${suggestion}` : ""}`);
}
if (!environment) process.exit(2);
if (environment.credentials) await serve(environment, environment.credentials);
else process.exitCode = await (await import("./cli/story.ts")).story(process.argv.slice(2), environment);

/** Serves GitHub until a signal says to stop. */
async function serve(from: Environment, credentials: Credentials): Promise<void> {
  const frontdesk = await start(from, credentials).catch(async (error: NodeJS.ErrnoException) => {
    const { refusal } = await import("./cli/refusal.ts");
    const { code, text } = refusal(error, from);
    console.error(text);
    return process.exit(code);
  });
  frontdesk.desk.log.info(`Frontdesk takes deliveries at ${frontdesk.url}/api/github/webhooks`);
  let stopping = false;
  const leave = () => {
    if (stopping) return;
    stopping = true;
    setTimeout(() => process.exit(0), DRAIN_MS).unref();
    frontdesk.stop().then(
      () => process.exit(0),
      (error: unknown) => {
        console.error(error);
        process.exit(1);
      },
    );
  };
  process.on("SIGTERM", leave);
  process.on("SIGINT", leave);
}

async function start(
  from: Environment,
  { appId, privateKey, webhookSecret }: Credentials,
): Promise<Frontdesk> {
  const pem = "pem" in privateKey ? privateKey.pem : await readFile(privateKey.path, "utf8");
  const credentials = { appId, privateKey: pem, webhookSecret };
  return startFrontdesk({ ...from, dataDir: from.dataDir ?? "./data", credentials, variables: process.env });
}

type Credentials = NonNullable<Environment["credentials"]>;
