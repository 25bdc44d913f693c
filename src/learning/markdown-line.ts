/** What one line of Markdown is. Every pattern here is anchored or bounded, so that each is linear. */

/** The text of a heading line: `# x`, a line that is all bold, or a short line ending in a colon; else null. */
export function isHeadingLine(trimmed: string): string | null {
  const first = trimmed.charCodeAt(0);
  if (first === 35) {
    const hashes = /^#{1,6}(?=\s|[^#\d])/.exec(trimmed);
    return hashes ? clean(trimmed.slice(hashes[0].length)) : null;
  }
  if (trimmed.length > 80) return null;
  if (first === 42 || first === 95) {
    const mark = trimmed.slice(0, 2);
    if (mark !== "**" && mark !== "__") return null;
    const end = trimmed.indexOf(mark, 2);
    return end > 2 && /^[:.?\s]*$/.test(trimmed.slice(end + 2)) ? clean(trimmed.slice(2, end)) : null;
  }
  return trimmed.length <= 50 && trimmed.endsWith(":") && /^[A-Za-z]/.test(trimmed) ? clean(trimmed) : null;
}

function clean(text: string): string {
  return text
    .replace(/^[#*_:\s]{1,20}/, "")
    .slice(0, 120)
    .trim()
    .replace(/[#*_:?.!]{1,20}$/, "")
    .trim();
}

/** Is the line nothing but === or ---? */
export function underline(trimmed: string): boolean {
  const first = trimmed.charCodeAt(0);
  if (first !== 61 && first !== 45) return false;
  for (let i = 1; i < trimmed.length; i++) if (trimmed.charCodeAt(i) !== first) return false;
  return true;
}

/** `key: value` or `key => value` with a key of at most 40 characters. */
export function isFieldLine(text: string): { key: string; value: string } | null {
  const match = /^(?:[-*+] )?([A-Za-z][\w /().,-]{1,40}?)[*_]{0,2} ?(?:=> ?:?|:)[*_]{0,2} ?(\S)/.exec(text);
  if (!match?.[1] || match[2] === undefined) return null;
  if (match[1].split(" ").length > 5) return null;
  return { key: match[1].trim(), value: text.slice(match[0].length - 1).slice(0, 80) };
}

const TRACE_START = [
  "Traceback (most",
  "Exception in thread",
  "Caused by:",
  "panicked at",
  "stack backtrace:",
];

/** Does the line look like a part of a stack trace? */
export function isTraceLine(line: string): boolean {
  if (TRACE_START.some((start) => line.includes(start))) return true;
  return /^\s{0,12}(?:at \S{1,200}[ (:]|File "[^"]{1,200}", line \d|#\d{1,3} +0x|\d{1,3}: +0x)/.test(line);
}

/** Prose without addresses (collected in `links`), HTML tags and Markdown's quote marks. */
export function looseText(trimmed: string, links: string[]): string {
  let text = trimmed;
  if (text.includes("://")) {
    text = text.replace(/\bhttps?:\/\/[^\s)>\]]+/g, (url) => {
      links.push(url);
      return " ";
    });
  }
  if (text.includes("<")) text = text.replace(/<\/?[a-zA-Z][^<>]{0,300}>/g, " ");
  return text.startsWith(">") ? text.replace(/^[>\s]+/, "") : text.trim();
}
