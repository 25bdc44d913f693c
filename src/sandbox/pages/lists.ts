import { fullNameOf, ownerOf } from "../state/access.ts";
import type { Repository } from "../state/state.ts";
import type { Thread } from "../state/thread.ts";
import type { World } from "../state/world.ts";
import { labelsOf } from "../views/thread.ts";
import { type Html, html } from "./html.ts";
import { ago, labelChip, layout, loginOf, present, repositoryLayout, type Tab } from "./layout.ts";

/** The first page: all repositories. */
export function homePage(world: World): Html {
  const all = [...world.state.repositories.values()].filter((repository) => !repository.deleted);
  const rows = all.map((repository) => {
    const name = fullNameOf(world.state, repository);
    const owner = ownerOf(world.state, repository).login;
    return html`<div class="row"><div class="grow"><a class="title" href="/${name}/issues">${owner} / ${repository.name}</a>
      <span class="badge">${repository.private ? "Private" : "Public"}</span>
      <div class="soft">${repository.description ?? ""}</div></div>
      <div class="soft"><a href="/${name}/issues">${present(repository.issues).length} issues</a> ·
      <a href="/${name}/discussions">${present(repository.discussions).length} discussions</a></div></div>`;
  });
  const content = html`<h1>Repositories</h1>
    <div class="box">${rows.length > 0 ? rows : html`<div class="empty">No repository yet</div>`}</div>`;
  return layout("Sandbox", html`<b>Sandbox</b>`, content);
}

/** The threads of one kind, newest first. */
export function threadsPage(world: World, repository: Repository, tab: Exclude<Tab, "labels">): Html {
  const threads: Thread[] = present<Thread>(tab === "issues" ? repository.issues : repository.discussions);
  const open = threads.filter((thread) => thread.state === "open").length;
  const rows = threads
    .sort((a, b) => b.number - a.number)
    .map((thread) => row(world, repository, tab, thread));
  const content = html`<p class="soft"><b>${open}</b> open · <b>${threads.length - open}</b> closed</p>
    <div class="box">${rows.length > 0 ? rows : html`<div class="empty">Nothing here yet</div>`}</div>`;
  return repositoryLayout(world.state, repository, tab, tab === "issues" ? "Issues" : "Discussions", content);
}

function row(world: World, repository: Repository, tab: Tab, thread: Thread): Html {
  const name = fullNameOf(world.state, repository);
  const author = loginOf(world.state, thread.authorId);
  const category =
    thread.is === "discussion" ? repository.categories.find((c) => c.id === thread.categoryId) : undefined;
  const answered =
    thread.is === "discussion" && thread.answer ? html` · <span class="ok">answered</span>` : null;
  return html`<div class="row"><div class="dot ${thread.state}" title="${thread.state}"></div>
    <div class="grow"><a class="title" href="/${name}/${tab}/${thread.number}">${thread.title}</a>
    ${labelsOf(repository, thread).map(labelChip)}
    <div class="soft">#${thread.number} opened ${ago(world.now(), thread.createdAt)} by ${author}
    ${category ? html` in ${category.name}` : null}${answered}</div></div>
    <div class="soft">${thread.comments.length > 0 ? `💬 ${thread.comments.length}` : ""}</div></div>`;
}

export function labelsPage(world: World, repository: Repository): Html {
  const rows = repository.labels.map(
    (label) => html`<div class="row"><div style="width:220px">${labelChip(label)}</div>
      <div class="grow soft">${label.description ?? ""}</div></div>`,
  );
  return repositoryLayout(world.state, repository, "labels", "Labels", html`<div class="box">${rows}</div>`);
}

/** The last webhooks and how they were taken. */
export function deliveriesPage(world: World): Html {
  const rows = world.state.deliveries
    .slice(-200)
    .reverse()
    .map((delivery) => {
      const good = delivery.statusCode >= 200 && delivery.statusCode < 300;
      return html`<div class="row"><div class="grow"><b>${delivery.event}</b>${delivery.action ? `.${delivery.action}` : ""}
        ${delivery.redelivery ? html` <span class="badge">again</span>` : null}
        <div class="soft">${delivery.guid}</div></div>
        <div class="soft">${Math.round(delivery.duration * 1000)} ms · ${ago(world.now(), delivery.deliveredAt)}</div>
        <div class="${good ? "ok" : "bad"}">${delivery.statusCode}</div></div>`;
    });
  const content = html`<h1>Deliveries</h1>
    <div class="box">${rows.length > 0 ? rows : html`<div class="empty">No webhook was sent yet</div>`}</div>`;
  return layout("Deliveries", html`<a href="/"><b>Sandbox</b></a> / deliveries`, content);
}
