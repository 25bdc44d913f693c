import type { Answer } from "../rest/route.ts";
import { fullNameOf, repositoryByName } from "../state/access.ts";
import type { World } from "../state/world.ts";
import { type Html, html } from "./html.ts";
import { layout } from "./layout.ts";
import { deliveriesPage, homePage, labelsPage, threadsPage } from "./lists.ts";
import { threadPage } from "./thread-page.ts";

/** Nothing is loaded from anywhere, and nothing that people wrote can run. */
const HEADERS = {
  "content-type": "text/html; charset=utf-8",
  "content-security-policy": "default-src 'none'; style-src 'unsafe-inline'; img-src 'self' data:",
};

const PATH = /^\/([^/]+)\/([^/]+)(?:\/(issues|discussions|labels)(?:\/(\d+))?)?\/?$/;

/** A page for people. It shows all that is here, private repositories too: only this machine can look. */
export function answerPage(world: World, path: string): Answer {
  const page = pageOf(world, path);
  if (page instanceof Redirect) return { status: 302, headers: { location: page.location } };
  const missing = html`<div class="empty"><h1>404</h1>There is no such page. <a href="/">Repositories</a></div>`;
  const found = page ?? layout("Not found", html`<b>Sandbox</b>`, missing);
  return { status: page ? 200 : 404, body: found.text, headers: HEADERS };
}

class Redirect {
  readonly location: string;

  constructor(location: string) {
    this.location = location;
  }
}

function pageOf(world: World, path: string): Html | Redirect | null {
  if (path === "/") return homePage(world);
  if (path === "/deliveries") return deliveriesPage(world);
  const [, owner, name, tab = "issues", number] = PATH.exec(path) ?? [];
  const repository = owner && name ? repositoryByName(world.state, `${owner}/${name}`) : null;
  if (!repository) return null;
  if (tab === "labels") return labelsPage(world, repository);
  if (tab !== "issues" && tab !== "discussions") return null;
  if (number === undefined) return threadsPage(world, repository, tab);
  const threads = tab === "issues" ? repository.issues : repository.discussions;
  const thread = threads.get(Number(number));
  if (!thread || thread.deleted) return null;
  if (!thread.movedTo) return threadPage(world, repository, thread);
  const there = world.state.repositories.get(thread.movedTo.repositoryId);
  return there ? new Redirect(`/${fullNameOf(world.state, there)}/${tab}/${thread.movedTo.number}`) : null;
}
