import { once } from "node:events";
import { createServer, type IncomingMessage, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import { createEmulator } from "emulate";

export const APP_ID = 4711;
export const INSTALLATION = 100;
export const SECRET = "chosen for this test";
const TOKEN = "ritas";

/** A GitHub that others wrote, with an organisation, a repository, the app installed, and rita, who writes. */
export interface Emulated {
  /** Where it is, as `GHE_HOST`: with `/api/v3`, which the emulator itself does not know. */
  host: string;
  privateKey: string;
  /** What rita does with her own token; gives the answer. */
  rita(method: string, path: string, body?: object): Promise<unknown>;
  close(): Promise<void>;
}

export async function listening(server: Server): Promise<number> {
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return (server.address() as AddressInfo).port;
}

async function freePort(): Promise<number> {
  const server = createServer();
  const port = await listening(server);
  server.close();
  await once(server, "close");
  return port;
}

function headersOf(request: IncomingMessage): Record<string, string> {
  const { authorization = "", accept = "", "content-type": type } = request.headers;
  return { authorization, accept, ...(type ? { "content-type": type } : {}) };
}

/** The emulator has no GraphQL: whoever asks for threads hears that there are none. */
const NO_THREADS = { pageInfo: { hasNextPage: false, endCursor: null }, nodes: [] };
const GRAPHQL = {
  data: { rateLimit: { cost: 1, limit: 5000 }, repository: { threads: NO_THREADS, discussions: NO_THREADS } },
};

/** Adds the `/api/v3` under which Octokit asks every GitHub but github.com. */
function prefixProxy(origin: string): Server {
  return createServer(async (request, response) => {
    const body = await text(request);
    const { url = "/", method = "GET" } = request;
    if (url === "/api/graphql") {
      response.writeHead(200, { "content-type": "application/json" }).end(JSON.stringify(GRAPHQL));
      return;
    }
    const answer = await fetch(origin + url.replace(/^\/api\/v3/, ""), {
      method,
      headers: headersOf(request),
      ...(body ? { body } : {}),
    });
    const type = answer.headers.get("content-type");
    const link = answer.headers.get("link")?.replaceAll(origin, `http://${request.headers.host}/api/v3`);
    response.writeHead(answer.status, {
      ...(type ? { "content-type": type } : {}),
      ...(link ? { link } : {}),
    });
    response.end(Buffer.from(await answer.arrayBuffer()));
  });
}

export async function startEmulated(webhookUrl: string): Promise<Emulated> {
  const emulator = await createEmulator({
    service: "github",
    port: await freePort(),
    seed: {
      tokens: { [TOKEN]: { login: "rita", scopes: ["repo", "user"] } },
      github: {
        users: [{ login: "rita" }, { login: "ann" }],
        orgs: [{ login: "acme", members: [{ login: "ann", role: "admin" }] }],
        repos: [{ owner: "acme", name: "widgets", auto_init: true }],
        apps: [
          {
            app_id: APP_ID,
            slug: "frontdesk",
            name: "Frontdesk",
            permissions: { issues: "write", contents: "read", metadata: "read" },
            events: ["issues", "issue_comment"],
            webhook_url: webhookUrl,
            webhook_secret: SECRET,
            installations: [{ installation_id: INSTALLATION, account: "acme", repository_selection: "all" }],
          },
        ],
      },
    },
  });
  const proxy = prefixProxy(emulator.url);
  const port = await listening(proxy);
  const key = emulator.generatedSecrets.find(({ kind }) => kind === "github.app_private_key");
  const rita: Emulated["rita"] = async (method, path, body) => {
    const answer = await fetch(emulator.url + path, {
      method,
      headers: { authorization: `token ${TOKEN}`, "content-type": "application/json" },
      ...(body ? { body: JSON.stringify(body) } : {}),
    });
    if (!answer.ok) throw new Error(`${answer.status} ${await answer.text()}`);
    return answer.json();
  };
  return {
    host: `127.0.0.1:${port}`,
    privateKey: key?.value ?? "",
    rita,
    async close() {
      proxy.closeAllConnections();
      proxy.close();
      await emulator.close();
    },
  };
}
