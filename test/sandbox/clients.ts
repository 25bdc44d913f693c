import { createAppAuth } from "@octokit/auth-app";
import { Octokit } from "@octokit/rest";
import type { InstalledApp, Sandbox } from "../../src/sandbox/sandbox.ts";

export const ALL_PERMISSIONS = {
  issues: "write",
  discussions: "write",
  contents: "read",
  members: "read",
} as const;

const quiet = () => {};
/** Refusals are what many tests ask for: octokit need not print them. */
const log = { debug: quiet, info: quiet, warn: quiet, error: quiet };

/** GitHub's own client, with the credentials of an app, of its installation, or of a person. */
export function appClient(sandbox: Sandbox, app: InstalledApp): Octokit {
  const auth = { appId: app.appId, privateKey: app.privateKey };
  return new Octokit({ baseUrl: `${sandbox.url}/api/v3`, authStrategy: createAppAuth, auth, log });
}

export function installationClient(
  sandbox: Sandbox,
  app: InstalledApp,
  installationId = app.installationId,
): Octokit {
  const auth = { appId: app.appId, privateKey: app.privateKey, installationId };
  return new Octokit({ baseUrl: `${sandbox.url}/api/v3`, authStrategy: createAppAuth, auth, log });
}

export function personClient(sandbox: Sandbox, login: string): Octokit {
  return tokenClient(sandbox, sandbox.tokenOf(login));
}

export function tokenClient(sandbox: Sandbox, auth: string): Octokit {
  return new Octokit({ baseUrl: `${sandbox.url}/api/v3`, auth, log });
}

/** What a refused request answers: its status, message and headers. */
export async function refusal(
  asking: Promise<unknown>,
): Promise<{ status: number; message: string; headers: Record<string, string> }> {
  try {
    await asking;
  } catch (error) {
    const { status, message, response } = error as {
      status: number;
      message: string;
      response?: { headers: Record<string, string> };
    };
    return { status, message, headers: response?.headers ?? {} };
  }
  throw new Error("it was not refused");
}
