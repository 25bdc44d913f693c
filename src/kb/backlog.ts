import { Boilerplate, stripPrefix } from "./boilerplate.ts";
import { Index } from "./index.ts";
import { type Reference, referencesIn } from "./references.ts";

/** An issue as it was opened. */
export interface OpenedIssue {
  number: number;
  title: string;
  /** Markdown. */
  body: string;
  author: string | null;
  /** Milliseconds since 1970, as all times here. */
  createdAt: number;
}

export interface IssueComment {
  author: string | null;
  body: string;
  createdAt: number;
}

/** What is known of an issue so far. */
export interface Entry {
  readonly number: number;
  readonly title: string;
  readonly author: string | null;
  readonly createdAt: number;
  readonly length: number;
  closedAt: number | null;
  comments: number;
  readonly people: Set<string>;
  lastActivity: number;
  /** Issues that name this one, and when one last did. */
  readonly namedBy: Set<number>;
  lastNamed: number | null;
  /** Issues that this one names. */
  readonly names: Set<number>;
  /** Issues that somebody called the same problem. */
  readonly same: Set<number>;
}

/** An Entry with its sets and its words in the vocabulary. */
const ENTRY_BYTES = 1_500;

/** More reports of one problem tell no more about it, and a chain of thousands would be walked for each candidate. */
const MOST_SAME = 64;

/**
 * All issues of a repository as known at a moment: fed with events in the order in which they happened, it never knows
 * more than had happened by the last one. Old open originals are in it like new ones.
 */
export class Backlog {
  /** Titles and bodies, by number. */
  readonly index = new Index();
  /** Comments, by `number/count`. */
  readonly talk = new Index();
  private readonly entries = new Map<number, Entry>();
  private readonly boilerplate = new Boilerplate();

  get size(): number {
    return this.entries.size;
  }

  /** About what it takes. */
  get bytes(): number {
    return this.index.bytes + this.talk.bytes + this.boilerplate.bytes + ENTRY_BYTES * this.entries.size;
  }

  /** How many were called the same as an older one. */
  get repeated(): number {
    let count = 0;
    for (const { number, same } of this.entries.values())
      if (same.size > 0 && Math.min(...same) < number) count += 1;
    return count;
  }

  entry(number: number): Entry | undefined {
    return this.entries.get(number);
  }

  /** A ticket's own words: without what forms and templates put there. */
  bare({ title, body }: { title: string; body: string }): { title: string; body: string } {
    return { title: stripPrefix(title), body: this.boilerplate.strip(body) };
  }

  open(issue: OpenedIssue): void {
    this.boilerplate.learn(issue.body);
    this.index.add({ id: String(issue.number), ...this.bare(issue) });
    this.entries.set(issue.number, {
      number: issue.number,
      title: issue.title,
      author: issue.author,
      createdAt: issue.createdAt,
      length: issue.body.length,
      closedAt: null,
      comments: 0,
      people: new Set(),
      lastActivity: issue.createdAt,
      namedBy: new Set(),
      lastNamed: null,
      names: new Set(),
      same: new Set(),
    });
    this.refer(issue.number, referencesIn(issue.body), issue.createdAt);
  }

  /** The title or body was changed. */
  edit(number: number, title: string, body: string): void {
    const entry = this.entries.get(number);
    if (!entry) return;
    this.index.add({ id: String(number), ...this.bare({ title, body }) });
    this.entries.set(number, { ...entry, title, length: body.length });
  }

  comment(number: number, comment: IssueComment): void {
    const entry = this.entries.get(number);
    if (!entry) return;
    entry.comments += 1;
    entry.lastActivity = Math.max(entry.lastActivity, comment.createdAt);
    if (comment.author !== null) entry.people.add(comment.author);
    this.talk.add({ id: `${number}/${entry.comments}`, title: "", body: comment.body });
    this.refer(number, referencesIn(comment.body), comment.createdAt);
  }

  close(number: number, at: number): void {
    const entry = this.entries.get(number);
    if (!entry) return;
    entry.closedAt = at;
    entry.lastActivity = Math.max(entry.lastActivity, at);
  }

  reopen(number: number, at: number): void {
    const entry = this.entries.get(number);
    if (!entry) return;
    entry.closedAt = null;
    entry.lastActivity = Math.max(entry.lastActivity, at);
  }

  /** Deleted, moved, or made confidential: never shown again. */
  remove(number: number): void {
    const entry = this.entries.get(number);
    if (!entry) return;
    this.index.remove(String(number));
    for (let count = 1; count <= entry.comments; count++) this.talk.remove(`${number}/${count}`);
    for (const other of entry.same) this.entries.get(other)?.same.delete(number);
    for (const other of entry.names) this.entries.get(other)?.namedBy.delete(number);
    for (const other of entry.namedBy) this.entries.get(other)?.names.delete(number);
    this.entries.delete(number);
  }

  /** People say that two issues are the same problem; unknown numbers are passed over. */
  same(a: number, b: number): void {
    const [one, other] = [this.entries.get(a), this.entries.get(b)];
    if (!one || !other || a === b) return;
    one.same.add(b);
    other.same.add(a);
  }

  /** People say that they are not. */
  notSame(a: number, b: number): void {
    this.entries.get(a)?.same.delete(b);
    this.entries.get(b)?.same.delete(a);
  }

  /** The issues of one problem, the given one among them: the nearest `MOST_SAME` where a chain of them is longer. */
  cluster(number: number): Set<number> {
    const found = new Set([number]);
    if (!this.entries.get(number)?.same.size) return found;
    for (const next of found) {
      if (found.size >= MOST_SAME) break;
      for (const other of this.entries.get(next)?.same ?? []) found.add(other);
    }
    return found;
  }

  private refer(from: number, references: Reference[], at: number): void {
    for (const { number, duplicate } of references) {
      const target = this.entries.get(number);
      if (!target || number === from) continue;
      target.namedBy.add(from);
      target.lastNamed = at;
      this.entries.get(from)?.names.add(number);
      if (duplicate) this.same(from, number);
    }
  }
}
