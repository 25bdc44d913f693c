const BEGIN = /-----BEGIN (RSA )?PRIVATE KEY-----/;

/** PEM lines have 64 characters; parsers read longer ones too, but not one line of everything. */
const LINE = /.{1,64}/g;

/**
 * A private key as people put it into a variable, as a PEM text: with its line breaks, with `\n` for them, with spaces
 * for them, or all of it in base64. Null when it is none. Both forms of GitHub and OpenSSL (PKCS#1, PKCS#8) are known.
 */
export function readPrivateKey(text: string): string | null {
  const plain = (BEGIN.test(text) ? text : decoded(text))
    .replaceAll("\\r", "")
    .replaceAll("\\n", "\n")
    .trim();
  const [begin, kind = ""] = BEGIN.exec(plain) ?? [];
  const end = `-----END ${kind}PRIVATE KEY-----`;
  if (begin === undefined || !plain.startsWith(begin) || !plain.endsWith(end)) return null;
  const base64 = plain.slice(begin.length, -end.length).replace(/\s+/g, "");
  if (!/^[A-Za-z0-9+/]+={0,2}$/.test(base64)) return null;
  return [begin, ...(base64.match(LINE) ?? []), end, ""].join("\n");
}

function decoded(text: string): string {
  try {
    return atob(text.replace(/\s+/g, ""));
  } catch {
    return "";
  }
}
