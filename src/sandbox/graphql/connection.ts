import type { Resolved } from "./context.ts";
import { failure } from "./context.ts";

export interface Page {
  first?: number | null;
  last?: number | null;
  after?: string | null;
  before?: string | null;
}

const MAX = 100;
const encode = (index: number) => Buffer.from(`cursor:${index}`).toString("base64");
const decode = (cursor: string) =>
  Number(Buffer.from(cursor, "base64").toString("utf8").replace("cursor:", ""));

/**
 * A connection as GitHub pages it: counting is free, but listing needs `first` or `last`, at most 100.
 * `name` is the field, which its errors mention.
 */
export function connection<T>(
  name: string,
  list: T[],
  page: Page,
  view: (item: T) => Resolved | null,
): Resolved {
  const window = (): { start: number; items: T[] } => {
    const size = page.first ?? page.last;
    if (size == null) {
      const message = `You must provide a \`first\` or \`last\` value to properly paginate the \`${name}\` connection.`;
      throw failure("MISSING_PAGINATION_BOUNDARIES", message);
    }
    if (size > MAX) {
      const which = page.first == null ? "last" : "first";
      const message = `Requesting ${size} records on the \`${name}\` connection exceeds the \`${which}\` limit of ${MAX} records.`;
      throw failure("EXCESSIVE_PAGINATION", message);
    }
    const from = page.after ? decode(page.after) + 1 : 0;
    const to = page.before ? decode(page.before) : list.length;
    const start = page.first == null ? Math.max(from, to - size) : from;
    const end = page.first == null ? to : Math.min(to, from + size);
    return { start, items: list.slice(start, end) };
  };
  return {
    totalCount: list.length,
    nodes: () => window().items.map(view),
    edges: () => {
      const { start, items } = window();
      return items.map((item, i) => ({ cursor: encode(start + i), node: view(item) }));
    },
    pageInfo: () => {
      const { start, items } = window();
      return {
        hasNextPage: start + items.length < list.length,
        hasPreviousPage: start > 0,
        startCursor: items.length > 0 ? encode(start) : null,
        endCursor: items.length > 0 ? encode(start + items.length - 1) : null,
      };
    },
  };
}
