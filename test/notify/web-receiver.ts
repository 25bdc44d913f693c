import { once } from "node:events";
import type { IncomingHttpHeaders, ServerResponse } from "node:http";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

/** A receiver of notices that runs here: it writes down what it gets, and answers as it is told. */
export interface WebReceiver {
  url: string;
  /** `localhost:PORT`, as FRONTDESK_ALLOWED_HOSTS has it. */
  host: string;
  got: { path: string; headers: IncomingHttpHeaders; body: string }[];
  /** How it answers from now on; with 200 at first. */
  answer: (response: ServerResponse) => void;
  close(): Promise<void>;
}

export async function openWebReceiver(): Promise<WebReceiver> {
  const got: WebReceiver["got"] = [];
  const server = createServer(async (request, response) => {
    let body = "";
    for await (const chunk of request) body += String(chunk);
    got.push({ path: request.url ?? "", headers: request.headers, body });
    receiver.answer(response);
  });
  server.listen(0, "localhost");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  const receiver: WebReceiver = {
    url: `http://localhost:${port}`,
    host: `localhost:${port}`,
    got,
    answer: (response) => void response.end("ok"),
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, "close");
    },
  };
  return receiver;
}

/** An answer with a status and headers. */
export const status =
  (code: number, headers: Record<string, string> = {}): WebReceiver["answer"] =>
  (response) =>
    void response.writeHead(code, headers).end("no");
