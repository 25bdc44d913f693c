import type { Backlog } from "./backlog.ts";
import type { Words } from "./index.ts";
import { rarityIn } from "./rarity.ts";
import { titleHabits } from "./title-habits.ts";
import { UNKNOWN } from "./words.ts";

/** A ticket as it is compared with others. */
export interface TicketText {
  number: number;
  title: string;
  /** Markdown. */
  body: string;
}

/** A word of a title counts like this many of the body. */
const TITLE_TIMES = 2;
/**
 * As if each title had one more word that no other has, as rare as one in a hundred issues; a squared rarity. So titles of
 * a word or two ("Error", "It does not work") are not alike by them alone.
 */
const SOMETHING_ELSE = 20;
/** Of a node, a line, a version: what differs between two reports of one fault. */
const NUMBERS = /\b\d+\b/g;
/** Distinct words that a ticket needs. */
const FEWEST_WORDS = 2;
/** The words of a long log that are compared, the rarest first: more of them change nothing but the time. */
const MOST_TERMS = 60;
/** Bodies are not compared where titles are less alike than this. */
const UNLIKE = 0.1;

/** Distinct terms with their weights, the terms ascending; `norm`: the length. */
interface Vector {
  terms: Uint32Array;
  weights: Float64Array;
  norm: number;
}

export interface ReadTicket {
  number: number;
  title: Vector;
  /** Title and body. */
  whole: Vector;
}

/**
 * Reads tickets without what forms, templates and habits put there; null for one that says next to nothing. `backlog` says
 * what these are and which words are rare: it should hold all that the repository has. `numbers`: the tickets that are
 * compared, whose titles are no habit.
 */
export function ticketReader(
  backlog: Backlog,
  numbers: readonly number[],
): (ticket: TicketText) => ReadTicket | null {
  const rarity = rarityIn(backlog.index);
  const ownOf = titleHabits(backlog.index, new Set(numbers.map(String)));
  return (ticket) => {
    const bare = backlog.bare(ticket);
    const words = backlog.index.read({ ...bare, title: bare.title.replace(NUMBERS, " ") });
    const read = weigh(ticket.number, { ...words, title: ownOf(words.title) }, rarity);
    return read.whole.terms.length < FEWEST_WORDS ? null : read;
  };
}

function weigh(number: number, { title, prose, code }: Words, rarity: (term: number) => number): ReadTicket {
  const counts = new Map<number, number>();
  const count = (terms: readonly number[], times: number) => {
    for (const term of terms) if (term !== UNKNOWN) counts.set(term, (counts.get(term) ?? 0) + times);
  };
  count(title, TITLE_TIMES);
  const titled = vectorOf(counts, rarity);
  count(prose, 1);
  count(code, 1);
  return {
    number,
    title: titled,
    whole: vectorOf(counts, (term, times) => Math.log1p(times) * rarity(term)),
  };
}

/** Of the `MOST_TERMS` heaviest terms. */
function vectorOf(
  counts: ReadonlyMap<number, number>,
  weightOf: (term: number, times: number) => number,
): Vector {
  const weighed = [...counts].map(([term, times]) => ({ term, weight: weightOf(term, times) }));
  const heaviest = weighed.sort((a, b) => b.weight - a.weight || a.term - b.term).slice(0, MOST_TERMS);
  const sorted = heaviest.sort((a, b) => a.term - b.term);
  return {
    terms: Uint32Array.from(sorted, ({ term }) => term),
    weights: Float64Array.from(sorted, ({ weight }) => weight),
    norm: Math.sqrt(sorted.reduce((sum, { weight }) => sum + weight ** 2, 0)),
  };
}

/**
 * How alike each two are, 0 to 1: a symmetric matrix with zeros in its diagonal. As alike as their titles, and half as much
 * where the rest has nothing in common. Bodies alone, which are often the same form filled in, make nobody alike.
 */
export function likenesses(tickets: readonly ReadTicket[]): Float32Array {
  const count = tickets.length;
  const likeness = titlesAlike(tickets);
  tickets.forEach(({ whole }, a) => {
    for (let b = 0; b < a; b++) {
      const titles = likeness[a * count + b] as number;
      const texts = titles < UNLIKE ? 0 : cosine(whole, (tickets[b] as ReadTicket).whole);
      const value = (titles + Math.min(titles, texts)) / 2;
      likeness[a * count + b] = value;
      likeness[b * count + a] = value;
    }
  });
  return likeness;
}

/** Half the cosine of two titles, half how much of each title is anywhere in the other ticket. */
function titlesAlike(tickets: readonly ReadTicket[]): Float32Array {
  const count = tickets.length;
  const inTitle = placesOf(tickets.map(({ title }) => title));
  const inWhole = placesOf(tickets.map(({ whole }) => whole));
  const norms = tickets.map(({ title }) => Math.sqrt(title.norm ** 2 + SOMETHING_ELSE));
  const alike = new Float32Array(count * count);
  const add = (a: number, b: number, amount: number) => {
    if (a !== b) alike[a * count + b] = (alike[a * count + b] as number) + amount;
  };
  tickets.forEach(({ title }, a) => {
    const norm = norms[a] as number;
    title.terms.forEach((term, i) => {
      const square = (title.weights[i] as number) ** 2;
      const covered = square / norm ** 2 / 4;
      for (const b of inTitle.get(term) ?? []) add(a, b, square / norm / (norms[b] as number) / 2);
      for (const b of inWhole.get(term) ?? []) {
        add(a, b, covered);
        add(b, a, covered);
      }
    });
  });
  return alike;
}

/** By term: the places of the vectors that have it. */
function placesOf(vectors: readonly Vector[]): Map<number, number[]> {
  const places = new Map<number, number[]>();
  vectors.forEach(({ terms }, place) => {
    for (const term of terms) {
      const known = places.get(term);
      if (known) known.push(place);
      else places.set(term, [place]);
    }
  });
  return places;
}

function cosine(a: Vector, b: Vector): number {
  let sum = 0;
  for (let i = 0, j = 0; i < a.terms.length && j < b.terms.length; ) {
    const x = a.terms[i] as number;
    const y = b.terms[j] as number;
    if (x === y) sum += (a.weights[i] as number) * (b.weights[j] as number);
    if (x <= y) i++;
    if (y <= x) j++;
  }
  return sum === 0 ? 0 : sum / (a.norm * b.norm);
}
