import { readFile } from "node:fs/promises";
import { parseArgs } from "node:util";
import { createProbot } from "probot";
import { clientsOf, DeskOctokit } from "../github/client.ts";
import type { Environment } from "../settings/environment.ts";
import { readEnvironment } from "../settings/environment.ts";
import type { Finding } from "./doctor/finding.ts";
import { failure, ok, warning } from "./doctor/finding.ts";
import { examineGitHub } from "./doctor/github-checks.ts";
import { examineStore } from "./doctor/store-checks.ts";
import { storePlace } from "./store-place.ts";

const MARKS = { ok: "ok     ", warning: "warning", failure: "FAILURE" } as const;

/** `frontdesk doctor`: looks at everything that the desk needs, and says what to do. 1 when something is wanting. */
export async function doctor(argv: string[]): Promise<number> {
  const { values } = parseArgs({ args: argv, options: { json: { type: "boolean", default: false } } });
  const findings = await examine(process.env);
  process.stdout.write(values.json ? `${JSON.stringify(findings)}\n` : findings.map(line).join(""));
  return findings.every(({ state }) => state === "ok") ? 0 : 1;
}

async function examine(env: NodeJS.ProcessEnv): Promise<Finding[]> {
  const { environment, problems } = readEnvironment(env);
  if (!environment) {
    return problems.map(({ path, message, suggestion }) =>
      failure(
        path,
        message,
        suggestion ? `Write ${suggestion}.` : "Set it as README's table of variables says.",
      ),
    );
  }
  const github = environment.credentials
    ? await examineGitHub(await clients(environment, environment.credentials), Date.now)
    : [
        warning(
          "credentials",
          "none: npm start plays a story",
          "Set APP_ID, PRIVATE_KEY and WEBHOOK_SECRET.",
        ),
      ];
  return [ok("environment", "understood"), ...github, ...(await examineStore(storePlace(env)))];
}

type Credentials = NonNullable<Environment["credentials"]>;

async function clients({ github }: Environment, { appId, privateKey, webhookSecret }: Credentials) {
  const pem = "pem" in privateKey ? privateKey.pem : await readFile(privateKey.path, "utf8");
  const env = {
    APP_ID: String(appId),
    PRIVATE_KEY: pem,
    WEBHOOK_SECRET: webhookSecret,
    LOG_LEVEL: "fatal",
    ...(github ? { GHE_HOST: github.host, GHE_PROTOCOL: github.protocol } : {}),
  };
  const probot = createProbot({ env: env as NodeJS.ProcessEnv, overrides: { Octokit: DeskOctokit } });
  return clientsOf(await probot.ready(), Date.now);
}

function line({ check, state, says, mend }: Finding): string {
  return `${MARKS[state]}  ${check}: ${says}\n${mend ? `         -> ${mend}\n` : ""}`;
}
