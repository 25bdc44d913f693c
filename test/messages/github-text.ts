import fc from "fast-check";
import { micromark } from "micromark";
import { gfm, gfmHtml } from "micromark-extension-gfm";

/** Markdown as GitHub renders it, before its filters for mentions, references and links. */
export function html(markdown: string): string {
  return micromark(markdown, {
    allowDangerousHtml: true,
    extensions: [gfm()],
    htmlExtensions: [gfmHtml()],
  });
}

/** The names of the tags in some HTML, comments as `!--`, each once. */
export function tags(source: string): string[] {
  return [...new Set(Array.from(source.matchAll(/<\/?(!--|[a-z][a-z0-9]*)/gi), (match) => match[1] ?? ""))];
}

/** What a reader sees of some HTML; elements are apart, as they are to GitHub's filters. */
export function text(source: string): string {
  return source
    .replace(/<[^>]*>/g, " ")
    .replace(/&lt;/g, "<")
    .replace(/&gt;/g, ">")
    .replace(/&quot;/g, '"')
    .replace(/&amp;/g, "&")
    .trim();
}

/** What GitHub's filters, and our own search for the marker, look for in rendered text: each must find nothing. */
export const FILTERS: Readonly<Record<string, RegExp>> = {
  mention: /[@＠﹫][a-z0-9]/i,
  reference: /#\d/,
  "GH reference": /gh-\d/i,
  link: /[a-z]:\/\//i,
  marker: /frontdesk:/i,
};

const PIECES = [
  ..."@ ＠ @octocat @a/b # #1 gh- GH-12 o/r#4 o/r@ / // http:// https://github.com/o/r/issues/5 www. x.y".split(
    " ",
  ),
  ..."&#64; &commat; &#x40; &#35; &amp; & ; < <b> </details> <!-- --> frontdesk : frontdesk:".split(" "),
  ..."* ** _ ~ ~~~ ` `` ``` ```` [ ]( ) ![ [^1]: | $ \\ - + = > 1. 1) 1234567 abcdef12345 dead a 9".split(
    " ",
  ),
  ...["\n", "\n\n", "\r\n", "\t", " ", "    ", "\n```\n", "\n~~~\n", "|a|b|\n|-|-|\n", "\n---\n"],
  ...["\u200b", "\u200c", "\u200d", "\u202e", "\u2066", "\u00ad", "\u0000", "\ud800", "\udc00", "\u0301"],
  ...["é", "👨‍👩‍👧", "中", "{login}", "{url}"],
];

/** Texts that attackers would put together, beside anything at all. */
export const hostile = fc
  .array(fc.oneof(fc.constantFrom(...PIECES), fc.string({ unit: "binary", maxLength: 6 })), { maxLength: 24 })
  .map((pieces) => pieces.join(""));
