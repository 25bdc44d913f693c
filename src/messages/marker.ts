/**
 * The hidden marker by which we find our own comment of a slot again, such as `triage` or `reminder:1`.
 * Two hyphens would end an HTML comment, so they are encoded.
 */
export function marker(slot: string): string {
  return `<!-- frontdesk:${encodeURIComponent(slot).replaceAll("%3A", ":").replaceAll("--", "-%2D")} -->`;
}

/** Is this the body of our comment of that slot? Whether we wrote it, its author says, not the marker. */
export function hasMarker(body: string, slot: string): boolean {
  return body.includes(marker(slot));
}
