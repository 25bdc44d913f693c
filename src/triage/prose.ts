const FENCE = /^ {0,3}(`{3,}|~{3,})(.*)$/;
const QUOTE = /^ {0,3}>/;
const LIST_ITEM = /^ {0,3}(?:[-+*]|\d{1,9}[.)])(?:\s|$)/;
const BLOCK_TAG = /<(pre|code|blockquote)\b[^<>]*>[\s\S]*?(?:<\/\1\s*>|$)/gi;
const HTML_COMMENT = /<!--[\s\S]*?(?:-->|$)/g;

/** Replaces text by as many line breaks as it had, so that what is after it stays on its line. */
const emptied = (text: string) => text.replace(/[^\n]+/g, "");

/**
 * What a person wrote themselves, line by line: code (fenced, indented, inline, HTML), quotes and hidden comments become
 * empty. As in CommonMark, a line right below a quote still belongs to the quote until an empty line.
 */
export function proseLines(markdown: string): string[] {
  const lines = withoutFences(markdown.replace(/\r\n?/g, "\n").split("\n"));
  const text = withoutInlineCode(lines.join("\n"));
  return text.replace(HTML_COMMENT, emptied).replace(BLOCK_TAG, emptied).split("\n");
}

function withoutFences(lines: string[]): string[] {
  let fence: string | null = null;
  let quoted = false;
  let indented = true;
  let inList = false;
  return lines.map((line) => {
    const mark = FENCE.exec(line);
    if (fence !== null) {
      if (mark && closes(fence, mark)) fence = null;
      return "";
    }
    const blank = line.trim() === "";
    if (blank) {
      quoted = false;
      indented = true;
      return "";
    }
    if (LIST_ITEM.test(line)) inList = true;
    else if (indented && !/^\s/.test(line)) inList = false;
    // A fence ends a quote's paragraph; a backtick fence has no backtick in its info string.
    const opening = mark?.[1];
    if (opening && !(opening.startsWith("`") && mark[2]?.includes("`"))) {
      fence = opening;
      quoted = false;
      return "";
    }
    if (QUOTE.test(line)) quoted = true;
    if (quoted) return "";
    // Four spaces after an empty line are code, but inside a list they are the item's text.
    if (indented && !inList && /^(?: {4}|\t)/.test(line)) return "";
    indented = false;
    return line;
  });
}

function closes(fence: string, [, marks = "", rest = ""]: RegExpExecArray): boolean {
  return marks[0] === fence[0] && marks.length >= fence.length && rest.trim() === "";
}

/** Code spans may run over lines, but not over the end of a paragraph. */
function withoutInlineCode(text: string): string {
  return text.replace(/(?<![`\\])(`+)(?!`)((?:(?!\n[ \t]*\n)[\s\S])*?[^`])\1(?!`)/g, emptied);
}
