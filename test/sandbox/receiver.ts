import { once } from "node:events";
import { createServer, type IncomingHttpHeaders } from "node:http";
import type { AddressInfo } from "node:net";

/** A webhook as it arrived. */
export interface Arrived {
  event: string;
  action: string | null;
  payload: Record<string, unknown>;
  headers: IncomingHttpHeaders;
  body: string;
}

export interface Receiver {
  url: string;
  arrived: Arrived[];
  /** How it answers; 200 at once unless set otherwise. */
  answer: (arrived: Arrived) => { status: number; afterMs?: number };
  close: () => Promise<void>;
}

/** Somebody who listens for webhooks over real HTTP. */
export async function startReceiver(): Promise<Receiver> {
  const arrived: Arrived[] = [];
  const receiver: Receiver = { url: "", arrived, answer: () => ({ status: 200 }), close: async () => {} };
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const body = Buffer.concat(chunks).toString("utf8");
    const payload = JSON.parse(body) as Record<string, unknown>;
    const event = String(request.headers["x-github-event"]);
    const action = typeof payload.action === "string" ? payload.action : null;
    const one: Arrived = { event, action, payload, headers: request.headers, body };
    arrived.push(one);
    const { status, afterMs = 0 } = receiver.answer(one);
    setTimeout(() => {
      response.statusCode = status;
      response.end("ok");
    }, afterMs);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  receiver.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/hooks`;
  receiver.close = async () => {
    server.closeAllConnections();
    server.close();
    await once(server, "close");
  };
  return receiver;
}
