import { z } from "zod";
import type { Octokit } from "./client.ts";

/** An installation of the App as GitHub lists it. */
export interface InstallationFacts {
  id: number;
  /** The login of the organisation or user. */
  account: string;
  suspended: boolean;
  /** What its owner has granted, which may lag behind what the App asks for. */
  permissions: Record<string, string>;
}

const installation = z
  .object({
    id: z.number(),
    // An enterprise has a slug where others have a login.
    account: z.object({ login: z.string().optional(), slug: z.string().optional() }).nullish(),
    suspended_at: z.string().nullish(),
    permissions: z.record(z.string(), z.string()).nullish(),
  })
  .transform(
    (it): InstallationFacts => ({
      id: it.id,
      account: it.account?.login ?? it.account?.slug ?? "",
      suspended: Boolean(it.suspended_at),
      permissions: it.permissions ?? {},
    }),
  );

/** All installations of the App. Must be asked as the App. */
export async function listInstallations(app: Octokit): Promise<InstallationFacts[]> {
  return z.array(installation).parse(await app.paginate(app.rest.apps.listInstallations, { per_page: 100 }));
}
