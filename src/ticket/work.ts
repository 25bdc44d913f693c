import type { Priority } from "./priority.ts";
import type { Ticket } from "./ticket.ts";

/** How much a ticket fills of a person's capacity. */
export const WORKLOAD: Record<Priority, number> = { P0: 4, P1: 2, P2: 1, P3: 0.5 };

/** The priority as private places may know it; null: it has none yet, and weighs as P2. */
export function pressing({
  service,
  privateService,
}: Pick<Ticket, "service" | "privateService">): Priority | null {
  return (privateService ?? service)?.priority?.level ?? null;
}

/** What a priority fills of a person's capacity. */
export const weightOf = (level: Priority | null | undefined): number => WORKLOAD[level ?? "P2"];

/** Open work that people have with a ticket, as a store looks it up by installation. */
export interface Work {
  installationId: number;
  /** It is in a private repository: who decides for the public must not count it. */
  private: boolean;
  /** Who has it, in small letters. */
  logins: string[];
  weight: number;
}

/** The work that a ticket is; null when it is nobody's, or done. In public it weighs what the public may know. */
export function workOf({ status, service, assignees, installationId, private: hidden }: Ticket): Work | null {
  if (status === "solved" || status === "closed" || status === "deleted" || status === "moved") return null;
  const logins = [
    ...new Set([...(assignees ?? []), ...(service?.given ?? [])].map((one) => one.toLowerCase())),
  ];
  if (logins.length === 0) return null;
  return { installationId, private: hidden, logins, weight: weightOf(service?.priority?.level) };
}

/** How much open work everybody has. */
export function sumWork(works: readonly Pick<Work, "logins" | "weight">[]): Map<string, number> {
  const loads = new Map<string, number>();
  for (const { logins, weight } of works)
    for (const login of logins) loads.set(login, (loads.get(login) ?? 0) + weight);
  return loads;
}
