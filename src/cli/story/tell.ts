import { styleText } from "node:util";
import type { Told } from "./play.ts";

/** Everything is told in at most this many columns. */
const WIDTH = 80;
const INDENT = "     ";

type Style = Parameters<typeof styleText>[0];

/** Colour where a person is looking, plain text in files and pipes. */
function paint(style: Style, text: string): string {
  return process.stdout.isTTY ? styleText(style, text) : text;
}

/** Breaks a text at spaces, each line but the first indented. East Asian characters take two columns. */
export function wrap(text: string, first: string, rest: string): string {
  const lines: string[] = [];
  let line = first;
  let empty = true;
  for (const word of text.split(/\s+/).filter(Boolean)) {
    if (!empty && columns(line) + 1 + columns(word) > WIDTH) {
      lines.push(line);
      line = rest;
      empty = true;
    }
    line += empty ? word : ` ${word}`;
    empty = false;
  }
  return [...lines, line].join("\n");
}

export function columns(text: string): number {
  let width = 0;
  for (const character of text) width += /[\u1100-\u115f\u2e80-\uffdc]/.test(character) ? 2 : 1;
  return width;
}

export function prologue(sandbox: string, desk: string, tickets: number): string {
  return [
    "",
    paint("bold", "  Frontdesk, and a GitHub that runs on this machine"),
    `  ${tickets} tickets come in, one after the other. Nothing leaves this machine.`,
    paint("dim", `  GitHub: ${sandbox}   desk: ${desk}`),
    "",
    "",
  ].join("\n");
}

/** A ticket in a few lines: what came, what was decided, what was done, and why. */
export function tell({
  story,
  place,
  ticket,
  labels,
  comment,
  notices,
  differs,
  milliseconds,
}: Told): string {
  const mark = differs.length === 0 ? paint("green", "✓") : paint("red", "✗");
  const number = `#${place.number}`.padStart(3);
  const reading = ticket?.triage;
  const kind = reading?.kind ?? "no kind";
  const sure = reading ? ` ${Math.round(reading.confidence * 100)}%` : "";
  const decided = reading ? `${kind}${sure}, ${ticket.language ?? "?"}` : "not for us to triage";
  const done = [
    labels.length > 0 ? `labels ${labels.join(", ")}` : "no label",
    comment ? `one comment that ${comment}` : "no comment",
    ...(notices > 0 ? ["maintainers told in private"] : []),
  ].join("; ");
  const because = reading?.because.length ? reading.because.slice(0, 3).join("; ") : null;
  const line = (name: string, text: string) =>
    wrap(text, `${INDENT}${paint("dim", name.padEnd(9))}`, INDENT + " ".repeat(9));
  return [
    `${mark} ${number} ${paint("bold", wrap(story.title, "", INDENT))}`,
    paint("dim", `${INDENT}${story.where} by ${story.as}, settled in ${Math.round(milliseconds)} ms`),
    line("decided", decided),
    line("done", done),
    ...(because ? [line("because", because)] : []),
    line("shows", story.ends.shows),
    ...differs.map((difference) =>
      paint("red", wrap(difference, `${INDENT}BUT      `, `${INDENT}         `)),
    ),
    "",
    "",
  ].join("\n");
}

export function epilogue(all: number, failed: number, up: { sandbox: string; desk: string } | null): string {
  const verdict =
    failed === 0
      ? paint("green", `  All ${all} tickets ended as the story says.`)
      : paint("red", `  ${failed} of ${all} tickets ended otherwise than the story says.`);
  const stay = up
    ? [
        "",
        `  See them at ${paint("bold", up.sandbox)}, open one more, and watch.`,
        paint("dim", `  The desk stays up at ${up.desk}; Ctrl-C ends both.`),
      ]
    : [];
  return [verdict, ...stay, "", ""].join("\n");
}
