import type { Opened, Sandbox } from "../../src/sandbox/sandbox.ts";
import { TEXTS } from "../builders/facts.ts";
import { KINDS_OF_THREADS, open } from "../e2e/world.ts";
import type { Generator } from "../generator.ts";

/** The texts of the script. From left to right an edit may lead: never from what is complete to what lacks something. */
const NEXT = {
  unclear: ["vagueBug", "bug", "feature"],
  vagueBug: ["bug", "feature"],
  bug: ["feature", "bug"],
  feature: ["bug", "feature"],
} as const;
type Text = keyof typeof NEXT;

/** A ticket of the script, and what people did to it: what must become of it follows from that alone. */
export interface ScriptedTicket {
  kind: "issue" | "discussion";
  place: Opened;
  text: Text;
  /** Our labels that a maintainer took off. */
  vetoed: string[];
  /** The reporter asked for a person: the last word. */
  withdrawn: boolean;
  edits: number;
}

/** The labels that a ticket must have in the end. */
export function expectedLabels({ kind, text, vetoed, withdrawn }: ScriptedTicket): string[] {
  const lacks = text === "vagueBug" && kind === "issue";
  const ofKind = { unclear: [], bug: ["bug"], vagueBug: ["bug"], feature: ["enhancement"] }[text];
  const wanted = [
    ...ofKind,
    ...(lacks && !withdrawn ? ["needs-info"] : []),
    ...(withdrawn ? ["needs-human"] : []),
  ];
  return wanted.filter((label) => !vetoed.includes(label)).sort();
}

export function openTicket(chance: Generator, sandbox: Sandbox): ScriptedTicket {
  const [, kind] = chance.pick(KINDS_OF_THREADS);
  const text = chance.pick(["unclear", "vagueBug", "bug", "bug", "feature"] as const);
  const place = open(sandbox, kind, "mona", TEXTS[text]);
  return { kind, place, text, vetoed: [], withdrawn: false, edits: 0 };
}

/** Something that a person does to a ticket. Acts that would be a race with our own answer wait for that answer. */
export function act(chance: Generator, sandbox: Sandbox, ticket: ScriptedTicket): void {
  const { place } = ticket;
  const labels = sandbox.labels(place);
  const answered = labels.join() === expectedLabels(ticket).join();
  const chosen = chance.pick(["edit", "edit", "comment", "answer", "unlabel", "withdraw"] as const);
  if (ticket.withdrawn && chosen !== "comment") return;
  switch (chosen) {
    case "edit": {
      // Which kind comes after a veto is the maintainers' business: only the words change.
      if (ticket.vetoed.length === 0) ticket.text = chance.pick(NEXT[ticket.text]);
      const { title, body } = TEXTS[ticket.text];
      ticket.edits += 1;
      sandbox.as("mona").edit(place, { title, body: `${body}\n\nEdited ${ticket.edits} times.` });
      break;
    }
    case "comment":
      sandbox.as("mona").comment(place, "It happens every morning.");
      break;
    case "answer":
      sandbox.as("maria").comment(place, "We look into it.");
      break;
    case "unlabel": {
      const label = labels[chance.integer(0, 9)];
      if (!answered || label === undefined) return;
      sandbox.as("maria").unlabel(place, label);
      ticket.vetoed.push(label);
      break;
    }
    case "withdraw":
      if (!answered) return;
      sandbox.as("mona").comment(place, "/not-helpful");
      ticket.withdrawn = true;
      break;
  }
}
