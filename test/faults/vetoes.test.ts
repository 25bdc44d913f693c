import { afterEach, describe, expect, it } from "@jest/globals";
import type { Faults, Opened } from "../../src/sandbox/sandbox.ts";
import { TEXTS } from "../builders/facts.ts";
import { KINDS_OF_THREADS, type KindOfThread, open, until } from "../e2e/world.ts";
import type { Trial } from "./trial.ts";
import { openTrial } from "./trial.ts";

let trial: Trial;
/** What becomes of the answer to our next labelling, and of deliveries by what they tell. */
let answerIsLost: boolean;
let post: NonNullable<Faults["onDelivery"]>;
afterEach(() => trial.close());

async function begin(): Promise<void> {
  answerIsLost = false;
  post = () => undefined;
  const onRequest: Faults["onRequest"] = ({ method, path, body }) => {
    const labels = /\/issues\/\d+\/labels$/.test(path) || body.includes("addLabelsToLabelable");
    if (method !== "POST" || !labels || !answerIsLost) return undefined;
    answerIsLost = false;
    return { do: "answer", status: 502, after: true };
  };
  trial = await openTrial({ sandbox: { faults: { onRequest, onDelivery: (parcel) => post(parcel) } } });
}

/** A ticket whose label is on, while the desk does not know: GitHub's answer was lost, the retry waits for its time. */
async function openUnanswered(kind: KindOfThread): Promise<Opened> {
  answerIsLost = true;
  const place = open(trial.sandbox, kind, "mona", TEXTS.bug);
  await trial.rest();
  expect(trial.sandbox.labels(place)).toEqual(["bug"]);
  const { desk } = trial.frontdesk();
  expect(await desk.store.openScopes()).toHaveLength(1);
  return place;
}

/** The time for what waits has come. */
async function retry(): Promise<void> {
  trial.pass(5_000);
  const { desk } = trial.frontdesk();
  for (const { scope } of await desk.store.openScopes()) await desk.queue.push(scope);
  await trial.rest();
}

const lost =
  (...actions: string[]): typeof post =>
  ({ action }) =>
    actions.includes(action ?? "") ? { do: "drop" } : undefined;

const timesSet = (place: Opened) =>
  trial.sandbox.thread(place).events.filter(({ type }) => type === "labeled").length;

describe.each(KINDS_OF_THREADS)("when the answer to our labelling of %s is lost", (_, kind) => {
  it("and it is still there, it is ours: an edit into another kind takes it off", async () => {
    await begin();
    const place = await openUnanswered(kind);
    await retry();
    trial.sandbox.as("mona").edit(place, TEXTS.feature);
    await trial.rest();
    expect(trial.sandbox.labels(place)).toEqual(["enhancement"]);
  });

  it("and the text is of another kind by the time of the retry, the label that nobody knew of goes", async () => {
    await begin();
    const place = await openUnanswered(kind);
    post = lost("labeled");
    trial.sandbox.as("mona").edit(place, TEXTS.feature);
    await trial.rest();
    await retry();
    expect(trial.sandbox.labels(place)).toEqual(["enhancement"]);
  });

  it("and a person takes it off before the retry, which has not heard of that, it stays off", async () => {
    await begin();
    const place = await openUnanswered(kind);
    post = lost("unlabeled");
    trial.sandbox.as("maria").unlabel(place, "bug");
    await retry();
    trial.pass(5_000);
    trial.sandbox.as("mona").edit(place, { body: `${TEXTS.bug.body}\n\nStill there.` });
    await trial.rest();
    await retry();
    expect(trial.sandbox.labels(place)).toEqual([]);
    expect(timesSet(place)).toBe(1);
  });

  it("and a person takes it off, and nothing at all is heard of it until after the retry, it goes again", async () => {
    await begin();
    post = ({ action }) => (action?.endsWith("labeled") ? { do: "delay", ms: 1_000 } : undefined);
    answerIsLost = true;
    const place = open(trial.sandbox, kind, "mona", TEXTS.bug);
    const { desk } = trial.frontdesk();
    await until(async () => !answerIsLost && (await desk.store.openScopes()).length > 0);
    await desk.queue.idle();
    trial.pass(1_000);
    trial.sandbox.as("maria").unlabel(place, "bug");
    await retry();
    expect(trial.sandbox.labels(place)).toEqual([]);
    expect(timesSet(place)).toBeLessThanOrEqual(kind === "issue" ? 1 : 2);
  });
});

describe.each(KINDS_OF_THREADS)("when nobody tells that a person took our label off %s", (_, kind) => {
  it("an edit does not bring it back", async () => {
    await begin();
    const place = open(trial.sandbox, kind, "mona", TEXTS.bug);
    await trial.rest();
    post = lost("unlabeled");
    trial.pass(5_000);
    trial.sandbox.as("maria").unlabel(place, "bug");
    await trial.rest();
    trial.pass(5_000);
    trial.sandbox.as("mona").edit(place, { body: `${TEXTS.bug.body}\n\nStill there.` });
    await trial.rest();
    expect(trial.sandbox.labels(place)).toEqual([]);
    expect(timesSet(place)).toBe(1);
  });
});

describe("when nobody tells that a person took our label off an issue and set it again", () => {
  it("it is theirs: an edit into another kind leaves it there", async () => {
    await begin();
    const place = open(trial.sandbox, "issue", "mona", TEXTS.bug);
    await trial.rest();
    post = lost("labeled", "unlabeled");
    trial.sandbox.as("maria").unlabel(place, "bug");
    trial.sandbox.as("maria").label(place, "bug");
    trial.pass(5_000);
    trial.sandbox.as("mona").edit(place, TEXTS.feature);
    await trial.rest();
    expect(trial.sandbox.labels(place)).toContain("bug");
  });
});
