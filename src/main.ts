import { startFrontdesk } from "./app.ts";
import { readEnvironment } from "./settings/environment.ts";

/** Docker and Kubernetes kill after 30 s and 10 s; what is not finished by then is in the store and is taken up again. */
const DRAIN_MS = 18_000;

const { environment, problems } = readEnvironment(process.env);
if (problems.length > 0) {
  for (const { message, suggestion } of problems)
    console.error(suggestion ? `${message} ${suggestion}` : message);
}
if (!environment) process.exit(2);

if (!environment.credentials) {
  const { playStory } = await import("./cli/story.ts");
  await playStory(environment, process.argv.slice(2));
} else {
  const frontdesk = await startFrontdesk(environment);
  frontdesk.desk.log.info(`Frontdesk takes deliveries at ${frontdesk.url}/api/github/webhooks`);
  stopOnSignal(frontdesk.stop);
}

function stopOnSignal(stop: () => Promise<void>): void {
  let stopping = false;
  const leave = () => {
    if (stopping) return;
    stopping = true;
    setTimeout(() => process.exit(0), DRAIN_MS).unref();
    stop().then(
      () => process.exit(0),
      (error: unknown) => {
        console.error(error);
        process.exit(1);
      },
    );
  };
  process.on("SIGTERM", leave);
  process.on("SIGINT", leave);
}
