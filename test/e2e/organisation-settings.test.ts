import { afterEach, expect, it } from "@jest/globals";
import { organizationRows } from "../../src/cli/report-rows.ts";
import { openReader } from "../../src/cli/store-reader.ts";
import { tick } from "../../src/desk/rounds.ts";
import type { Sandbox } from "../../src/sandbox/sandbox.ts";
import type { Fact } from "../../src/ticket/fact.ts";
import { DAY, label, life, MONDAY, reply, type Step, unlabel, WEEK } from "../builders/lives.ts";
import { sampleTicket } from "../store/samples.ts";
import { openWorld, REPOSITORY, SETTINGS, SUPPORT, type World } from "./world.ts";

let world: World;
afterEach(() => world.close());

/** Set by the desk and taken off an hour later by a person, who answers then. */
const refused = (name: string): Step[] => [
  [1, label(name, "desk")],
  [2, unlabel(name, "team"), reply],
];

const TORCH = "octo-org/torch";
const VAULT = "octo-org/vault";
const VAULT_DESK = "octo-org/vault-desk";

/** What the settings of each repository say, and tickets of theirs. */
const REPOSITORIES: Record<string, { settings: string; lives: Step[][] }> = {
  [REPOSITORY]: {
    settings: `labels: { needsInfo: more-please }
businessHours: { from: "09:00", to: "10:00" }
classification: { targetPrecision: 0.5 }
`,
    lives: [refused("more-please"), refused("area: lamp"), refused("area: lamp"), refused("area: lamp")],
  },
  [VAULT]: { settings: `support: { repository: ${VAULT_DESK} }\n`, lives: [refused("area: lock")] },
  [TORCH]: { settings: "labels: { needsInfo: null }\n", lives: [refused("needs-info")] },
};

async function begin(furnish?: (sandbox: Sandbox) => void): Promise<() => Promise<void>> {
  let at = MONDAY;
  world = await openWorld({
    settings: REPOSITORIES[REPOSITORY]?.settings ?? "",
    organisation: { private: `support: { repository: ${SUPPORT} }\n` },
    sandbox: { now: () => at },
    ...(furnish ? { furnish } : {}),
  });
  world.repository("torch", REPOSITORIES[TORCH]?.settings);
  await world.rest();
  const { store } = world.frontdesk.desk;
  for (const { id, fullName, installationId } of await store.repositories()) {
    for (const [i, steps] of (REPOSITORIES[fullName]?.lives ?? []).entries()) {
      const key = `${id}/${500 + i}`;
      const timeline = life(i, steps).timeline as Fact[];
      const where = { repository: fullName, installationId, createdAt: MONDAY };
      await store.commit({ scope: "ticket", id: key, document: sampleTicket(key, { ...where, timeline }) });
    }
  }
  return async () => {
    at += 7 * DAY;
    await tick(world.frontdesk.desk);
    await world.rest();
  };
}

const reportsIn = (fullName: string) =>
  world.sandbox
    .threads(fullName)
    .map((thread) => thread.body)
    .filter((text) => text.includes("<!-- frontdesk:report:"));

it("each repository's tickets are read by its own settings, in the report and by the command", async () => {
  const weekPasses = await begin();
  await weekPasses();
  const [body] = reportsIn(SUPPORT);
  // One label follows rules in lantern, another one does nowhere any more: in torch it is a guess like others.
  expect(body).toContain("Labels: right in 0 of 4, missed in 0");
  expect(body).not.toContain("more-please");
  expect(body).toContain("Look at how the label `octo-org/lantern`, `area: lamp` is used");
  // Two hours after nine, of which lantern is open for one.
  expect(body).toContain("| `octo-org/lantern` | 4 | 0 | 4 | 1 hour, 4 |");
  expect(body).toContain("| `octo-org/torch` | 1 | 0 | 1 | 2 hours, 1 |");

  const reader = await openReader({ dataDir: world.dataDir });
  const { rows } = await organizationRows(reader, await reader.repositories(), WEEK, MONDAY + 7 * DAY);
  const judged = rows
    .filter(({ metric }) => metric === "label precision")
    .map(({ of, count }) => [of, count]);
  expect(judged).toEqual([
    ["area: lamp", 3],
    ["needs-info", 1],
  ]);
  // Of 1, 1, 1, 1 and 2 hours.
  const slowest = rows.find(({ metric }) => metric === "first response, business, p90");
  expect(slowest).toMatchObject({ value: expect.closeTo(1.6, 6), count: 5 });
});

it("the command counts what the report is on, and says what else there is", async () => {
  const weekPasses = await begin((sandbox) => {
    const files = { [SETTINGS]: REPOSITORIES[VAULT]?.settings ?? "" };
    sandbox.createRepository(VAULT, { private: true, files });
    sandbox.createRepository(VAULT_DESK, { private: true, files });
  });
  await weekPasses();
  expect(reportsIn(SUPPORT)[0]).toContain("| Opened | 5 |");
  expect(reportsIn(VAULT_DESK).at(-1)).toContain("| Opened | 1 |");
  const reader = await openReader({ dataDir: world.dataDir });
  const { rows, missing } = await organizationRows(
    reader,
    await reader.repositories(),
    WEEK,
    MONDAY + 7 * DAY,
  );
  expect(rows.find(({ metric }) => metric === "opened")).toMatchObject({ value: 5 });
  expect(missing.map(({ fullName }) => fullName).sort()).toEqual([VAULT, VAULT_DESK]);
});
