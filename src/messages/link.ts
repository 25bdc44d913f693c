import { neutralize } from "./sanitize.ts";

/** Browsers and proxies agree on no longer ones. */
const LONGEST_URL = 2000;

/**
 * A URL that can stand between the parentheses of a Markdown link: http and https only, percent-encoded where Markdown
 * or HTML would stumble. Anything else becomes `#`, which leads nowhere.
 */
export function safeUrl(url: string): string {
  if (!/^https?:\/\/[^\s/]/i.test(url) || url.length > LONGEST_URL) return "#";
  const encoded = url.replace(/[\s\p{Cc}\p{Cf}\p{Cs}<>()\\"`|]/gu, (character) =>
    Array.from(new TextEncoder().encode(character), (byte) => `%${byte.toString(16).padStart(2, "0")}`).join(
      "",
    ),
  );
  return encoded.length > LONGEST_URL ? "#" : encoded;
}

/**
 * The same page by the address that GitHub keeps for links that are to leave no trace: a plain link to an issue writes
 * "mentioned this" into its history, for all who follow it. Only github.com has one.
 */
export function quietUrl(url: string): string {
  return url.replace(/^https:\/\/github\.com\//, "https://redirect.github.com/");
}

/** A Markdown link whose text comes from users or documents. */
export function link(text: string, url: string): string {
  return `[${neutralize(text, { maxLength: 200 })}](${safeUrl(url)})`;
}
