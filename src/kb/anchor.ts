/** What GitHub leaves out of an anchor: everything but letters, marks, numbers, connectors, hyphens and spaces. */
const LEFT_OUT = /[^\p{L}\p{M}\p{N}\p{Pc}\- ]/gu;

/** Gives the headings of one page their anchors, in order, as GitHub does: repeated ones get `-1`, `-2` ... */
export class Anchors {
  private readonly taken = new Map<string, number>();

  /** The anchor of a heading's text as it is rendered, without `#`. */
  next(heading: string): string {
    const slug = heading.trim().toLowerCase().replace(LEFT_OUT, "").replaceAll(" ", "-");
    let anchor = slug;
    let times = this.taken.get(slug) ?? 0;
    // "Set up", "Set up", "Set up 1": the third would be `set-up-1` like the second, so it becomes `set-up-1-1`.
    while (this.taken.has(anchor)) {
      times += 1;
      anchor = `${slug}-${times}`;
    }
    this.taken.set(slug, times);
    this.taken.set(anchor, this.taken.get(anchor) ?? 0);
    return anchor;
  }
}
