import type { HeldDelivery, Holding } from "../store/holding.ts";
import { mentionsIn } from "../store/people.ts";
import type { Kept } from "../store/store.ts";
import type { BacklogThread } from "../ticket/backlog-thread.ts";
import { parseScopeKey, type ScopeKey } from "../ticket/delivery.ts";
import type { Mention, Wanted } from "../ticket/person.ts";
import { payloadNames } from "../ticket/person.ts";
import type { Suggestions } from "../ticket/suggestion.ts";
import type { Ticket } from "../ticket/ticket.ts";

/** What is known of a person by putting documents together. */
export interface Traces {
  login: string;
  /** Hosts of GitHub, as addresses of threads have them. */
  hosts: Set<string>;
  /** Threads that they opened, by key and by address. */
  threads: Set<string>;
  /** Addresses of what they said in a thread. */
  said: Set<string>;
  /** Tickets that name them. */
  tickets: Set<string>;
}

/** Reads everything once, for what one document tells of another. */
export async function findTraces(holdings: AsyncIterable<Holding>, login: string): Promise<Traces> {
  const name = login.toLowerCase();
  const is = (other: string | null | undefined) => other?.toLowerCase() === name;
  const traces: Traces = {
    login,
    hosts: new Set(["github.com"]),
    threads: new Set(),
    said: new Set(),
    tickets: new Set(),
  };
  for await (const holding of holdings) {
    if (holding.type !== "record") continue;
    const [kind, id] = parseScopeKey(holding.scope);
    if (kind !== "ticket" && kind !== "thread") continue;
    const document = holding.document as Ticket | BacklogThread;
    if (URL.canParse(document.url)) traces.hosts.add(new URL(document.url).host);
    if (is(document.author)) traces.threads.add(id).add(document.url);
    if (kind === "thread") {
      const { said = [], answer } = document as BacklogThread;
      for (const { author, url } of said) if (is(author)) traces.said.add(url);
      if (answer && is(answer.author)) traces.said.add(answer.url);
    } else if (mentionsIn(holding.scope, holding, wantedBy(traces)).length > 0) traces.tickets.add(id);
  }
  return traces;
}

export function wantedBy({ login, hosts }: Traces): Wanted {
  return { login, hosts: [...hosts] };
}

/** Everything that is kept of them in one scope. */
export function heldIn(scope: ScopeKey, kept: Kept, traces: Traces): Mention[] {
  const mentions = mentionsIn(scope, kept, wantedBy(traces));
  const [kind, id] = parseScopeKey(scope);
  if (kind === "example" && traces.threads.has(id) && "features" in kept.document && kept.document.features)
    return [...mentions, { path: "features", value: kept.document.features }];
  if (kind === "ticket") return [...mentions, ...quotesIn((kept.document as Ticket).suggestions, traces)];
  return mentions;
}

export function isHeldIn({ delivery }: HeldDelivery, traces: Traces): boolean {
  return payloadNames(delivery.payload, wantedBy(traces));
}

function quotesIn(suggestions: Suggestions | null, traces: Traces): Mention[] {
  if (!suggestions) return [];
  return (["answers", "duplicates", "related"] as const).flatMap((list) =>
    suggestions[list].flatMap((value, i) => {
      return withoutQuote(value, traces) === value ? [] : [{ path: `suggestions.${list}[${i}]`, value }];
    }),
  );
}

/** What was shown on somebody else's ticket, without the words that were theirs. */
export function withoutQuotes(suggestions: Suggestions, traces: Traces): Suggestions {
  const { answers, duplicates, related } = suggestions;
  return {
    answers: answers.map((one) => withoutQuote(one, traces)),
    duplicates: duplicates.map((one) => withoutQuote(one, traces)),
    related: related.map((one) => withoutQuote(one, traces)),
  };
}

function withoutQuote<T extends { title: string; url: string; passage?: string | null }>(
  shown: T,
  { threads, said }: Traces,
): T {
  const [thread = "", comment] = shown.url.split("#");
  const title = threads.has(thread) ? `#${thread.slice(thread.lastIndexOf("/") + 1)}` : shown.title;
  const theirs = comment === undefined ? threads.has(thread) : said.has(shown.url);
  if (title === shown.title && !(theirs && shown.passage)) return shown;
  return { ...shown, title, ...(theirs && shown.passage ? { passage: null } : {}) };
}
