import type { Place, Said, Sandbox } from "../../src/sandbox/sandbox.ts";
import type { Thread } from "../../src/sandbox/state/thread.ts";
import { TEXTS } from "../builders/facts.ts";
import { open, ownSaid, REPOSITORY } from "./world.ts";

const MINUTE = 60_000;

export const REPORTERS = ["mona", "lisa", "tom", "ada", "kim"];

/** Where threads are moved to. */
export const ELSEWHERE = "octo-org/elsewhere";

const QUESTION = {
  title: "How do I configure a proxy for the updater?",
  body: "I am behind a company proxy. How can I configure the proxy that the updater uses?",
};

export interface Step {
  at: number;
  act: () => void;
}

/** The thread as it stands on GitHub. */
function threadAt({ state }: Sandbox, { number }: Place): Thread | undefined {
  const home = [...state.repositories.values()].find(({ name }) => name === REPOSITORY.split("/")[1]);
  return home?.issues.get(number) ?? home?.discussions.get(number);
}

/**
 * What becomes of one thread that is opened at a moment, by chance: each step some hours after the one before, in whole
 * minutes, so that nothing on a thread happens in the same moment as something else.
 */
export function life(sandbox: Sandbox, number: number, openedAt: number, chance: () => number): Step[] {
  const pick = <T>(choices: readonly T[]) => choices[Math.floor(chance() * choices.length)] as T;
  const who = pick(REPORTERS);
  const text = pick([TEXTS.bug, TEXTS.bug, TEXTS.feature, QUESTION, QUESTION]);
  const kind = chance() < 0.25 ? "discussion" : "issue";
  let when = openedAt;
  let place: Place = { repository: REPOSITORY, number: 0 };
  let answer: Said | null = null;
  const steps: Step[] = [];
  const reporter = () => sandbox.as(who);
  const team = (one = pick(["maria", "octocat"])) => sandbox.as(one);
  const has = (label: string) => sandbox.labels(place).includes(label);
  const isOpen = () => threadAt(sandbox, place)?.state === "open";
  /** At most so many hours later; nothing where the thread is not `so`. */
  const then = (hours: number, act: () => void, so: () => boolean = () => true) => {
    when += Math.max(1, Math.floor(chance() * hours * 60)) * MINUTE;
    steps.push({ at: when, act: () => void (so() && act()) });
  };
  const says = (hours: number, body: string, as = team) => then(hours, () => void as().comment(place, body));
  const maybe = (probability: number, happens: () => void, otherwise = () => {}) =>
    chance() < probability ? happens() : otherwise();

  steps.push({
    at: when,
    act: () => {
      place = open(sandbox, kind, who, { ...text, title: `${text.title} (${number})` });
    },
  });
  maybe(0.55, () => {
    const content = pick(["+1", "+1", "eyes"] as const);
    then(0.9, () => {
      const [ours] = ownSaid(sandbox, place);
      if (ours) reporter().react({ id: ours.id, nodeId: ours.nodeId }, content);
    });
  });
  maybe(0.2, () =>
    then(
      4,
      () => team().unlabel(place, "bug"),
      () => has("bug"),
    ),
  );
  maybe(0.1, () =>
    then(
      4,
      () => team().label(place, "bug"),
      () => !has("bug"),
    ),
  );
  maybe(0.15, () => {
    says(8, pick(["/kind feature", "/kind bug"]));
    maybe(0.3, () => says(2, "/undo"));
  });
  maybe(0.08, () => says(8, "/label documentation"));
  maybe(0.06, () => says(8, "/why"));
  if (kind === "issue") maybe(0.1, () => then(8, () => team().assign(place, "maria")));
  maybe(
    0.6,
    () => {
      then(60, () => {
        answer = team().comment(place, "I look at it.");
      });
      maybe(0.5, () => {
        says(30, "Any news? It is on version 4.1.", reporter);
        maybe(0.2, () => says(20, "/waiting"));
        maybe(0.8, () => says(30, "It is planned for Monday."));
      });
      maybe(0.2, () => {
        says(20, "/waiting");
        maybe(0.6, () => says(90, "Here it is: version 4.2.", reporter));
      });
    },
    () =>
      maybe(0.45, () => {
        says(20, "/not-helpful", reporter);
        maybe(0.5, () => says(900, "/improved docs/network.md#proxy"));
      }),
  );
  maybe(0.1, () => says(20, "/duplicate #1"));
  maybe(0.8, () => {
    const by = pick([team, reporter, reporter]);
    maybe(
      0.2,
      () => then(200, () => void reporter().comment(place, "/close"), isOpen),
      () =>
        maybe(
          kind === "discussion" ? 0.4 : 0,
          () => then(200, () => answer && reporter().answer(place, answer), isOpen),
          () => then(200, () => by().close(place), isOpen),
        ),
    );
    maybe(0.3, () => {
      then(
        300,
        () => reporter().reopen(place),
        () => threadAt(sandbox, place)?.state === "closed",
      );
      maybe(0.6, () => then(100, () => team().close(place), isOpen));
    });
  });
  maybe(0.05, () => then(200, () => team("octocat").delete(place)));
  if (kind === "issue") maybe(0.05, () => then(200, () => void team("octocat").transfer(place, ELSEWHERE)));
  return steps;
}
