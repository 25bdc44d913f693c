import { type Member, memberKey } from "./member-file.ts";
import { activeAt, type MemberSources, sponsoring } from "./membership.ts";
import type { Plan } from "./plan.ts";

/**
 * How many customers each plan has at the moment `at`, by its name: accounts, organisations and teams that the settings or
 * the plan's member file name, each once, and sponsors who give enough. A sponsor has the first plan that they reach; an
 * organisation is one customer, however many people it sends.
 */
export function clientele(
  plans: readonly Pick<Plan, "name" | "members" | "sponsors">[],
  sources: MemberSources,
  at: number,
): Map<string, number> {
  const placed = new Set<string>();
  return new Map(
    plans.map((plan) => {
      const { logins, organizations, teams, file } = plan.members;
      const listed = [...(sources.files.get(file ?? "")?.values() ?? [])]
        .flat()
        .filter((row) => activeAt(row, at));
      const customers = new Set([
        ...keysOf("login", logins),
        ...keysOf("organization", organizations),
        ...keysOf("team", teams),
        ...listed.map(({ type, name }) => memberKey(type, name)),
      ]);
      for (const sponsor of sponsorsAt(plan, sources, at)) {
        if (placed.has(sponsor)) continue;
        placed.add(sponsor);
        customers.add(sponsor);
      }
      return [plan.name, customers.size];
    }),
  );
}

const keysOf = (type: Member["type"], names: readonly string[]) => names.map((name) => memberKey(type, name));

/** Who sponsors with enough for the plan at that moment. */
function sponsorsAt(
  plan: Pick<Plan, "name" | "members" | "sponsors">,
  { sponsors, owner }: MemberSources,
  at: number,
): string[] {
  return [...sponsors].flatMap(([name, theirs]) => {
    if (!sponsoring(theirs, plan, owner).some((one) => activeAt(one, at))) return [];
    return memberKey(theirs.some(({ organization }) => organization) ? "organization" : "login", name);
  });
}
