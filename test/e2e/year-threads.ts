import type { Sandbox } from "../../src/sandbox/sandbox.ts";
import type { Comment, Thread, TimelineEvent } from "../../src/sandbox/state/thread.ts";
import { REPOSITORY } from "./world.ts";
import { endingsOf } from "./year-endings.ts";

/** Half of the people of the sandbox are served, the others serve. */
const TEAM = ["maria", "octocat"];

/** By whom something was done: the desk does on a command what its giver wants. */
export type Doer = "desk" | "team" | "reporter";

export interface Told {
  at: number;
  by: Doer;
}
export interface Closing extends Told {
  reason: string;
  reopenedAt: number | null;
  reopenedBy: Doer | null;
}
export interface LabelMove extends Told {
  on: boolean;
  label: string;
}
export interface Rated {
  at: number;
  who: string;
  rating: number;
}

/** What happened on one thread of somebody who is served, as it stands on the sandbox's GitHub. */
export interface Story {
  thread: Thread;
  author: string;
  openedAt: number;
  /** People's words; commands alone are none, but `/not-helpful` is. */
  words: Told[];
  commands: (Told & { text: string })[];
  closings: Closing[];
  moves: LabelMove[];
  assignedAt: number[];
  /** What people said of how they were served, and of that what the reporter said by closing and coming back. */
  ratings: Rated[];
  endings: Rated[];
  refusedAt: number | null;
  /** When the desk's comment came, and whether it showed an article. */
  comment: { at: number; answered: boolean } | null;
  asks: boolean;
}

/** All threads of the repository that count: not the team's, not deleted, not moved away. */
export function readStories(sandbox: Sandbox): Story[] {
  const names = new Map([...sandbox.state.accounts.values()].map(({ id, login }) => [id, login]));
  const home = [...sandbox.state.repositories.values()].find(({ name }) => name === REPOSITORY.split("/")[1]);
  if (!home) throw new Error(`there is no ${REPOSITORY}`);
  const labels = new Map([...home.labels.values()].map(({ id, name }) => [id, name]));
  return [...home.issues.values(), ...home.discussions.values()]
    .filter(({ deleted, movedTo, viaAppId }) => !deleted && !movedTo && viaAppId === null)
    .filter(({ authorId }) => !TEAM.includes(names.get(authorId) ?? ""))
    .map((thread) => storyOf(thread, names, labels));
}

const isOurs = ({ viaAppId }: Comment) => viaAppId !== null;
const isCommand = (text: string) => text.startsWith("/");

/** Commands that only ask are no work on a ticket. */
export const isWork = ({ text }: { text: string }) => !/^\/(?:why|help|report)\b/.test(text);

function storyOf(
  thread: Thread,
  names: ReadonlyMap<number, string>,
  labels: ReadonlyMap<number, string>,
): Story {
  const who = (id: number): Doer => (TEAM.includes(names.get(id) ?? "") ? "team" : "reporter");
  const said = thread.comments.filter((comment) => !isOurs(comment));
  const told = ({ createdAt, authorId, body }: Comment) => ({ at: createdAt, by: who(authorId), text: body });
  const commands = said.map(told).filter(({ text }) => isCommand(text));
  const doer = ({ viaAppId, actorId, createdAt }: TimelineEvent): Doer => {
    if (viaAppId === null) return who(actorId);
    const order = commands.find(({ at, text }) => at === createdAt && !text.startsWith("/not-helpful"));
    return order?.by ?? "desk";
  };
  const [ours] = thread.comments.filter(isOurs);
  // What was taken back does not show any more that it had been an answer; only questions get one here.
  const wasAnswered = thread.title.startsWith("How do I") && ours?.body.includes("I have taken it back");
  const story = {
    thread,
    author: names.get(thread.authorId) ?? "",
    openedAt: thread.createdAt,
    words: said.map(told).filter(({ text }) => !isCommand(text) || text.startsWith("/not-helpful")),
    commands,
    closings: closingsOf(thread, doer, who),
    moves: thread.events.flatMap((event) =>
      event.type === "labeled" || event.type === "unlabeled"
        ? [{ at: event.createdAt, by: doer(event), on: event.type === "labeled", label: event.label.name }]
        : [],
    ),
    assignedAt: thread.events.flatMap((event) =>
      event.type === "assigned" && event.viaAppId === null ? [event.createdAt] : [],
    ),
    refusedAt: commands.find(({ text }) => text.startsWith("/not-helpful"))?.at ?? null,
    comment: ours
      ? {
          at: ours.createdAt,
          answered: ours.body.includes("This may answer your question") || wasAnswered === true,
        }
      : null,
    asks: thread.labels.some((id) => labels.get(id) === "question"),
  };
  const others = ratingsOf(thread, names, commands);
  const endings = endingsOf(story, others);
  return { ...story, endings, ratings: [...others, ...endings].sort((a, b) => a.at - b.at) };
}

/** Ends, also by an answer that was marked: what is closed while it is over already is no further end. */
function closingsOf(
  thread: Thread,
  doer: (event: TimelineEvent) => Doer,
  who: (id: number) => Doer,
): Closing[] {
  const turns: (Told & { over: boolean; reason: string })[] = thread.events.flatMap((event) =>
    event.type === "closed" || event.type === "reopened"
      ? [
          {
            at: event.createdAt,
            by: doer(event),
            over: event.type === "closed",
            reason: event.stateReason ?? "",
          },
        ]
      : [],
  );
  const answer = thread.is === "discussion" ? thread.answer : null;
  if (answer) turns.push({ at: answer.chosenAt, by: who(answer.chosenById), over: true, reason: "answered" });
  turns.sort((a, b) => a.at - b.at);
  const found: Closing[] = [];
  for (const { at, by, over, reason } of turns) {
    const last = found.at(-1);
    const isOver = last !== undefined && last.reopenedAt === null;
    if (over && !isOver) found.push({ at, by, reason, reopenedAt: null, reopenedBy: null });
    if (!over && isOver) Object.assign(last, { reopenedAt: at, reopenedBy: by });
  }
  return found;
}

const POSITIVE = ["+1", "heart", "hooray", "rocket", "laugh"];

/** Reactions to our comments, and refusals of our help, of whoever is not on the team. */
function ratingsOf(
  { comments }: Thread,
  names: ReadonlyMap<number, string>,
  commands: Story["commands"],
): Rated[] {
  const reactions = comments.filter(isOurs).flatMap((comment) =>
    comment.reactions.map(({ userId, content, createdAt }) => ({
      at: createdAt,
      who: names.get(userId) ?? "",
      rating: POSITIVE.includes(content) ? 1 : 0,
    })),
  );
  const refusals = comments
    .filter(({ body, createdAt }) => commands.some(({ at, text }) => at === createdAt && text === body))
    .filter(({ body }) => body.startsWith("/not-helpful"))
    .map(({ authorId, createdAt }) => ({ at: createdAt, who: names.get(authorId) ?? "", rating: -1 }));
  return [...reactions, ...refusals].filter(({ who }) => !TEAM.includes(who)).sort((a, b) => a.at - b.at);
}
