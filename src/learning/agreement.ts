import { bestClass } from "./calibrate.ts";
import { BLOCK_NAMES, kindPart } from "./features.ts";
import { KINDS, type Kind } from "./kind.ts";
import { kindOfLabel, type KindLabels } from "./kind-label.ts";
import { shippedProbabilities, type KindModel } from "./kind-model.ts";
import { LabelWords } from "./label-words.ts";
import { isHuman, type Lesson } from "./lesson.ts";
import { withoutTestimony } from "./testimony.ts";

/** Somebody whose labels contradict what everybody else's teach: nothing is learned from them. */
export interface Doubt {
  /** In small letters. */
  login: string;
  /** Labels set or taken off by them that could be judged. */
  claims: number;
  /** The share of these that what the others teach says too. */
  agreement: number;
  /** The share that the others reach among themselves, on the same labels. */
  expected: number;
}

export interface TrialOptions {
  shipped: KindModel;
  labels: KindLabels;
  ignored: ReadonlySet<string>;
}

/** Only the newest lessons are asked: older ones tell less. */
const MOST_LESSONS = 3_000;
/** The most active people are judged, each by their newest labels: .06 s a person. */
const MOST_PEOPLE = 20;
const MOST_CLAIMS = 300;
/** Whoever said less did little harm yet. */
const LEAST_CLAIMS = 5;
/** Labels of which the others gave fewer examples cannot be judged. */
const LEAST_EXAMPLES = 5;
/** As many labels of a person are looked at, and as many examples of each, and of what is none. */
const MOST_TOPICS = 8;
const MOST_SCORED = 60;
/** How far below the others' a share must surely be, and how surely: 99% of a normal distribution lie below. */
const MARGIN = 0.1;
const SURE = 2.33;
/**
 * Kinds are asked of the shipped model too, which nobody can teach: whoever it agrees with as with the others is believed
 * whatever these say. Who teaches alone contradicts on purpose where it surely agrees less often than this: three kinds
 * drawn by lot give .33, repositories that it never saw .6 to .8.
 */
const LEAST_ALONE = 0.3;

/** A word about a label that can be judged. `topic`: a kind, or the name of a label of the repository's own. */
interface Claim {
  lesson: Lesson;
  /** null: from before names were kept. */
  login: string | null;
  topic: string;
  set: boolean;
}

/** Where a topic begins, and which shares of examples and of what is none lie on their own side. */
interface Yardstick {
  threshold: number;
  found: number;
  kept: number;
}

type Part = "kinds" | "own";

/** Whom not to believe: the most doubtful first, everybody else then judged again without them. */
export function doubtsOf(history: readonly Lesson[], options: TrialOptions): Doubt[] {
  const lessons = history.filter(({ excluded }) => !excluded).slice(-MOST_LESSONS);
  const doubts: Doubt[] = [];
  const parts = (["kinds", "own"] as const).map((part) => new Court(lessons, part, options));
  const people = mostActive(lessons);
  while (doubts.length < people.length) {
    for (const court of parts) court.dismiss(doubts.map(({ login }) => login));
    const found = people.flatMap((login) => parts.flatMap((court) => court.judge(login) ?? []));
    const worst = found.sort((a, b) => a.agreement - a.expected - (b.agreement - b.expected))[0];
    if (!worst) break;
    doubts.push(worst);
  }
  return doubts;
}

function mostActive(lessons: readonly Lesson[]): string[] {
  const counts = new Map<string, number>();
  for (const { testimony = [] } of lessons) {
    for (const { login, by } of testimony) {
      if (login !== null && by === "person") counts.set(login, (counts.get(login) ?? 0) + 1);
    }
  }
  return [...counts]
    .sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1))
    .slice(0, MOST_PEOPLE)
    .map(([login]) => login);
}

/** Judges people by the kinds that they said, or by the repository's own labels. */
class Court {
  readonly #lessons: readonly Lesson[];
  readonly #part: Part;
  readonly #options: TrialOptions;
  readonly #shippedKinds = new Map<Lesson, Kind>();
  readonly #topicsByLabel = new Map<string, string | null>();
  #gone: ReadonlySet<string> = new Set();
  #words = new LabelWords();
  /** What each lesson that counts is an example of, as the people who are left have it. */
  #topics = new Map<Lesson, string[]>();
  #claims: Claim[] = [];

  constructor(lessons: readonly Lesson[], part: Part, options: TrialOptions) {
    this.#lessons = lessons;
    this.#part = part;
    this.#options = options;
  }

  /** From now on these people are not heard. */
  dismiss(logins: readonly string[]): void {
    this.#gone = new Set(logins);
    this.#words = new LabelWords();
    this.#topics = new Map();
    this.#claims = this.#lessons.flatMap((lesson) => this.#claimsOf(lesson));
    for (const lesson of this.#lessons) this.#teach(lesson, this.#topicsOf(lesson, null));
  }

  /** null: believed, or not to be judged. */
  judge(login: string): Doubt | null {
    const all = this.#claims.filter((claim) => claim.login === login);
    const mine = all.slice(-MOST_CLAIMS);
    const shipped = this.#part === "kinds" ? this.#byShipped(login, mine) : null;
    if (shipped && !isDoubtful(shipped)) return null;
    const touched = new Set(all.map(({ lesson }) => lesson));
    for (const lesson of touched) this.#teach(lesson, this.#topicsOf(lesson, login));
    const others = this.#byOthers(login, mine);
    for (const lesson of touched) this.#teach(lesson, this.#topicsOf(lesson, null));
    if (others.claims === 0) return shipped;
    return isDoubtful(others) ? others : null;
  }

  #byShipped(login: string, mine: readonly Claim[]): Doubt {
    const agrees = ({ lesson, topic, set }: Claim) => (this.#shippedKind(lesson) === topic) === set;
    // Who is nobody to us counts among the others.
    const others = this.#claims.filter((claim) => claim.login !== login).slice(-MOST_CLAIMS);
    const expected = others.length < LEAST_EXAMPLES ? LEAST_ALONE + MARGIN : shareOf(others, agrees);
    return { login, claims: mine.length, agreement: shareOf(mine, agrees), expected };
  }

  #byOthers(login: string, mine: readonly Claim[]): Doubt {
    const yardsticks = new Map<string, Yardstick>();
    for (const topic of new Set(mine.map((claim) => claim.topic))) {
      if (yardsticks.size === MOST_TOPICS) break;
      const yardstick = this.#yardstick(topic);
      if (yardstick) yardsticks.set(topic, yardstick);
    }
    const judged = mine.filter(({ topic }) => yardsticks.has(topic));
    let expected = 0;
    let agreed = 0;
    for (const { lesson, topic, set } of judged) {
      const { threshold, found, kept } = yardsticks.get(topic) as Yardstick;
      expected += set ? found : kept;
      if (this.#score(lesson, topic) > threshold === set) agreed++;
    }
    const claims = judged.length;
    return { login, claims, agreement: agreed / (claims || 1), expected: expected / (claims || 1) };
  }

  /** How well a topic's examples are told from what is none of it, newest lessons first; null: there are too few. */
  #yardstick(topic: string): Yardstick | null {
    const scores: Record<"of" | "not", number[]> = { of: [], not: [] };
    for (const [lesson, topics] of [...this.#topics].reverse()) {
      const side = scores[topics.includes(topic) ? "of" : "not"];
      if (side.length < MOST_SCORED) side.push(this.#score(lesson, topic));
    }
    const { of, not } = scores;
    if (Math.min(of.length, not.length) < LEAST_EXAMPLES) return null;
    const threshold = (meanOf(of) + meanOf(not)) / 2;
    return {
      threshold,
      found: of.filter((score) => score > threshold).length / of.length,
      kept: not.filter((score) => score <= threshold).length / not.length,
    };
  }

  /** How much like the topic the lesson's words are by all other lessons. */
  #score(lesson: Lesson, topic: string): number {
    return this.#words.score(this.#wordsOf(lesson), topic, this.#topics.get(lesson) ?? null);
  }

  /** Own labels are told by a lesson's last block, in which no word comes twice. */
  #wordsOf({ features }: Lesson): Int32Array {
    const { indices, blocks } = features;
    return this.#part === "kinds" ? kindPart(features).indices : indices.subarray(blocks[BLOCK_NAMES.length]);
  }

  #shippedKind(lesson: Lesson): Kind {
    let kind = this.#shippedKinds.get(lesson);
    if (kind === undefined) {
      kind = KINDS[bestClass(shippedProbabilities(this.#options.shipped, kindPart(lesson.features)))] as Kind;
      this.#shippedKinds.set(lesson, kind);
    }
    return kind;
  }

  /** Counts a lesson as an example of these, and no more of what it was. */
  #teach(lesson: Lesson, topics: string[]): void {
    const before = this.#topics.get(lesson);
    if (before) this.#words.count(this.#wordsOf(lesson), before, -1);
    if (topics.length > 0) this.#words.count(this.#wordsOf(lesson), topics, 1);
    if (topics.length > 0) this.#topics.set(lesson, topics);
    else this.#topics.delete(lesson);
  }

  #topicsOf(lesson: Lesson, without: string | null): string[] {
    const heard = withoutTestimony(
      lesson,
      ({ login }) => login !== null && (login === without || this.#gone.has(login)),
    );
    const said = heard.labels
      .filter(({ by }) => isHuman(by))
      .flatMap(({ name }) => this.#topicOf(name) ?? []);
    return [...new Set(said)];
  }

  #claimsOf(lesson: Lesson): Claim[] {
    const { testimony = [], labels } = lesson;
    const claims = new Map<string, Claim>();
    for (const { name, by } of labels) {
      const topic = by === "person" ? this.#topicOf(name) : null;
      const isKnown = testimony.some(({ label }) => label === name);
      if (topic !== null && !isKnown) claims.set(topic, { lesson, login: null, topic, set: true });
    }
    for (const { label, set, by, login } of testimony) {
      const topic = this.#topicOf(label);
      if (topic === null || by !== "person" || (login !== null && this.#gone.has(login))) continue;
      claims.set(`${login ?? ""} ${topic}`, { lesson, login, topic, set });
    }
    return [...claims.values()];
  }

  #topicOf(label: string): string | null {
    let topic = this.#topicsByLabel.get(label);
    if (topic === undefined) {
      const kind = kindOfLabel(label, this.#options.labels);
      const mine = this.#part === "kinds" ? kind : kind === null ? label : null;
      topic = this.#options.ignored.has(label) ? null : mine;
      this.#topicsByLabel.set(label, topic);
    }
    return topic;
  }
}

function meanOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

function shareOf(claims: readonly Claim[], agrees: (claim: Claim) => boolean): number {
  return claims.filter(agrees).length / (claims.length || 1);
}

/** Is the share surely lower than the others'? By Wilson's upper bound. */
function isDoubtful({ claims: n, agreement: p, expected }: Doubt): boolean {
  if (n < LEAST_CLAIMS) return false;
  const square = SURE ** 2;
  const middle = p + square / (2 * n);
  const width = SURE * Math.sqrt((p * (1 - p)) / n + square / (4 * n ** 2));
  return (middle + width) / (1 + square / n) < expected - MARGIN;
}
