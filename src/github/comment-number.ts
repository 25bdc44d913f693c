/**
 * The number by which REST knows an issue comment, read from its node id, or null when the id does not tell.
 * GitHub's present ids are `IC_` and the MessagePack list `[0, repository id, number]`, the older ones `012:IssueComment7`,
 * both in base 64. Nothing promises that, so a number counts only beside the type's name or the repository's own id.
 */
export function issueCommentNumber(nodeId: string, repositoryId: number): number | null {
  const bytes = Buffer.from(nodeId.replace(/^IC_/, ""), "base64url");
  if (!nodeId.startsWith("IC_")) {
    const digits = /^\d+:IssueComment(\d+)$/.exec(bytes.toString("latin1"))?.[1];
    return digits === undefined ? null : Number(digits);
  }
  const [version, repository, number, ...rest] = unpacked(bytes) ?? [];
  const ours = version === 0 && repository === repositoryId && rest.length === 0;
  return ours && number !== undefined ? number : null;
}

/** MessagePack's marks of unsigned integers, with their lengths in bytes. */
const LENGTHS = new Map([
  [0xcc, 1],
  [0xcd, 2],
  [0xce, 4],
  [0xcf, 8],
]);

/** A short MessagePack list of unsigned integers; null for anything else. */
function unpacked(bytes: Buffer): number[] | null {
  const [mark = 0] = bytes;
  if ((mark & 0xf0) !== 0x90) return null;
  const list: number[] = [];
  let at = 1;
  while (at < bytes.length) {
    const next = bytes.readUInt8(at);
    const length = next < 0x80 ? 0 : LENGTHS.get(next);
    if (length === undefined || at + 1 + length > bytes.length) return null;
    list.push(length === 0 ? next : Number(`0x${bytes.toString("hex", at + 1, at + 1 + length)}`));
    at += 1 + length;
  }
  return list.length === (mark & 0x0f) ? list : null;
}
