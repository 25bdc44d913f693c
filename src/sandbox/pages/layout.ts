import { fullNameOf } from "../state/access.ts";
import type { Account, Label, Repository, State } from "../state/state.ts";
import type { Thread } from "../state/thread.ts";
import { Html, html } from "./html.ts";
import { STYLE } from "./style.ts";

export type Tab = "issues" | "discussions" | "labels";

/** The whole document around a page's content. */
export function layout(title: string, path: Html, content: Html, tabs: Html | null = null): Html {
  return html`<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>${title}</title><style>${new Html(STYLE)}</style></head>
<body><header><span class="note"><a href="/deliveries">deliveries</a> · a small GitHub that runs here</span>
<div class="path">${path}</div>${tabs ?? html`<nav>&nbsp;</nav>`}</header>
<main>${content}</main></body></html>`;
}

export function present<T extends Thread>(threads: Map<number, T>): T[] {
  return [...threads.values()].filter((thread) => !thread.deleted && !thread.movedTo);
}

/** The frame of a repository's pages, with its tabs. */
export function repositoryLayout(
  state: State,
  repository: Repository,
  here: Tab,
  title: string,
  content: Html,
): Html {
  const name = fullNameOf(state, repository);
  const [owner = "", short = ""] = name.split("/");
  const badges = [repository.private ? "Private" : "Public", ...(repository.archived ? ["Archived"] : [])];
  const path = html`<a href="/">${owner}</a> / <a href="/${name}/issues"><b>${short}</b></a>
    ${badges.map((badge) => html` <span class="badge">${badge}</span>`)}`;
  const tab = (which: Tab, label: string, count: number) =>
    html`<a class="${which === here ? "here" : ""}" href="/${name}/${which}">${label}<small>${count}</small></a>`;
  const tabs = html`<nav>${tab("issues", "Issues", present(repository.issues).length)}
    ${tab("discussions", "Discussions", present(repository.discussions).length)}
    ${tab("labels", "Labels", repository.labels.length)}</nav>`;
  return layout(`${title} · ${name}`, path, content, tabs);
}

/** A label in its own colour, with ink that can be read on it (Rec. 601 luma above 150 of 255: dark). */
export function labelChip(label: Pick<Label, "name" | "color">): Html {
  const channel = (at: number) => Number.parseInt(label.color.slice(at, at + 2), 16);
  const luma = 0.299 * channel(0) + 0.587 * channel(2) + 0.114 * channel(4);
  const ink = luma > 150 ? "#1f2328" : "#ffffff";
  return html`<span class="label" style="background:#${label.color};color:${ink}">${label.name}</span>`;
}

/** A face without pictures: the first letter on a colour of the account's own. */
export function face(account: Account | undefined): Html {
  const login = account && !account.deleted ? account.login : "ghost";
  const hue = [...login].reduce((sum, letter) => (sum * 31 + letter.charCodeAt(0)) % 360, 7);
  const kind = account?.type === "Bot" ? "face bot" : "face";
  return html`<div class="${kind}" style="background:hsl(${hue} 45% 45%)">${login[0]?.toUpperCase() ?? "?"}</div>`;
}

export function loginOf(state: State, id: number | null): string {
  const account = id === null ? undefined : state.accounts.get(id);
  return account && !account.deleted ? account.login : "ghost";
}

/** `3 minutes ago`, beside the exact time. */
export function ago(now: number, at: number): Html {
  const seconds = Math.max(0, Math.round((now - at) / 1000));
  const [size, unit] =
    seconds < 60
      ? [1, "second"]
      : seconds < 3600
        ? [60, "minute"]
        : seconds < 86_400
          ? [3600, "hour"]
          : [86_400, "day"];
  const count = Math.floor(seconds / Number(size));
  const words = seconds < 5 ? "just now" : `${count} ${unit}${count === 1 ? "" : "s"} ago`;
  return html`<time title="${new Date(at).toISOString()}">${words}</time>`;
}
