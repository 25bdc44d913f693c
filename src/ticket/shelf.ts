/** A Markdown file as it was read last. */
export interface ShelfFile {
  path: string;
  /** Of the blob: the same text has the same. */
  sha: string;
  text: string;
}

/**
 * The files of one repository that answer in another (or in itself): kept, so that a restart reads nothing again.
 * Its id is `repositoryId/servedId`.
 */
export interface Shelf {
  /** The repository whose files these are. */
  repositoryId: number;
  /** The repository that is answered in. */
  servedId: number;
  files: ShelfFile[];
}
