/** What a ticket can be about. The order is the order of every per-kind array. */
export const KINDS = ["bug", "feature", "question", "documentation", "performance", "security"] as const;

export type Kind = (typeof KINDS)[number];

/** A record with a value for every kind, made by `value`. */
export function everyKind<T>(value: (kind: Kind, index: number) => T): Record<Kind, T> {
  return Object.fromEntries(KINDS.map((kind, index) => [kind, value(kind, index)])) as Record<Kind, T>;
}

export function isKind(text: string): text is Kind {
  return (KINDS as readonly string[]).includes(text);
}
