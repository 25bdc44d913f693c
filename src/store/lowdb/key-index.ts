import { parseScopeKey, type Scope, type ScopeKey } from "../../ticket/delivery.ts";

/**
 * Keys by scope and by the first part of their id, which is a repository's wherever an id has two parts: what asks for
 * one repository's does not pass over the others, nor over other scopes.
 */
export class KeyIndex {
  readonly #places = new Map<Scope, Map<string, Set<ScopeKey>>>();

  add(key: ScopeKey): void {
    const [scope, first] = placeOf(key);
    const firsts = this.#places.get(scope) ?? new Map<string, Set<ScopeKey>>();
    const keys = firsts.get(first) ?? new Set<ScopeKey>();
    this.#places.set(scope, firsts.set(first, keys.add(key)));
  }

  delete(key: ScopeKey): void {
    const [scope, first] = placeOf(key);
    const firsts = this.#places.get(scope);
    const keys = firsts?.get(first);
    keys?.delete(key);
    if (keys?.size === 0) firsts?.delete(first);
  }

  /** A copy of the keys of a scope; only of those whose id begins with `first` when it is given. */
  keys(scope: Scope, first?: number): ScopeKey[] {
    const firsts = this.#places.get(scope);
    if (first !== undefined) return [...(firsts?.get(String(first)) ?? [])];
    return [...(firsts?.values() ?? [])].flatMap((keys) => [...keys]);
  }
}

function placeOf(key: ScopeKey): [Scope, string] {
  const [scope, id] = parseScopeKey(key);
  const slash = id.indexOf("/");
  return [scope, slash < 0 ? id : id.slice(0, slash)];
}
