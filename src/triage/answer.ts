import { type Calibration, calibrate, suggest } from "../kb/gate.ts";
import { openFirst } from "../kb/original.ts";
import type { Settings } from "../settings/schema.ts";
import {
  answeredThread,
  originalId,
  type SuggestedArticle,
  type SuggestedThread,
  type Suggestions,
} from "../ticket/suggestion.ts";
import { type Demotion, isSilent } from "../ticket/demotion.ts";
import type { Thread } from "../ticket/thread.ts";
import type { Reading } from "./classify.ts";
import type { Heard, HelpFeedback } from "./help-lessons.ts";

/** What was found for a ticket, best first, before anybody judged whether it is worth saying. */
export interface Found {
  articles: SuggestedArticle[];
  duplicates: SuggestedThread[];
  /** What became of what was posted in this repository before. */
  feedback: HelpFeedback;
}

/** Originals named at most: the first is the one to follow. */
const MOST_DUPLICATES = 3;

/** Questions in the languages that the desk speaks, where the kind is not sure. */
const QUESTION =
  /[?？]\s*$|^\s*(?:how|what|why|where|when|which|who|can|could|is|are|does|do|should|wie|warum|was|wo|kann|comment|pourquoi|est-ce|cómo|como|por ?qué|por ?que|puedo|как|почему|можно)\b|怎么|如何|为什么|請問|请问|どうやって|方法|なぜ|어떻게|왜/imu;

/**
 * What is said, what is only mentioned, and what is passed over in silence: everything that is posted has the
 * probability that its place asks for, by what became of earlier answers here; carefully before there are any.
 */
export function suggestionsFor(
  thread: Thread,
  reading: Reading,
  found: Found,
  settings: Settings,
  silent: readonly Demotion[] = [],
): Suggestions {
  const answers = mayAnswer(thread, reading) && !isSilent(silent, "answers");
  const articles = answers ? found.articles.filter(({ id }) => !isSilent(silent, "article", id)) : [];
  const { reply, mention } = settings.knowledge;
  const wanted = { reply: reply.targetPrecision, mention: mention.targetPrecision, links: reply.links };
  const said = inLanguage(articles, found.feedback.articles, wanted);
  // A thread whose answer is quoted is not named as the original too.
  const answering = new Set(said.replies.map(({ id }) => answeredThread(id)?.number));
  const originals =
    settings.duplicates.enabled && !reading.secret && !isSilent(silent, "duplicates")
      ? found.duplicates.filter(({ repository, number }) => repository || !answering.has(number))
      : [];
  const same = chosen(originals, originalId, calibrate(found.feedback.duplicates), {
    reply: settings.duplicates.targetPrecision,
    mention: mention.targetPrecision,
    links: MOST_DUPLICATES,
  });
  return {
    answers: said.replies,
    // An open original is where people talk.
    duplicates: openFirst(same.replies),
    related: [
      ...said.mentions.map(({ title, url, headings, passage }) => ({ title, url, headings, passage })),
      ...same.mentions.map(({ repository = "", number, title, url }) => ({
        title: `${title} (${repository}#${number})`,
        url,
        headings: [],
        passage: null,
      })),
    ],
    // Verdicts elsewhere, and what fell silent by them, make the desk more careful, and this article no less there.
    ...(inLanguage(found.articles, [], wanted).replies.length > 0 ? { known: true } : {}),
  };
}

/** Only what asks, and what fails, gets answers; a wish is not answered by a page. */
function mayAnswer(thread: Thread, { kind, secret }: Reading): boolean {
  if (secret) return false;
  switch (kind) {
    case "bug":
    case "question":
    case "performance":
      return true;
    case "feature":
    case "documentation":
    case "security":
      return false;
    case null:
      return (
        thread.category?.answerable === true ||
        QUESTION.test(thread.title) ||
        QUESTION.test(lastLine(thread.body))
      );
  }
}

const lastLine = (body: string): string => body.trimEnd().slice(-300).split("\n").at(-1) ?? "";

interface Chosen<T> {
  replies: T[];
  mentions: T[];
}

interface Wanted {
  reply: number;
  mention: number;
  links: number;
}

/** In the ticket's language first; a sure answer in another one is better than none. */
function inLanguage(
  articles: readonly SuggestedArticle[],
  heard: readonly Heard[],
  wanted: Wanted,
): Chosen<SuggestedArticle> {
  const calibration = calibrate(heard);
  const among = (foreign: boolean) =>
    chosen(
      articles.filter((article) => (article.foreign ?? false) === foreign),
      ({ id }) => id,
      calibration,
      wanted,
    );
  const own = among(false);
  const best = own.replies.length > 0 ? own : among(true);
  if (best.replies.length > 0) {
    // What is about the version in question goes first; what readers dislike sinks, sure as it may be.
    const place = ({ id, forVersion = false }: SuggestedArticle) =>
      Number(forVersion) - Number(isDisliked(id, heard)) / 2;
    return { ...best, replies: [...best.replies].sort((a, b) => place(b) - place(a)) };
  }
  return own.mentions.length > 0 ? own : best;
}

/** More readers refused it than were helped. */
function isDisliked(article: string, heard: readonly Heard[]): boolean {
  return heard.reduce((sum, { id, helpful }) => sum + (id === article ? (helpful ? 1 : -1) : 0), 0) < 0;
}

function chosen<T extends { probability: number }>(
  found: readonly T[],
  idOf: (one: T) => string,
  calibration: Calibration,
  targets: Wanted,
): Chosen<T> {
  const ranked = found.map((one) => ({ id: idOf(one), probability: one.probability }));
  const suggestion = suggest(ranked, calibration, targets);
  if (suggestion.outcome === "silence") return { replies: [], mentions: [] };
  const links = suggestion.links.flatMap(({ id }) => found.find((one) => idOf(one) === id) ?? []);
  return suggestion.outcome === "reply" ? { replies: links, mentions: [] } : { replies: [], mentions: links };
}
