/** Most lines of a digest: what is more is counted. */
const MOST_LINES = 50;

/** Many notices as one: what each is about, and where. */
export function digestOfNotices(notices: readonly { title: string; url: string | null }[]): {
  title: string;
  text: string;
} {
  const lines = notices.slice(0, MOST_LINES).map(({ title, url }) => (url ? `${title}\n${url}` : title));
  const more = notices.length - lines.length;
  return {
    title: `${notices.length} notices`,
    text: [...lines, ...(more > 0 ? [`and ${more} more`] : [])].join("\n\n"),
  };
}
