import type { Problem } from "../ticket/problem.ts";
import type { Complaint } from "./complaint.ts";
import { show } from "./complaint.ts";
import { readPrivateKey } from "./private-key.ts";
import { closest } from "./suggestion.ts";

const LOG_LEVELS = ["trace", "debug", "info", "warn", "error", "fatal", "silent"] as const;
const LOG_FORMATS = ["pretty", "json"] as const;
const PROTOCOLS = ["https", "http"] as const;

/** What Node's timers can wait at most, in seconds. */
const LONGEST_WAIT = 2_147_483;

interface Credentials {
  appId: number;
  /** A PEM text, or the path of a file with one. */
  privateKey: { pem: string } | { path: string };
  webhookSecret: string;
}

/** What the environment says, for the whole process. */
export interface Environment {
  /** null: none at all, so that the desk plays with the sandbox. */
  credentials: Credentials | null;
  /** Another GitHub than github.com: its host, with its port if it has one. */
  github: { host: string; protocol: (typeof PROTOCOLS)[number] } | null;
  host: string;
  /** 0: any free one. */
  port: number;
  /** Folder of the embedded store; null: not set, so `./data`, or a temporary one for the sandbox. */
  dataDir: string | null;
  databaseUrl: string | null;
  sponsorsSecret: string | null;
  sponsorsToken: string | null;
  apiToken: string | null;
  logLevel: (typeof LOG_LEVELS)[number];
  logFormat: (typeof LOG_FORMATS)[number];
  noSmeeSetup: boolean;
  /** Host names, with their port if one was written, that notices may go to. */
  allowedHosts: string[];
  reconcileSeconds: number;
  tickSeconds: number;
}

type Variables = Readonly<Record<string, string | undefined>>;

/**
 * Reads the environment's variables, which it is given. `environment` is null when one is wrong: then nothing may
 * start. A Problem's path is the variable's name; secrets are never quoted.
 */
export function readEnvironment(env: Variables): { environment: Environment | null; problems: Problem[] } {
  const problems: Problem[] = [];
  const complain: Complain = (path, complaint) => problems.push({ severity: "error", path, ...complaint });
  const environment: Environment = {
    credentials: readCredentials(env, complain),
    github: readGitHub(env, complain),
    host: value(env, "HOST") ?? "localhost",
    port: readPort(env, complain),
    dataDir: value(env, "DATA_DIR"),
    databaseUrl: readDatabaseUrl(env, complain),
    sponsorsSecret: readSecret(env, "FRONTDESK_SPONSORS_SECRET", complain),
    sponsorsToken: value(env, "FRONTDESK_SPONSORS_TOKEN"),
    apiToken: value(env, "FRONTDESK_API_TOKEN"),
    logLevel: oneOf(env, "LOG_LEVEL", LOG_LEVELS, "info", complain),
    logFormat: oneOf(
      env,
      "LOG_FORMAT",
      LOG_FORMATS,
      env.NODE_ENV === "production" ? "json" : "pretty",
      complain,
    ),
    noSmeeSetup: value(env, "NO_SMEE_SETUP") === "true",
    allowedHosts: readHosts(env, complain),
    reconcileSeconds: readSeconds(env, "FRONTDESK_RECONCILE_SECONDS", 3600, complain),
    tickSeconds: readSeconds(env, "FRONTDESK_TICK_SECONDS", 60, complain),
  };
  return { environment: problems.length === 0 ? environment : null, problems };
}

type Complain = (path: string, complaint: Complaint) => void;

/** An empty variable is one that is not set: compose files and shells write them so. */
function value(env: Variables, name: string): string | null {
  return env[name]?.trim() || null;
}

function readCredentials(env: Variables, complain: Complain): Credentials | null {
  const given = ["APP_ID", "PRIVATE_KEY", "PRIVATE_KEY_PATH"].filter((name) => value(env, name) !== null);
  if (given.length === 0) return null;
  const appId = readAppId(env, complain);
  const privateKey = readKey(env, complain);
  const webhookSecret = readSecret(env, "WEBHOOK_SECRET", complain);
  if (value(env, "WEBHOOK_SECRET") === null) {
    const message = `it is missing, though ${given[0]} is set; without it, anybody could send the desk made-up webhooks. Write the secret of the App's webhook`;
    complain("WEBHOOK_SECRET", { message });
  }
  return appId && privateKey && webhookSecret ? { appId, privateKey, webhookSecret } : null;
}

function readAppId(env: Variables, complain: Complain): number | null {
  const text = value(env, "APP_ID");
  if (text !== null && /^[1-9]\d{0,14}$/.test(text)) return Number(text);
  const message =
    text === null
      ? "it is missing, though there is a private key; it is the number that the App's page calls App ID"
      : `${show(text)} is not the number that the App's page calls App ID`;
  complain("APP_ID", { message });
  return null;
}

function readKey(env: Variables, complain: Complain): Credentials["privateKey"] | null {
  const text = value(env, "PRIVATE_KEY");
  const path = value(env, "PRIVATE_KEY_PATH");
  if (text === null) {
    if (path !== null) return { path };
    const message =
      "it is missing, though APP_ID is set; write the content of the App's .pem file, or set PRIVATE_KEY_PATH";
    complain("PRIVATE_KEY", { message });
    return null;
  }
  const pem = readPrivateKey(text);
  if (pem !== null) return { pem };
  const message =
    "it is not a private key: the whole content of the App's .pem file, from -----BEGIN to the end of the -----END line, with \\n for line breaks if need be";
  complain("PRIVATE_KEY", { message });
  return null;
}

/** A secret of webhooks. `development` is what Probot takes when there is none: everybody knows it. */
function readSecret(env: Variables, name: string, complain: Complain): string | null {
  const secret = value(env, name);
  if (secret?.toLowerCase() !== "development") return secret;
  complain(name, {
    message: "it is a word that everybody knows; write a random secret, and the same on GitHub",
  });
  return null;
}

function readGitHub(env: Variables, complain: Complain): Environment["github"] {
  const protocol = oneOf(env, "GHE_PROTOCOL", PROTOCOLS, "https", complain);
  const host = value(env, "GHE_HOST");
  if (host === null) return null;
  const complaint = judgeHost(host);
  if (complaint) complain("GHE_HOST", complaint);
  return { host, protocol };
}

/** A host name or address, with or without a port. */
function judgeHost(host: string): Complaint | null {
  if (/^(?:[A-Za-z0-9](?:[A-Za-z0-9.-]{0,251}[A-Za-z0-9])?|\[[0-9A-Fa-f:]+\])(?::\d{1,5})?$/.test(host))
    return null;
  const message = `${show(host)} is not a host's name, such as github.example.com`;
  const named = URL.canParse(host) ? new URL(host).host : "";
  return named === "" ? { message } : { message, suggestion: named };
}

function readPort(env: Variables, complain: Complain): number {
  const text = value(env, "PORT") ?? "3000";
  const port = Number(text);
  if (/^\d+$/.test(text) && port <= 65_535) return port;
  complain("PORT", { message: `${show(text)} is not a port: a whole number from 0 (any free one) to 65535` });
  return port;
}

function readDatabaseUrl(env: Variables, complain: Complain): string | null {
  const url = value(env, "DATABASE_URL");
  if (url === null) return null;
  if (!/^postgres(ql)?:\/\//.test(url)) {
    complain("DATABASE_URL", { message: "it does not begin with postgres://; only PostgreSQL is possible" });
  } else if (!URL.canParse(url)) {
    // Not quoted: it holds a password.
    const form = "postgres://user:password@host:5432/database";
    const message = `it is not an address such as ${form}; in a password, / # ? @ are written as %2F %23 %3F %40`;
    complain("DATABASE_URL", { message });
  } else return url;
  return null;
}

function readHosts(env: Variables, complain: Complain): string[] {
  const hosts = (value(env, "FRONTDESK_ALLOWED_HOSTS") ?? "")
    .split(",")
    .map((host) => host.trim().toLowerCase());
  return hosts.filter((host) => {
    if (host === "") return false;
    const complaint = judgeHost(host);
    if (complaint) complain("FRONTDESK_ALLOWED_HOSTS", complaint);
    return complaint === null;
  });
}

function readSeconds(env: Variables, name: string, standard: number, complain: Complain): number {
  const text = value(env, name);
  if (text === null) return standard;
  const seconds = Number(text);
  if (seconds > 0 && seconds <= LONGEST_WAIT) return seconds;
  const message = `${show(text)} is not a number of seconds: more than 0, at most ${LONGEST_WAIT}`;
  complain(name, /^\d+s$/.test(text) ? { message, suggestion: text.slice(0, -1) } : { message });
  return standard;
}

function oneOf<T extends string>(
  env: Variables,
  name: string,
  allowed: readonly T[],
  standard: T,
  complain: Complain,
): T {
  const text = value(env, name);
  if (text === null) return standard;
  const found = allowed.find((word) => word === text.toLowerCase());
  if (found !== undefined) return found;
  const message = `${show(text)} is not one of ${allowed.join(", ")}`;
  const suggestion = closest(text, allowed);
  complain(name, suggestion === undefined ? { message } : { message, suggestion });
  return standard;
}
