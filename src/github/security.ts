import type { Octokit } from "./client.ts";
import { unlessRefused } from "./failure.ts";
import { repositoryPath } from "./repositories.ts";
import { listDirectory } from "./repository-files.ts";

/** Where reports of vulnerabilities belong. */
export interface SecurityContacts {
  policyUrl: string | null;
  privateReportingUrl: string | null;
}

/** The folders in which GitHub looks for community files, in its order. */
const FOLDERS = [".github", "", "docs"];

/** Looks for SECURITY.md in the repository, then in its organisation's `.github`, and whether private reporting is on. */
export async function readSecurityContacts(octokit: Octokit, repository: string): Promise<SecurityContacts> {
  const { owner } = repositoryPath(repository);
  const [own, privateReportingUrl] = await Promise.all([
    policyUrlOf(octokit, repository),
    privateReportingUrlOf(octokit, repository),
  ]);
  return { policyUrl: own ?? (await policyUrlOf(octokit, `${owner}/.github`)), privateReportingUrl };
}

async function policyUrlOf(octokit: Octokit, repository: string): Promise<string | null> {
  for (const folder of FOLDERS) {
    const entries = await listDirectory(octokit, repository, folder);
    const policy = entries?.find(({ type, name }) => type === "file" && /^security\.md$/i.test(name));
    if (policy) return policy.url;
  }
  return null;
}

async function privateReportingUrlOf(octokit: Octokit, repository: string): Promise<string | null> {
  // Older servers and private repositories do not have it.
  const answer = await unlessRefused(
    octokit.rest.repos.checkPrivateVulnerabilityReporting(repositoryPath(repository)),
  );
  return answer?.data.enabled ? `${webUrl(octokit)}/${repository}/security/advisories/new` : null;
}

/** The address for people that belongs to the API's: `https://api.github.com`, or `https://HOST/api/v3`. */
function webUrl(octokit: Octokit): string {
  const { baseUrl } = octokit.request.endpoint.DEFAULTS;
  return baseUrl.replace(/\/api\/v3\/?$/, "").replace("://api.github.com", "://github.com");
}
