/** The issue in the private support repository that stands for a paid ticket. Its id is the ticket's key. */
export interface Mirror {
  /** `owner/name` of the support repository that it was opened in. */
  repository: string;
  /** null: it is being opened, or was and the answer was lost. */
  number: number | null;
  /** Digest of what it says. */
  digest: string;
  open: boolean;
}
