import { TEXTS } from "../builders/facts.ts";
import { open, openWorld } from "../e2e/world.ts";
import type { Row } from "./row.ts";

const TICKETS = 20;

/** API requests for an opened ticket in steady state, with a label and a comment for each; tokens left out. */
export async function requestsBench(): Promise<Row[]> {
  const rows: Row[] = [];
  for (const kind of ["issue", "discussion"] as const) {
    const world = await openWorld({ settings: "acknowledge: always\n" });
    const { sandbox } = world;
    open(sandbox, kind, "mona", TEXTS.bug);
    await world.rest();
    const before = sandbox.requests.length;
    for (let i = 0; i < TICKETS; i++)
      open(sandbox, kind, "mona", { ...TEXTS.bug, title: `${TEXTS.bug.title} ${i}` });
    await world.rest();
    const made = sandbox.requests.slice(before).filter(({ path }) => !path.includes("access_tokens"));
    const writes = made.filter(({ isWrite }) => isWrite).length;
    rows.push(
      { what: `writes for an opened ${kind}`, value: writes / TICKETS, unit: "requests", aim: "<= 2" },
      {
        what: `reads for an opened ${kind}`,
        value: (made.length - writes) / TICKETS,
        unit: "requests",
        aim: "0",
      },
    );
    await world.close();
  }
  return rows;
}
