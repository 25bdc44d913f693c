import { randomUUID } from "node:crypto";
import type { Execute } from "../postgres/connection.ts";
import type { ScopeKey } from "../ticket/delivery.ts";

/** Says that a scope is being worked on, until it is given back or nobody renews it. */
export interface Lease {
  scope: ScopeKey;
  /** Of this one taking: the same worker may hold the scope again later. */
  grip: string;
}

/** A scope that is to go back into the queue. */
export interface Returned {
  scope: ScopeKey;
  priority: number;
}

/** Run at each start; `again`: a job came in while the scope was worked on. */
export const LEASE_TABLE = `
  create table if not exists frontdesk_queue.lease (
    scope text primary key,
    grip uuid not null,
    until timestamptz not null,
    again boolean not null default false,
    priority int not null default 0
  );
  create index if not exists lease_until on frontdesk_queue.lease (until)`;

/** Takes scopes that are free; one that is taken is marked to be worked on again. Returns those that are ours now. */
export async function takeLeases(
  execute: Execute,
  jobs: { scope: ScopeKey; priority: number }[],
  leaseMs: number,
): Promise<Lease[]> {
  const wishes = jobs.map(({ scope, priority }) => ({ scope, priority, grip: randomUUID() }));
  const { rows } = await execute(
    // In one order everywhere, so that two workers never wait for each other.
    `insert into frontdesk_queue.lease (scope, grip, until, priority)
     select scope, grip, now() + $1 * interval '1 ms', priority
     from unnest($2::text[], $3::uuid[], $4::int[]) as wishes(scope, grip, priority) order by scope
     on conflict (scope) do update set again = true, priority = greatest(lease.priority, excluded.priority)
     returning scope, grip`,
    [
      leaseMs,
      wishes.map(({ scope }) => scope),
      wishes.map(({ grip }) => grip),
      wishes.map(({ priority }) => priority),
    ],
  );
  const ours = new Set<string>(wishes.map(({ grip }) => grip));
  return (rows as Lease[]).filter(({ grip }) => ours.has(grip));
}

/** The usual end: true when nothing came in meanwhile. */
export async function dropLease(execute: Execute, { scope, grip }: Lease): Promise<boolean> {
  const { rows } = await execute(
    "delete from frontdesk_queue.lease where scope = $1 and grip = $2 and not again returning scope",
    [scope, grip],
  );
  return rows.length > 0;
}

/** Ends a lease and tells what is to go back; nothing when the lease was lost before. */
export async function returnLease(execute: Execute, { scope, grip }: Lease): Promise<Returned[]> {
  const { rows } = await execute(
    "delete from frontdesk_queue.lease where scope = $1 and grip = $2 returning scope, priority",
    [scope, grip],
  );
  return rows as Returned[];
}

export async function renewLeases(execute: Execute, grips: string[], leaseMs: number): Promise<void> {
  await execute(
    `update frontdesk_queue.lease set until = now() + $2 * interval '1 ms' where scope in (
       select scope from frontdesk_queue.lease where grip = any($1) order by scope for update)`,
    [grips, leaseMs],
  );
}

/** Ends the leases that ran out, because their workers are dead, and tells what is to go back. */
export async function sweepLeases(execute: Execute): Promise<Returned[]> {
  const { rows } = await execute(
    `delete from frontdesk_queue.lease where scope in (
       select scope from frontdesk_queue.lease where until < now() order by scope for update skip locked)
     returning scope, priority`,
    [],
  );
  return rows as Returned[];
}

/** The takings that are going on now, whoever works on them; none where no queue was ever made. */
export async function gripsHeld(execute: Execute): Promise<string[]> {
  const { rows } = await execute("select to_regclass('frontdesk_queue.lease') is not null as made", []);
  if (!(rows[0] as { made: boolean }).made) return [];
  const held = await execute("select grip from frontdesk_queue.lease where until > now()", []);
  return (held.rows as { grip: string }[]).map(({ grip }) => grip);
}
