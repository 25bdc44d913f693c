#!/usr/bin/env node
import { UnreadableInput, WrongUse } from "./cli/archive.ts";

type Command = (argv: string[]) => Promise<number>;

const COMMANDS: Record<string, () => Promise<Command>> = {
  "model-build": async () => (await import("./cli/model-build.ts")).modelBuild,
};

/** Runs a command and gives its exit code: 0 done, 1 found wanting, 2 used wrongly, 3 input unreadable, 70 a bug. */
async function run([name = "", ...argv]: string[]): Promise<number> {
  const load = COMMANDS[name];
  if (!load) {
    process.stderr.write(`Usage: frontdesk ${Object.keys(COMMANDS).join(" | ")}\n`);
    return 2;
  }
  try {
    const command = await load();
    return await command(argv);
  } catch (error) {
    if (error instanceof UnreadableInput || error instanceof WrongUse) {
      process.stderr.write(`${error.message}\n`);
      return error instanceof WrongUse ? 2 : 3;
    }
    if (error instanceof TypeError && "code" in error && String(error.code).startsWith("ERR_PARSE_ARGS")) {
      process.stderr.write(`${error.message}\n`);
      return 2;
    }
    process.stderr.write(`${error instanceof Error ? error.stack : error}\n`);
    return 70;
  }
}

process.exitCode = await run(process.argv.slice(2));
