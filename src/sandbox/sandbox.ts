import { once } from "node:events";
import type { AddressInfo } from "node:net";
import type { Faults } from "./faults.ts";
import { accountNamed } from "./people/place.ts";
import { createPerson, type Person } from "./people/person.ts";
import { GITHUB_LIMITS, type Limits, Meter } from "./rest/limits.ts";
import { createServer, type RequestLine } from "./rest/server.ts";
import { admitting, furnishing, looking } from "./setup.ts";
import { createState, type State } from "./state/state.ts";
import type { World } from "./state/world.ts";
import { Dispatch } from "./webhooks/dispatch.ts";
import { PATIENCE_MS } from "./webhooks/post.ts";

export type { Faults } from "./faults.ts";
export type { Opened, Place, Said } from "./people/place.ts";
export type { Person } from "./people/person.ts";
export type { RequestLine } from "./rest/server.ts";
export type { AppRequest, InstalledApp, RepositoryRequest } from "./setup.ts";
export { SECONDARY } from "./rest/limits.ts";

export interface SandboxOptions {
  /** 0 (the default): a free port. */
  port?: number;
  /** The clock of everything that is dated and of the limits; milliseconds since 1970. */
  now?: () => number;
  /** The clock of App JWTs and tokens: a client's is real even where `now` is simulated. */
  tokenClock?: () => number;
  limits?: Partial<Limits>;
  faults?: Faults;
  /** How long every answer takes, in milliseconds. */
  latencyMs?: number;
  /** How many deliveries may be under way at once; 1 (the default) keeps their order. */
  deliveryConcurrency?: number;
  /** How long an app may take to answer a delivery, in milliseconds. */
  patienceMs?: number;
}

type Furniture = ReturnType<typeof furnishing> & ReturnType<typeof admitting> & ReturnType<typeof looking>;

/** A small GitHub that runs here. */
export interface Sandbox extends Furniture {
  /** `http://localhost:PORT`: pages; the APIs are below `/api`. */
  url: string;
  /** For `GHE_HOST`, beside `GHE_PROTOCOL=http`: `localhost:PORT`. */
  host: string;
  port: number;
  state: State;
  /** Every request that came in, in order. */
  requests: RequestLine[];
  /** What that person does. */
  as: (login: string) => Person;
  /** Resolves when no delivery waits or is under way. */
  settled: () => Promise<void>;
  close: () => Promise<void>;
}

/** Starts a sandbox and waits until it listens. */
export async function createSandbox(options: SandboxOptions = {}): Promise<Sandbox> {
  const { now = Date.now, faults = {} } = options;
  const world: World = { state: createState(), now, origin: "", publish: (event) => dispatch.publish(event) };
  const dispatch = new Dispatch(world, {
    onDelivery: faults.onDelivery,
    concurrency: options.deliveryConcurrency ?? 1,
    patienceMs: options.patienceMs ?? PATIENCE_MS,
  });
  const requests: RequestLine[] = [];
  const server = createServer({
    world,
    meter: new Meter(now, { ...GITHUB_LIMITS, ...options.limits }),
    faults,
    latencyMs: options.latencyMs ?? 0,
    tokenClock: options.tokenClock ?? Date.now,
    redeliver: (id) => {
      const delivery = world.state.deliveries.find((one) => one.id === id);
      if (delivery) dispatch.redeliver(delivery);
    },
    requests,
  });
  server.listen(options.port ?? 0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  world.origin = `http://localhost:${port}`;
  return {
    url: world.origin,
    host: `localhost:${port}`,
    port,
    state: world.state,
    requests,
    ...furnishing(world),
    ...admitting(world),
    ...looking(world),
    as: (login) => createPerson(world, accountNamed(world, login)),
    settled: () => dispatch.settled(),
    close: async () => {
      dispatch.stop();
      server.closeAllConnections();
      server.close();
      await once(server, "close");
    },
  };
}
