import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { SMTPServer } from "smtp-server";

export interface Mail {
  from: string;
  to: string[];
  /** As it went over the line. */
  text: string;
}

/** A mail server that runs here. `refuse`: the reply to each message, such as 451; `user`: who may send. */
export interface MailReceiver {
  host: string;
  port: number;
  got: Mail[];
  refuse: number | null;
  close(): Promise<void>;
}

export async function openMailReceiver(user: { name: string; password: string } | null = null) {
  const server = new SMTPServer({
    disabledCommands: user ? ["STARTTLS"] : ["STARTTLS", "AUTH"],
    allowInsecureAuth: true,
    authOptional: user === null,
    logger: false,
    onAuth: ({ username, password }, _session, done) => {
      const known = username === user?.name && password === user?.password;
      done(known ? null : new Error("Invalid username or password"), known ? { user: username } : undefined);
    },
    onData: (stream, { envelope }, done) => {
      let text = "";
      stream.on("data", (chunk: Buffer) => {
        text += chunk.toString("utf8");
      });
      stream.on("end", () => {
        if (receiver.refuse !== null) {
          done(Object.assign(new Error("not now"), { responseCode: receiver.refuse }));
          return;
        }
        const from = envelope.mailFrom === false ? "" : envelope.mailFrom.address;
        receiver.got.push({ from, to: envelope.rcptTo.map(({ address }) => address), text });
        done();
      });
    },
  });
  server.on("error", () => undefined);
  server.listen(0, "127.0.0.1");
  await once(server.server, "listening");
  const { port } = server.server.address() as AddressInfo;
  const receiver: MailReceiver = {
    host: "127.0.0.1",
    port,
    got: [],
    refuse: null,
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
  return receiver;
}
