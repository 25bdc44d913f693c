/** Breaks what GitHub would link or notify, and is not seen: it stays text to people and is nothing to machines. */
const GAP = "\u200b";

/** Most characters of an echo when the caller names no limit: a long line, a screenful. */
const DEFAULT_LENGTH = { inline: 300, block: 3000 } as const;

/**
 * Every place in visible text that Markdown, HTML or GitHub's own filters would act upon. GitHub looks for mentions,
 * references and links after rendering, so that a backslash does not stop them: those need a gap. All but code
 * and the hexadecimal run match one character and look around, so that none can swallow the beginning of another.
 */
const ACTIVE = new RegExp(
  [
    // A code span stays one: code is what people ask about.
    "(?<![`\\\\])`[^`\\n]+`(?!`)",
    // Markdown: emphasis, code, links, tables, strikethrough, formulas, escapes.
    "[\\\\`*_~\\[\\]|$]",
    "<",
    // Lines that would become a heading, a quote, a list, an underline of a heading or a table.
    "^[-+=:>#＃]",
    "(?<=^\\d{1,9})[.)](?=\\s|$)",
    "[@＠﹫]",
    "[#＃](?=\\d)",
    "(?<=gh)-(?=\\d)",
    "&(?=#?\\w+;)",
    ":(?=//)",
    "(?<=www)\\.",
    "(?<=/(?:issues|pull|pulls|discussions|commit|commits|compare))/(?=\\w)",
    "(?<=frontdesk):",
    // A commit is linked from 7 digits on.
    "[0-9a-f]{7,}",
  ].join("|"),
  "gimu",
);

/** The same for text inside a code span, where Markdown is silent already. */
const ACTIVE_IN_CODE = /[@＠﹫<]|[#＃](?=\d)|(?<=gh)-(?=\d)|:(?=\/\/)|(?<=frontdesk):/gimu;

function disarm(match: string, offset: number, whole: string): string {
  if (match.length > 1) {
    return match.startsWith("`") ? codeSpan(match.slice(1, -1)) : match.replace(/.{6}(?=.)/g, `$&${GAP}`);
  }
  switch (match) {
    case "<":
      return "&lt;";
    case "@":
    case "＠":
    case "﹫":
    case "&":
    case "/":
      return match + GAP;
    case "#":
    case "＃":
      return /\d/.test(whole[offset + 1] ?? "") ? match + GAP : `\\${match}`;
    case ":":
      return offset === 0 || whole[offset - 1] === "\n" ? "\\:" : `${GAP}:`;
    case "-":
      return /\d/.test(whole[offset + 1] ?? "") && offset > 0 ? match + GAP : `\\${match}`;
    case ".":
    case ")":
      return /\d/.test(whole[offset - 1] ?? "") ? `\\${match}` : GAP + match;
    default:
      return `\\${match}`;
  }
}

/** A code span, fenced by more backticks than it holds, and harmless even in an HTML block, where no fence counts. */
function codeSpan(content: string): string {
  const code = content.replace(ACTIVE_IN_CODE, (match) => (match === ":" ? GAP + match : match + GAP));
  const longest = Math.max(0, ...(code.match(/`+/g) ?? []).map((run) => run.length));
  const fence = "`".repeat(longest + 1);
  const padded = code === "" || code.startsWith("`") || code.endsWith("`") ? ` ${code} ` : code;
  return fence + padded + fence;
}

/**
 * The text as a reader would see it: no control or format characters (bidirectional overrides, zero-width tricks,
 * hidden tags), no halves of surrogate pairs, no towers of combining marks. Joiners stay where scripts and emoji need
 * them, which is never beside ASCII.
 */
export function visible(text: string): string {
  return text
    .replace(/\r\n?|[\u0085\u2028\u2029]/g, "\n")
    .replace(/\p{Cs}/gu, "\ufffd")
    .replace(/[\t\v\f]/g, " ")
    .replace(/(?![\n\u200c\u200d])[\p{Cc}\p{Cf}\p{Noncharacter_Code_Point}]/gu, "")
    .replace(/[\u034f\u115f\u1160\u3164\uffa0]/g, "")
    .replace(/(?<![^\p{ASCII}\u200c\u200d])[\u200c\u200d]|[\u200c\u200d](?![^\p{ASCII}\u200c\u200d])/gu, "")
    .replace(/(\p{M}{4})\p{M}+/gu, "$1");
}

/** White space that is no line break: also the wide and the narrow ones. */
const BLANKS = /[^\S\n]+/g;

function asLine(text: string): string {
  return text.replace(/\s+/g, " ").trim();
}

/** Fenced code, to its closing fence or the end of the text. Every fence opens only once, so that this stays linear. */
const FENCED = /^ ?(`{3,}|~{3,}(?!~))[^\n`]*\n([\s\S]*?)(?:^ ?\1[`~]* ?$|(?![\s\S]))/gm;

/** Lines without indentation (which would make code of them), at most one empty line between them, code in spans. */
function asBlock(text: string): string {
  return text
    .replace(BLANKS, " ")
    .replace(FENCED, (_, _fence, code: string) => code.trimEnd().replace(/^ ?([^`\n]*[^`\s]) ?$/gm, "`$1`"))
    .replace(/ ?\n ?/g, "\n")
    .replace(/\n{3,}/g, "\n\n")
    .trim();
}

/** The longest beginning of `text`, in whole graphemes, whose `shown` form and an ellipsis have at most `limit` characters. */
function cut(text: string, limit: number, shown: (text: string) => string): string {
  const whole = shown(text);
  if (whole.length <= limit) return whole;
  // No form is shorter than its text, so that what lies beyond the limit cannot be needed.
  const graphemes = new Intl.Segmenter().segment(text.slice(0, limit + 1));
  const borders = Array.from(graphemes, (grapheme) => grapheme.index);
  const fitting = (border: number) => shown(`${text.slice(0, border).trimEnd()}…`);
  let low = 0;
  let high = borders.length - 1;
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (fitting(borders[middle] ?? 0).length <= limit) low = middle;
    else high = middle - 1;
  }
  return limit < 1 ? "" : fitting(borders[low] ?? 0);
}

/**
 * Text of a user, made safe to stand in our Markdown: it reads the same, but mentions nobody, refers to nothing, links
 * nowhere, formats nothing, carries no HTML and not our marker. Safe to apply again.
 * `inline` makes one line of it, `block` keeps its lines. At most `maxLength` UTF-16 units come out.
 */
export function neutralize(
  text: string,
  { maxLength, allow = "inline" }: { maxLength?: number; allow?: "inline" | "block" } = {},
): string {
  const clean = visible(text);
  return cut(
    allow === "inline" ? asLine(clean) : asBlock(clean),
    maxLength ?? DEFAULT_LENGTH[allow],
    (plain) => plain.replace(ACTIVE, disarm),
  );
}

/** Text of a user as a code span, for names, paths and values: harmless like `neutralize`, on one line. */
export function inlineCode(text: string, maxLength: number = DEFAULT_LENGTH.inline): string {
  return cut(asLine(visible(text)), maxLength, codeSpan);
}
