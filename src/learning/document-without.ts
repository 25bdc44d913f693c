import type { Document } from "./document.ts";
import type { Origin } from "./features.ts";
import { withoutMark } from "./marks.ts";

/** A document as it would be without what a feature was made of: its words everywhere, or its line of a form. */
export function removeFrom(document: Document, { block, text, start, end }: Origin): Document {
  switch (block) {
    case "headings":
      return { ...document, headings: document.headings.filter(({ name }) => name !== text) };
    case "answers":
      return {
        ...document,
        headings: document.headings.map((heading) =>
          `${heading.name}: ${heading.answer}` === text ? { ...heading, answer: "" } : heading,
        ),
      };
    case "fields":
      return { ...document, fields: document.fields.filter(({ key, value }) => `${key}: ${value}` !== text) };
    case "checkboxes":
      return { ...document, checkboxes: document.checkboxes.filter((box) => box.text !== text) };
    case "shape":
    case "style":
      return withoutMark(document, text);
    case "links":
      return { ...document, links: document.links.filter((link) => !link.includes(text)) };
    case "title":
    case "letters":
    case "opening":
    case "prose":
    case "cues":
    case "concepts":
    case "words":
    case "code":
    case "comments":
      return withoutWords(document, text.slice(start, end));
  }
}

function withoutWords(document: Document, words: string): Document {
  const lower = words.toLowerCase();
  const cut = (text: string) => withoutPhrase(text, lower);
  return {
    ...document,
    title: cut(document.title),
    opening: cut(document.opening),
    prose: cut(document.prose),
    code: cut(document.code),
    comments: cut(document.comments),
    headings: document.headings.map(({ name, answer }) => ({ name: cut(name), answer: cut(answer) })),
  };
}

/** The text without each place where the phrase stands, in capitals or not. */
function withoutPhrase(text: string, lower: string): string {
  const searched = text.toLowerCase();
  // capitals whose small letters are longer would move the places
  if (searched.length !== text.length) return text;
  let kept = "";
  let from = 0;
  for (let at = searched.indexOf(lower); at >= 0; at = searched.indexOf(lower, from)) {
    kept += text.slice(from, at);
    from = at + lower.length;
  }
  return from === 0 ? text : kept + text.slice(from);
}
