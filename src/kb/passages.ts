/** A text's lines by what they are: people's words, or code and logs, which are matched with other weights. */
export interface Passages {
  prose: string;
  code: string;
}

const FENCE = /^ {0,3}(`{3,}|~{3,})/;
const COMMENT = /<!--[\s\S]*?(?:-->|$)/g;
/** HTML only: `Vec<T>` is somebody's type. */
const TAG =
  /<\/?(?:a|b|br|p|div|details|summary|img|kbd|sub|sup|code|pre|table|thead|tbody|tr|td|th|[uo]l|li|h[1-6]|hr|i|em|strong|span|font|center)(?:\s[^<>]*)?\/?>/gi;
/** Neither the text nor the address holds what opens one: else a body of brackets would be scanned from each of them. */
const IMAGE = /!\[([^[\]]*)\]\([^()]*\)/g;
const LINK = /\[([^[\]]*)\]\([^()\s]*(?:\s+"[^"]*")?\)/g;
const HOST = /https?:\/\/[^\s/)\]>]+/g;

/**
 * Splits Markdown into prose and code (fenced, or indented by four spaces after a blank line). HTML comments and tags
 * are no one's words and go; of a link its text stays, of an address its path.
 */
export function splitPassages(markdown: string): Passages {
  const { prose, code } = split(markdown);
  return { prose: prose.replace(HOST, " "), code };
}

/** The prose as people are to read it: an address is whole, or an instruction with one would say nothing. */
export function readableProse(markdown: string): string {
  return split(markdown).prose;
}

function split(markdown: string): Passages {
  const prose: string[] = [];
  const code: string[] = [];
  let fence = "";
  let blank = true;
  let indented = false;
  for (const line of markdown.replace(COMMENT, " ").split(/\r\n|\r|\n/)) {
    const mark = FENCE.exec(line)?.[1] ?? "";
    if (fence) {
      if (mark.startsWith(fence)) fence = "";
      else code.push(line);
      continue;
    }
    if (mark) {
      fence = mark;
      continue;
    }
    const empty = line.trim() === "";
    indented =
      !empty && /^(?: {4}|\t)/.test(line) && (blank || indented) && !/^\s+(?:[-*+]|\d+[.)])\s/.test(line);
    if (indented) code.push(line);
    else if (!empty) prose.push(line);
    blank = empty;
  }
  return { prose: plain(prose.join("\n")), code: code.join("\n") };
}

function plain(markdown: string): string {
  return markdown.replace(IMAGE, "$1").replace(LINK, "$1").replace(TAG, " ");
}
