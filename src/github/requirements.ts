/** What the App must be allowed, as `app.yml` asks for it (a test holds the two together). */
export const REQUIRED_PERMISSIONS = {
  metadata: "read",
  issues: "write",
  discussions: "write",
  contents: "read",
} as const;

/** The webhook events that the desk lives on; installation events come without being asked for. */
export const REQUIRED_EVENTS = [
  "issues",
  "issue_comment",
  "discussion",
  "discussion_comment",
  "label",
  "push",
  "repository",
];

/** What is the owner's to add, where plans name organisations or teams; without it the desk says what it cannot see. */
export const OPTIONAL_PERMISSIONS = { members: "read" } as const;
export const OPTIONAL_EVENTS = ["organization", "membership", "team"];

/** Permissions that are missing or too weak among those granted, as `issues: write`. */
export function lackingPermissions(granted: Record<string, string | undefined>): string[] {
  return Object.entries(REQUIRED_PERMISSIONS)
    .filter(
      ([name, level]) => granted[name] !== level && granted[name] !== "write" && granted[name] !== "admin",
    )
    .map(([name, level]) => `${name}: ${level}`);
}

export function lackingEvents(subscribed: readonly string[]): string[] {
  return REQUIRED_EVENTS.filter((event) => !subscribed.includes(event));
}
