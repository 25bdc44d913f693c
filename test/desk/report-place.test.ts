import { describe, expect, it } from "@jest/globals";
import type { Configured } from "../../src/desk/reading.ts";
import { organisationPlace, reportedIn } from "../../src/desk/report-place.ts";
import type { Repository } from "../../src/ticket/repository.ts";
import { settings } from "../builders/facts.ts";
import { sampleRepository } from "../store/samples.ts";

let id = 0;
/** A repository of octo-org, and where its settings want private work done. */
function configured(name: string, support: string | null, change: Partial<Repository> = {}): Configured {
  id += 1;
  const repository = sampleRepository(id, { fullName: `octo-org/${name}`, installationId: 3, ...change });
  return { repository, settings: settings({ support: { repository: support } }) };
}

const hidden = { private: true };
const DESK = "octo-org/Desk";
const VAULT_DESK = "octo-org/vault-desk";

const desk = configured("desk", null, hidden);
const shared = configured(".github-private", null, hidden);
const lantern = configured("lantern", DESK);
const torch = configured("torch", DESK);
const lamp = configured("lamp", null);
const vault = configured("vault", VAULT_DESK, hidden);
const vaultDesk = configured("vault-desk", VAULT_DESK, hidden);

const gone = configured("old", DESK, { gone: true });
const open = configured("desk", null);
const foreign = configured("desk", null, { ...hidden, installationId: 4 });

describe("the organisation's report", () => {
  it.each<[string, Configured[], Configured | null, Configured[]]>([
    ["in the repository that settings name", [lantern, torch, desk], desk, [lantern, torch]],
    ["in the shared private one, where they name none", [lamp, shared, desk], shared, [lamp, desk]],
    [
      "where most are told of, of two places",
      [vaultDesk, vault, lantern, desk, torch],
      desk,
      [lantern, torch],
    ],
    ["in the older of two that tell of as many", [vault, vaultDesk, lantern, desk], desk, [lantern]],
    [
      "in the shared one on its own, where the named one is not here",
      [lantern, shared, lamp],
      shared,
      [lamp],
    ],
    ["nowhere without a private one, and would be on all", [lantern, lamp], null, [lantern, lamp]],
    ["nowhere where the named one is public", [lantern, open], null, [lantern, open]],
    ["nowhere where that is another installation's", [lantern, foreign], null, [lantern, foreign]],
    ["on nothing that is gone", [lantern, gone, desk], desk, [lantern]],
    ["nowhere, nor on what is gone", [gone, lamp], null, [lamp]],
  ])("stands %s", (_, all, place, served) => {
    expect(organisationPlace(all)).toEqual({ place, served });
    // What the desk writes there is on the same repositories.
    if (place) expect(reportedIn(place.repository, all)).toEqual(served);
  });
});
