/** The ways by which people are told outside GitHub. */
export type Channel = "slack" | "email" | "webhook";

/** Something to tell people outside GitHub: plain text, made when it was decided. */
export interface Notice {
  kind: "sla-warning" | "sla-breach" | "escalation" | "alarm" | "digest";
  title: string;
  text: string;
  /** Where it is about; null: nowhere on GitHub. */
  url: string | null;
  /** The ticket's key; null: it is about none. */
  ticket: string | null;
  /** It rests on what the public may not know: it goes to private places only. */
  private: boolean;
  /** It is about a P0 ticket: it passes in quiet hours. Left out: it waits for their end. */
  urgent?: boolean;
  /** null: to all that are set up. */
  channels: Channel[] | null;
  /** Milliseconds since 1970. */
  at: number;
}
