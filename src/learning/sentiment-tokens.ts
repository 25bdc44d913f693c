/** Punctuation counts; a text longer than this has said what it feels. */
const MOST_TOKENS = 900;
const MOST_CHARACTERS = 20_000;
const NEGATED_FOR = 3;
const NEGATIONS = new Set(
  "not no never none nor cannot cant without hardly nothing dont doesnt didnt isnt wasnt wont".split(" "),
);

const EMOTICONS = [
  ":(?:[+-]1|[a-z][a-z0-9_]{1,24}):",
  ">?[:;=8xX]['’]?-?[)(\\][dDpPsScC/\\\\|*oO3]+(?![a-z0-9])",
  "\\(:|\\):|<3|\\^[_.]?\\^",
  "[-oO0tT;][_.][-oO0tT;](?![a-z0-9])",
  "\\\\o/|\\p{Extended_Pictographic}",
  "(?<![\\w)\\]])[+-]1(?!\\d)",
];
const WORDS = ["\\p{L}+(?:(?:['’]|\\*{1,3})\\p{L}+)?", "[!?]+", "\\.{2,}", "\\d+", "[.,]"];
const TOKEN = new RegExp([...EMOTICONS, ...WORDS].join("|"), "gu");

/** The words, emoticons and punctuation of a text without what others wrote: code, addresses, quotes and names. */
export function sentimentTokens(text: string): string[] {
  const own = text
    .slice(0, MOST_CHARACTERS)
    .replace(/```[^`]*```|`[^`\n]*`/g, " codespan ")
    .replace(/https?:\/\/\S*[^\s.,!?;:)]/g, " webaddress ");
  const unquoted = own.replace(/^>.*$/gm, " ");
  // where line breaks were lost, what is the writer's own stands behind the quote
  const kept = /\p{L}/u.test(unquoted) ? unquoted : own;
  return (kept.replace(/@[\w-]+/g, " someone ").match(TOKEN) ?? []).slice(0, MOST_TOKENS);
}

/** Which tokens stand behind a negation, up to the sentence's end. */
export function negations(tokens: readonly string[]): boolean[] {
  let left = 0;
  return tokens.map((token) => {
    const inside = left > 0;
    left = /^[!?.]/.test(token) ? 0 : left - 1;
    if (NEGATIONS.has(token) || token.endsWith("n't")) left = NEGATED_FOR;
    return inside;
  });
}
