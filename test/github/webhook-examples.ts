import { createRequire } from "node:module";
import { parseEvent } from "../../src/github/parse-event.ts";
import type { Parsed } from "../../src/github/payload.ts";
import type { DeskEvent, ThreadEvent } from "../../src/ticket/event.ts";

/** GitHub's own example payloads, of github.com and of six Enterprise Server versions. */
export interface Example {
  source: string;
  name: string;
  payload: Record<string, unknown>;
}

const SOURCES = ["api.github.com", "ghes-31", "ghes-32", "ghes-33", "ghes-34", "ghes-35"];

const require = createRequire(import.meta.url);

export const EXAMPLES: Example[] = SOURCES.flatMap((source) => {
  const file = `@octokit/webhooks-examples/${source}/index.json`;
  const events = require(file) as { name: string; examples: Record<string, unknown>[] }[];
  return events.flatMap(({ name, examples }) => examples.map((payload) => ({ source, name, payload })));
});

/** The github.com examples of one event and action, as an installed App receives them. */
export function received(name: string, action?: string): Record<string, unknown>[] {
  return EXAMPLES.filter(
    (it) => it.source === "api.github.com" && it.name === name && (!action || it.payload.action === action),
  ).map(({ payload }) => asInstalled(payload));
}

/** Most examples were recorded by a plain webhook: an App's deliveries name their installation as well. */
export function asInstalled(payload: Record<string, unknown>): Record<string, unknown> {
  return { installation: { id: 12 }, ...structuredClone(payload) };
}

/** What is inside is looked at, not declared: GitHub sends it. */
export type Payload = Record<string, Record<string, unknown>>;

/** The first github.com example of an event, with other values in some places. */
export function example(
  name: string,
  action: string,
  change: (payload: Payload) => void = () => {},
): Payload {
  const [payload] = received(name, action) as [Payload];
  change(payload);
  return payload;
}

const RECEIVED_AT = Date.parse("2026-05-04T10:00:00.900Z");

export const parse = (name: string, payload: unknown): Parsed => parseEvent(name, payload, RECEIVED_AT);

export function eventOf(name: string, payload: unknown): DeskEvent {
  const parsed = parse(name, payload);
  if ("ignored" in parsed) throw new Error(parsed.ignored);
  return parsed.event;
}

export function threadEventOf(name: string, payload: unknown): ThreadEvent {
  const event = eventOf(name, payload);
  if (event.scope !== "ticket") throw new Error(`${name} became a ${event.scope} event`);
  return event;
}
