import { readFile } from "node:fs/promises";
import { parseArgs } from "node:util";
import { createProbot } from "probot";
import { clientsOf, DeskOctokit } from "../github/client.ts";
import type { Environment } from "../settings/environment.ts";
import { readEnvironment } from "../settings/environment.ts";
import type { Finding } from "./doctor/finding.ts";
import { failure, ok, warning } from "./doctor/finding.ts";
import { examineGitHub } from "./doctor/github-checks.ts";
import { pageOf } from "./doctor/page.ts";
import { examineStore } from "./doctor/store-checks.ts";
import { storePlace } from "./store-place.ts";

/** `frontdesk doctor`: looks at everything that the desk needs, and says what to do. 1 when something is wanting. */
export async function doctor(argv: string[]): Promise<number> {
  const { values } = parseArgs({ args: argv, options: { json: { type: "boolean", default: false } } });
  const findings = await examine(process.env);
  process.stdout.write(values.json ? `${JSON.stringify(findings)}\n` : pageOf(findings));
  return findings.every(({ state }) => state === "ok") ? 0 : 1;
}

async function examine(env: NodeJS.ProcessEnv): Promise<Finding[]> {
  const { environment, problems } = readEnvironment(env);
  const wrong = problems.map(({ path, message, suggestion }) =>
    failure(
      path,
      message,
      suggestion ? `Write ${suggestion}.` : "Set it as README's table of variables says.",
    ),
  );
  const github = environment ? await examineAccess(environment) : [];
  const surroundings = { variables: env, allowedHosts: environment?.allowedHosts ?? [] };
  // What is wrong with the way to GitHub says nothing of the store.
  const unplaced = problems.some(({ path }) => path === "DATABASE_URL" || path === "DATA_DIR");
  const store = unplaced ? [] : await examineStore(storePlace(env), surroundings, Date.now());
  return [...(environment ? [ok("environment", "understood")] : wrong), ...github, ...store];
}

async function examineAccess(environment: Environment): Promise<Finding[]> {
  const { credentials, github } = environment;
  if (!credentials) {
    const mend = "Set APP_ID, PRIVATE_KEY and WEBHOOK_SECRET.";
    return [warning("credentials", "none: npm start plays a story", mend)];
  }
  const key = await readKey(credentials);
  return typeof key === "string"
    ? examineGitHub(await clientsFor(github, credentials, key), Date.now)
    : [key];
}

type Credentials = NonNullable<Environment["credentials"]>;

/** The private key's text, or why there is none. */
async function readKey({ privateKey }: Credentials): Promise<string | Finding> {
  if ("pem" in privateKey) return privateKey.pem;
  try {
    return await readFile(privateKey.path, "utf8");
  } catch (error) {
    const says = error instanceof Error ? error.message : String(error);
    return failure("PRIVATE_KEY_PATH", says, "Set it to the App's .pem file, which this user may read.");
  }
}

async function clientsFor(
  github: Environment["github"],
  { appId, webhookSecret }: Credentials,
  privateKey: string,
) {
  const env = {
    APP_ID: String(appId),
    PRIVATE_KEY: privateKey,
    WEBHOOK_SECRET: webhookSecret,
    LOG_LEVEL: "fatal",
    ...(github ? { GHE_HOST: github.host, GHE_PROTOCOL: github.protocol } : {}),
  };
  const probot = createProbot({ env: env as NodeJS.ProcessEnv, overrides: { Octokit: DeskOctokit } });
  return clientsOf(await probot.ready(), Date.now);
}
