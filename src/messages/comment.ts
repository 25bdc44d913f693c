import { marker } from "./marker.ts";
import { paragraph, say, type Voice } from "./template.ts";

/** GitHub refuses longer bodies with a 422. */
const LONGEST_BODY = 65_536;

/** The small print: that we are a bot, how to correct it, what it stores. */
function footer(voice: Voice, corrections: string[]): string {
  const { privacyUrl } = voice;
  const privacy = privacyUrl ? [say(voice, "privacyNotice", { url: { url: privacyUrl } })] : [];
  return `<sub>🤖 ${paragraph(voice, [say(voice, "botDisclosure"), ...corrections, ...privacy])}</sub>`;
}

/**
 * A comment of ours as Markdown: blocks with an empty line between them, a footer that says that it is a bot, and the
 * hidden marker of its slot. When it is too long, blocks are left out from the end.
 */
export function comment(voice: Voice, slot: string, blocks: string[], corrections: string[] = []): string {
  const end = [footer(voice, corrections), marker(slot)];
  const kept = [...blocks];
  const body = () => [...kept, ...end].join("\n\n");
  while (body().length > LONGEST_BODY && kept.length > 0) kept.pop();
  return body();
}
