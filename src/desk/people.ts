import type { Repository, Rota } from "../ticket/repository.ts";
import type { Ticket } from "../ticket/ticket.ts";
import type { Facts, PersonFacts } from "../triage/facts.ts";
import { readClocks } from "../triage/clocks.ts";
import type { Desk } from "./desk.ts";
import type { Gathered } from "./gather.ts";

/** So many response times of a person are remembered; fewer than the least tell nothing. */
const MOST_RESPONSES = 20;
const LEAST_RESPONSES = 3;

/**
 * Has a decision made with the open work of the people of the desk before its eyes, one after the other in this process:
 * two tickets at once would both go to whoever has least. Where nobody is assigned, at once.
 */
export async function withPeople<T>(
  desk: Desk,
  gathered: Gathered,
  decide: (gathered: Gathered) => Promise<T>,
): Promise<T> {
  const { facts, settings } = gathered;
  const { installationId } = facts.thread;
  if (!settings.assignment.enabled || settings.team.length === 0) return decide(gathered);
  const before = desk.memory.assigning.get(installationId) ?? Promise.resolve();
  const turn = before.then(async () => {
    const people = await peopleOf(desk, gathered);
    return decide({ ...gathered, facts: { ...facts, people } });
  });
  const over = turn.then(
    () => undefined,
    () => undefined,
  );
  desk.memory.assigning.set(installationId, over);
  void over.then(() => {
    if (desk.memory.assigning.get(installationId) === over) desk.memory.assigning.delete(installationId);
  });
  return turn;
}

async function peopleOf(
  desk: Desk,
  { facts: { thread }, settings }: Gathered,
): Promise<NonNullable<Facts["people"]>> {
  // What private repositories keep people busy with must not show in public.
  const loads = await desk.store.workload(thread.installationId, thread.private ? "all" : "public");
  const rota = (await desk.store.read("repository", String(thread.repositoryId)))?.rota;
  return new Map(settings.team.map(({ login }) => personOf(login.toLowerCase(), loads, rota)));
}

function personOf(login: string, loads: Map<string, number>, rota: Rota | undefined): [string, PersonFacts] {
  const responses = ofPerson(rota?.responses, login) ?? [];
  const responseTime = responses.length < LEAST_RESPONSES ? null : median(responses);
  return [
    login,
    { load: loads.get(login) ?? 0, responseTime, assignedAt: ofPerson(rota?.assignedAt, login) ?? null },
  ];
}

/** Not by index alone: somebody is called `constructor`. */
function ofPerson<T>(known: Record<string, T> | undefined, login: string): T | undefined {
  return known && Object.hasOwn(known, login) ? known[login] : undefined;
}

function median(times: readonly number[]): number {
  const sorted = times.toSorted((a, b) => a - b);
  return (
    ((sorted[Math.floor((sorted.length - 1) / 2)] ?? 0) + (sorted[Math.floor(sorted.length / 2)] ?? 0)) / 2
  );
}

/** Remembers whom a ticket was given to, and who gave it its first response. */
export async function noteRota(
  desk: Desk,
  { facts, event }: Gathered,
  known: Ticket | null,
  after: Ticket,
): Promise<void> {
  const given = (after.service?.given ?? []).filter((login) => !known?.service?.given.includes(login));
  const responder = event.type === "commented" && isFirstResponse(known, after) ? facts.actor.person : null;
  if (given.length === 0 && !responder) return;
  const response = responder && { login: responder.login, after: responseTime(after) };
  const now = desk.now();
  await desk.store.revise(
    "repository",
    String(after.repositoryId),
    (repository) => repository && { ...repository, rota: withNews(repository, given, response, now) },
  );
}

function isFirstResponse(known: Ticket | null, after: Ticket): boolean {
  const answered = ({ service }: Ticket) => service !== undefined && readClocks(service.clocks).answered;
  return known !== null && !answered(known) && answered(after);
}

function responseTime({ service, createdAt }: Ticket): number {
  const stopped = service && readClocks(service.clocks).firstResponse.at(-1)?.to;
  return Math.max(0, (stopped ?? createdAt) - createdAt);
}

function withNews(
  { rota }: Repository,
  given: readonly string[],
  response: { login: string; after: number } | null,
  now: number,
): Rota {
  const assigned = Object.fromEntries(given.map((login) => [login.toLowerCase(), now]));
  const login = response?.login.toLowerCase();
  const times = login && response ? [...(ofPerson(rota?.responses, login) ?? []), response.after] : [];
  return {
    assignedAt: { ...rota?.assignedAt, ...assigned },
    responses: { ...rota?.responses, ...(login ? { [login]: times.slice(-MOST_RESPONSES) } : {}) },
    respondedAt: { ...rota?.respondedAt, ...(login ? { [login]: now } : {}) },
  };
}
