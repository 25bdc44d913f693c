import type { Settings } from "../settings/schema.ts";
import type { LabelSpec } from "../ticket/action.ts";
import type { ThreadEvent } from "../ticket/event.ts";
import type { Repository } from "../ticket/repository.ts";
import type { SuggestedArticle, SuggestedThread } from "../ticket/suggestion.ts";
import { type Command, parseCommands } from "../triage/commands.ts";
import { articleNamed, findArticles } from "./articles.ts";
import type { Desk } from "./desk.ts";
import { originalNamed } from "./duplicates.ts";
import { knownLabels } from "./labels.ts";

/** What the commands of a comment are about, looked up. null, or nothing: not asked for, or not there. */
export interface Ordered {
  labels: LabelSpec[] | null;
  original: SuggestedThread | null;
  article: SuggestedArticle | null;
}

const NOTHING: Ordered = { labels: null, original: null, article: null };

/** Looks up what the team's commands name: the labels that exist, the original, the article. Others' words look up nothing. */
export async function lookUpOrdered(
  desk: Desk,
  event: ThreadEvent,
  repository: Repository,
  settings: Settings,
  team: boolean,
): Promise<Ordered> {
  const commands = team ? commandsOf(event) : [];
  const ordered = { ...NOTHING };
  for (const command of commands) {
    if (command.name === "label") {
      const octokit = await desk.clients.installation(repository.installationId);
      ordered.labels = await knownLabels(desk, octokit, repository);
    }
    if (command.name === "duplicate")
      ordered.original = await originalOf(desk, event, repository, settings, command);
    if (command.name === "answer")
      ordered.article = await articleOf(desk, event, repository, settings, command);
  }
  return ordered;
}

function commandsOf(event: ThreadEvent): Command[] {
  switch (event.type) {
    case "commented":
    case "comment-edited":
      return parseCommands(event.comment.body);
    case "noticed":
      return event.comments.flatMap(({ body }) => parseCommands(body));
    default:
      return [];
  }
}

function originalOf(
  desk: Desk,
  { thread }: ThreadEvent,
  repository: Repository,
  settings: Settings,
  { of }: Command & { name: "duplicate" },
): Promise<SuggestedThread | null> {
  const elsewhere =
    of.repository !== null && of.repository.toLowerCase() !== repository.fullName.toLowerCase();
  if (elsewhere) return Promise.resolve(null);
  return originalNamed(desk, repository, settings, thread, of.number);
}

async function articleOf(
  desk: Desk,
  { thread }: ThreadEvent,
  repository: Repository,
  settings: Settings,
  { article }: Command & { name: "answer" },
): Promise<SuggestedArticle | null> {
  const site = new URL(thread.url).origin;
  if (article !== null) return articleNamed(desk, repository, settings, { thread, site, name: article });
  const [best] = await findArticles(desk, repository, settings, thread, site);
  return best ?? null;
}
