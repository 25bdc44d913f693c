/** Cells of the count: 2^20 of 16 bits are 2 MB, and a hundred thousand issues fill a few in a hundred. */
const CELLS = 2 ** 20;
/** A line is a template's when at least this many texts have it, and at least this share of all. */
const FEWEST = 8;
const SHARE = 0.02;
/** Longer lines are nobody's template. Characters. */
const LONGEST = 300;
const FENCE = /^ {0,3}(?:`{3,}|~{3,})/;
const EMPTY_ANSWERS = /^\s*_no response_\s*$/i;
const PREFIX =
  /^\s*(?:(?:\[[^\]]{1,40}\]|[(【][^)】]{1,40}[)】])\s*[:\-–—]?|(?:bug(?: report)?|feature(?: request)?|question|issue|docs?|help)\s*[:\-–—])\s*/i;

/**
 * Learns which lines of a repository's issues come from its templates, by how many issues have them, and takes them out:
 * two reports that share nothing but the form are not alike. Numbers in a line do not count, so that `Version: 1.2` is
 * one line with `Version: 1.3`.
 */
export class Boilerplate {
  private readonly counts = new Uint16Array(CELLS);
  private texts = 0;

  get bytes(): number {
    return this.counts.byteLength;
  }

  /** Counts the lines of one more text. */
  learn(markdown: string): void {
    this.texts += 1;
    const seen = new Set<number>();
    eachLine(markdown, (line) => seen.add(cellOf(line)));
    for (const cell of seen) this.counts[cell] = Math.min(65_535, (this.counts[cell] as number) + 1);
  }

  /** The text without the lines of templates. Code stays as it is. */
  strip(markdown: string): string {
    const kept: string[] = [];
    const most = Math.max(FEWEST, SHARE * this.texts);
    eachLine(
      markdown,
      (line) => {
        if ((this.counts[cellOf(line)] as number) < most && !EMPTY_ANSWERS.test(line)) kept.push(line);
      },
      (line) => kept.push(line),
    );
    return kept.join("\n");
  }
}

/** A title without what a form or a habit puts before it: `[Bug]: `, `Feature request - `. */
export function stripPrefix(title: string): string {
  let bare = title;
  for (let times = 0; times < 3 && PREFIX.test(bare); times++) bare = bare.replace(PREFIX, "");
  return bare.trim() === "" ? title : bare;
}

/** Calls `prose` with each line that may come from a template, `other` with blank lines and those of code. */
function eachLine(
  markdown: string,
  prose: (line: string) => void,
  other: (line: string) => void = () => {},
): void {
  let fenced = false;
  for (const line of markdown.split(/\r\n|\r|\n/)) {
    const fence = FENCE.test(line);
    if (fence) fenced = !fenced;
    if (fence || fenced || line.trim() === "" || line.length > LONGEST) other(line);
    else prose(line);
  }
}

/** FNV-1a of the line without case, numbers, ticks in boxes and outer blanks. */
function cellOf(line: string): number {
  const bare = line
    .trim()
    .toLowerCase()
    .replace(/\[[ x]\]/g, "[]")
    .replace(/\d+/g, "0");
  let hash = 0x811c9dc5;
  for (let i = 0; i < bare.length; i++) hash = Math.imul(hash ^ bare.charCodeAt(i), 0x01000193);
  return (hash >>> 0) % CELLS;
}
