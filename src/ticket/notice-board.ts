/** What is remembered of an installation's notices, beside those that wait. */
export interface NoticeBoard {
  installationId: number;
  /**
   * When each receiver, by the variable that names it, got a message within the last hour. Milliseconds since 1970.
   */
  sentAt: Record<string, number[]>;
}
