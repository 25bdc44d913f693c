import { UnreadableInput, WrongUse } from "./archive.ts";

/** How a command that threw ends: its exit code, and what to say about it. */
export interface Failure {
  code: 2 | 3 | 70;
  text: string;
}

/** 2 for what the user did wrong, 3 for input that cannot be read, 70 for a bug of ours. */
export function failureOf(error: unknown): Failure {
  if (error instanceof WrongUse) return { code: 2, text: error.message };
  if (error instanceof UnreadableInput) return { code: 3, text: error.message };
  if (error instanceof TypeError && "code" in error && String(error.code).startsWith("ERR_PARSE_ARGS")) {
    return { code: 2, text: error.message };
  }
  if (isFileFailure(error)) return { code: 3, text: `${error.message}.` };
  const trace = error instanceof Error ? (error.stack ?? error.message) : String(error);
  return {
    code: 70,
    text: `This is a bug of Frontdesk. Please report it, with the command and these lines:\n${trace}`,
  };
}

/** What a file system refuses for reasons that its user can mend. */
const FILE_FAILURES = ["ENOENT", "EACCES", "EPERM", "EISDIR", "ENOTDIR", "EROFS", "ENOSPC"];

function isFileFailure(error: unknown): error is NodeJS.ErrnoException {
  const { code, path } = (error ?? {}) as NodeJS.ErrnoException;
  return path !== undefined && FILE_FAILURES.includes(code ?? "");
}
