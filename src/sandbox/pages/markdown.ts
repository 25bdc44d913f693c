import { micromark } from "micromark";
import { gfm, gfmHtml } from "micromark-extension-gfm";
import { escapeHtml, Html } from "./html.ts";

type HtmlExtension = ReturnType<typeof gfmHtml>;
type Handle = NonNullable<NonNullable<HtmlExtension["exit"]>["htmlFlowData"]>;

/** The tags of people's own HTML that are shown as such, without attributes; all else is shown as text. */
const TAGS =
  "details|summary|br|hr|kbd|sub|sup|b|i|em|strong|blockquote|p|div|ul|ol|li|table|thead|tbody|tr|th|td";
const TAG = new RegExp(`&lt;(/?(?:${TAGS}))(?: open)?\\s*/?&gt;`, "gi");

/** Renders GitHub's Markdown. HTML comments vanish; scripts and attributes never get through. */
export function markdown(text: string): Html {
  let inComment = false;

  const clean = (raw: string): string => {
    let rest = raw;
    let shown = "";
    while (rest !== "") {
      const mark = inComment ? "-->" : "<!--";
      const at = rest.indexOf(mark);
      if (!inComment) shown += at < 0 ? rest : rest.slice(0, at);
      if (at < 0) break;
      inComment = !inComment;
      rest = rest.slice(at + mark.length);
    }
    return escapeHtml(shown).replace(TAG, "<$1>");
  };

  const data: Handle = function (token) {
    this.raw(clean(this.sliceSerialize(token)));
    return undefined;
  };
  const html: HtmlExtension = { exit: { htmlFlowData: data, htmlTextData: data } };
  return new Html(micromark(text, { extensions: [gfm()], htmlExtensions: [gfmHtml(), html] }));
}
