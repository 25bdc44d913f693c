import type { Environment } from "../settings/environment.ts";
import { UnreadableInput, WrongUse } from "./archive.ts";
import { type Failure, failureOf } from "./failure.ts";
import { mendable, storePlace } from "./store-place.ts";

/** Why a desk does not start, in a sentence that says how to mend it, and the exit code. */
export function refusal(error: NodeJS.ErrnoException, { credentials, host, port }: Environment): Failure {
  if (error.syscall === "listen") {
    return failureOf(
      new WrongUse(`Cannot listen on port ${port} of ${host} (${error.code}): set PORT to a free one.`),
    );
  }
  const key = credentials?.privateKey;
  if (key && "path" in key && error.path === key.path) {
    return failureOf(new UnreadableInput(`PRIVATE_KEY_PATH: ${error.message}`));
  }
  return failureOf(mendable(error, storePlace(process.env)));
}
