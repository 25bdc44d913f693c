/** A posting: a document's number in the upper 22 bits, how often it has the term in each field in the lower 10. */
export const DOCUMENT_BITS = 22;
const TITLE_SHIFT = 8;
const PROSE_SHIFT = 4;
/** Frequencies above these are cut: BM25 has saturated long before. */
const MOST_TITLE = 3;
const MOST_BODY = 15;
export const FREQUENCY_BITS = 10;

export function packPosting(document: number, title: number, prose: number, code: number): number {
  const frequencies =
    (Math.min(title, MOST_TITLE) << TITLE_SHIFT) |
    (Math.min(prose, MOST_BODY) << PROSE_SHIFT) |
    Math.min(code, MOST_BODY);
  return ((document << FREQUENCY_BITS) | frequencies) >>> 0;
}

const FIRST_SLICE = 2;
const LONGEST_SLICE = 4096;
const NOWHERE = 0;

/**
 * For each term the postings of its documents, in order of arrival: slices of one growing array, each twice as long as
 * the one before and linked to the next by its last cell. Appending never moves anything, a term that occurs once costs
 * 3 cells, and a million postings are one allocation instead of one for each term.
 */
export class Postings {
  private cells = new Uint32Array(1 << 14);
  private used = 1;
  private head = new Uint32Array(1 << 10);
  private tail = new Uint32Array(1 << 10);
  private room = new Uint32Array(1 << 10);
  private count = new Uint32Array(1 << 10);

  /** How many postings the term has, those of removed documents among them. */
  length(term: number): number {
    return this.count[term] ?? 0;
  }

  get bytes(): number {
    return 4 * (this.cells.length + 4 * this.head.length);
  }

  append(term: number, posting: number): void {
    if (term >= this.head.length) this.growTerms(term);
    const length = this.count[term] ?? 0;
    if (length === 0) this.open(term, FIRST_SLICE);
    else if (this.room[term] === 0) this.extend(term, length);
    const at = this.tail[term] ?? 0;
    this.cells[at] = posting;
    this.tail[term] = at + 1;
    this.room[term] = (this.room[term] ?? 0) - 1;
    this.count[term] = length + 1;
  }

  /** Calls `visit` with runs `cells[from..to)` that hold the term's postings. */
  eachRun(term: number, visit: (cells: Uint32Array, from: number, to: number) => void): void {
    let left = this.length(term);
    let at = this.head[term] ?? NOWHERE;
    let size = FIRST_SLICE;
    while (left > 0) {
      const take = Math.min(left, size);
      visit(this.cells, at, at + take);
      left -= take;
      at = this.cells[at + size] ?? NOWHERE;
      size = Math.min(size * 2, LONGEST_SLICE);
    }
  }

  private open(term: number, size: number): void {
    this.reserve(size + 1);
    this.head[term] = this.used;
    this.tail[term] = this.used;
    this.room[term] = size;
    this.used += size + 1;
  }

  private extend(term: number, length: number): void {
    const size = Math.min(length + FIRST_SLICE, LONGEST_SLICE);
    this.reserve(size + 1);
    this.cells[this.tail[term] ?? 0] = this.used;
    this.tail[term] = this.used;
    this.room[term] = size;
    this.used += size + 1;
  }

  private reserve(cells: number): void {
    if (this.used + cells <= this.cells.length) return;
    this.cells = grown(this.cells, this.used + cells);
  }

  private growTerms(term: number): void {
    this.head = grown(this.head, term + 1);
    this.tail = grown(this.tail, term + 1);
    this.room = grown(this.room, term + 1);
    this.count = grown(this.count, term + 1);
  }
}

/** A copy at least `least` long, half as long again as before, so that appending costs little on average. */
export function grown(array: Uint32Array, least: number): Uint32Array<ArrayBuffer> {
  const copy = new Uint32Array(Math.max(least, Math.ceil(array.length * 1.5)));
  copy.set(array);
  return copy;
}
