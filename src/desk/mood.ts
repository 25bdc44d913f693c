import { readFile } from "node:fs/promises";
import { classifySentiment, type SentimentGuess, type SentimentModel } from "../learning/sentiment.ts";
import { decodeSentiment } from "../learning/sentiment-file.ts";
import type { ThreadEvent } from "../ticket/event.ts";
import type { Ticket } from "../ticket/ticket.ts";
import { awaitsVerdict } from "../triage/verdict.ts";
import type { Desk } from "./desk.ts";

/** In what mood the reporter speaks after our answer; null: they do not speak, or nothing of ours is there to judge. */
export async function moodOf(
  desk: Desk,
  event: ThreadEvent,
  known: Ticket | null,
): Promise<SentimentGuess | null> {
  if (event.type !== "commented" || !known || event.actor?.login !== known.author) return null;
  if (!awaitsVerdict(known)) return null;
  desk.memory.sentiment ??= loadSentiment();
  return classifySentiment(await desk.memory.sentiment, event.comment.body);
}

/** Read when it is first needed: 0.4 MB that most desks' starts can do without. */
async function loadSentiment(): Promise<SentimentModel> {
  return decodeSentiment(await readFile(new URL("../learning/shipped/sentiment.model", import.meta.url)));
}
