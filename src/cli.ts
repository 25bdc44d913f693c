#!/usr/bin/env node
import { readFileSync } from "node:fs";
import { failureOf } from "./cli/failure.ts";
import { closest } from "./settings/suggestion.ts";

/** Takes what follows the command's name; gives the exit code. */
type Run = (argv: string[]) => Promise<number>;

interface Command {
  /** The arguments. */
  usage: string;
  /** What it is for: with the name, at most 80 columns. */
  about: string;
  /** Each command is loaded when it is called: none waits for the model of another. */
  load: () => Promise<Run>;
}

const COMMANDS: Record<string, Command> = {
  settings: {
    usage: "check FILE [--private] [--json]",
    about: "what is wrong with a settings file, and how to mend it",
    load: async () => (await import("./cli/settings.ts")).settings,
  },
  schema: {
    usage: "",
    about: "the settings' JSON Schema, for editors",
    load: async () => (await import("./cli/schema.ts")).schema,
  },
  kb: {
    usage: "search QUERY --sources DIR | evaluate --corpus DOCS --queries QUERIES ...",
    about: "search the knowledge base, and measure how well it answers",
    load: async () => (await import("./cli/kb.ts")).kb,
  },
  duplicates: {
    usage: "evaluate --archive ISSUES --queries QUERIES [--train QUERIES] --rankings OUT",
    about: "measure how well duplicates are found in an archive",
    load: async () => (await import("./cli/duplicates.ts")).duplicates,
  },
  sentiment: {
    usage: "< TEXTS",
    about: "what the writers of texts feel",
    load: async () => (await import("./cli/sentiment.ts")).sentiment,
  },
  report: {
    usage:
      "(--repository OWNER/NAME | --organization NAME) [--since DAY] [--until DAY] [--format markdown|json|csv] [--json]",
    about: "figures of a period: satisfaction, times, accuracy, costs",
    load: async () => (await import("./cli/report.ts")).report,
  },
  learning: {
    usage: "--repository OWNER/NAME [--until DAY | --without LOGIN | --with LOGIN | --all] [--json]",
    about: "what the history teaches: shown, or rolled back to a day",
    load: async () => (await import("./cli/learning.ts")).learning,
  },
  privacy: {
    usage: "export LOGIN | erase LOGIN [--json]",
    about: "all that the desk holds of a person: shown, or taken away",
    load: async () => (await import("./cli/privacy.ts")).privacy,
  },
  backup: {
    usage: "FILE [--json]",
    about: "write all that the desk holds to a file",
    load: async () => (await import("./cli/backup.ts")).backup,
  },
  restore: {
    usage: "FILE [--json]",
    about: "fill an empty store from a backup",
    load: async () => (await import("./cli/restore.ts")).restore,
  },
  migrate: {
    usage: "[--from DIR] [--json]",
    about: "move the desk from its folder into DATABASE_URL",
    load: async () => (await import("./cli/migrate.ts")).migrate,
  },
  doctor: {
    usage: "[--json]",
    about: "what the desk lacks, and what to do about it",
    load: async () => (await import("./cli/doctor.ts")).doctor,
  },
  retry: {
    usage: "[--json]",
    about: "give parked work another eight tries",
    load: async () => (await import("./cli/retry.ts")).retry,
  },
  backtest: {
    usage: "ARCHIVE [--test TEST] [--settings FILE] [--predictions OUT] [--json]",
    about: "learn old tickets and measure on new ones",
    load: async () => (await import("./cli/backtest.ts")).backtest,
  },
  train: {
    usage: "ARCHIVE --out MODEL [--settings FILE]",
    about: "learn a repository's kinds and labels into a file",
    load: async () => (await import("./cli/train.ts")).train,
  },
  classify: {
    usage: "[--model MODEL] [--settings FILE] < ISSUES",
    about: "kind and labels of each ticket on standard input",
    load: async () => (await import("./cli/classify.ts")).classify,
  },
  language: {
    usage: "< TITLES",
    about: "the language of each title on standard input",
    load: async () => (await import("./cli/language.ts")).language,
  },
  evaluate: {
    usage: "--data DIR [kinds] [retrieval] [sentiment]",
    about: "how good all that is learned is, beside what others reach",
    load: async () => (await import("./cli/evaluate.ts")).evaluate,
  },
  "sentiment-build": {
    usage: "--data DIR [--out FILE]",
    about: "build the sentiment model that ships with Frontdesk",
    load: async () => (await import("./cli/sentiment-build.ts")).sentimentBuild,
  },
  "weights-build": {
    usage: "--data DIR [--out FILE]",
    about: "build the weights of search that ship with Frontdesk",
    load: async () => (await import("./cli/weights-build.ts")).weightsBuild,
  },
  "model-build": {
    usage: "--data DIR [--out FILE]",
    about: "build the model that ships with Frontdesk",
    load: async () => (await import("./cli/model-build.ts")).modelBuild,
  },
};

/** Gives the exit code: 0 done, 1 found wanting, 2 used wrongly, 3 input unreadable, 70 a bug. */
async function run([name, ...argv]: string[]): Promise<number> {
  if (name === undefined || name === "help" || name === "--help" || name === "-h") {
    (name === undefined ? process.stderr : process.stdout).write(help());
    return name === undefined ? 2 : 0;
  }
  if (name === "--version") {
    process.stdout.write(`${version()}\n`);
    return 0;
  }
  const command = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined;
  if (!command) {
    const meant = closest(name, Object.keys(COMMANDS));
    const hint = meant === undefined ? "frontdesk help lists the commands." : `Did you mean ${meant}?`;
    process.stderr.write(`There is no command ${JSON.stringify(name)}. ${hint}\n`);
    return 2;
  }
  if (argv.includes("--help") || argv.includes("-h")) {
    process.stdout.write(`Usage: frontdesk ${name} ${command.usage}\n\n${command.about}\n`);
    return 0;
  }
  try {
    const work = await command.load();
    return await work(argv);
  } catch (error) {
    const { code, text } = failureOf(error);
    process.stderr.write(`${text}\n`);
    return code;
  }
}

function help(): string {
  const widest = Math.max(...Object.keys(COMMANDS).map((name) => name.length));
  const lines = Object.entries(COMMANDS).map(([name, { about }]) => `  ${name.padEnd(widest)}  ${about}`);
  return `Usage: frontdesk COMMAND [ARGUMENTS]\n\n${lines.join("\n")}\n\nfrontdesk COMMAND --help says which arguments a command takes.\n`;
}

function version(): string {
  const text = readFileSync(new URL("../package.json", import.meta.url), "utf8");
  return (JSON.parse(text) as { version: string }).version;
}

// Whoever reads our output may have seen enough: `frontdesk schema | head`.
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  if (error.code === "EPIPE") process.exit(0);
  throw error;
});

process.exitCode = await run(process.argv.slice(2));
