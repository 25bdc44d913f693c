import type { InstalledApp, Sandbox } from "../../src/sandbox/sandbox.ts";
import { EVENTS, PERMISSIONS } from "../e2e/world.ts";

/** Every ticket gets a label and a comment: the most that the desk writes by itself. */
const SETTINGS = "acknowledge: always\nduplicates: { enabled: false }\n";

/** The repositories of so many organisations, each with a reporter, a triager and the app installed on it. */
export function furnishForBench(sandbox: Sandbox, organizations = 1): [InstalledApp, string[]] {
  for (const login of ["mona", "maria", "octocat"]) sandbox.createUser(login);
  const names = Array.from({ length: organizations }, (_, i) => `organization-${i}`);
  for (const name of names) {
    sandbox.createOrganization(name, { admins: ["octocat"] });
    sandbox.createRepository(`${name}/lantern`, { files: { ".github/frontdesk.yml": SETTINGS } });
    sandbox.as("octocat").setRole(`${name}/lantern`, "maria", "triage");
  }
  const [first = "", ...others] = names;
  const request = { permissions: PERMISSIONS, events: EVENTS };
  const app = sandbox.installApp({ slug: "frontdesk", account: first, ...request });
  for (const name of others) sandbox.installOn(app.appId, name);
  return [app, names.map((name) => `${name}/lantern`)];
}
