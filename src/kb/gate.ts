/**
 * What makes a candidate certain: how far it stands out of its list, and what the re-ranker saw of it. A list always has
 * a best one; only the latter says whether that is any good. `share` is its part of the list's softmax, `lead` the
 * distance to the best of the others.
 */
export interface Gate<Feature extends string> {
  bias: number;
  weights: Partial<Record<Feature | "share" | "lead", number>>;
}

/** A ranked candidate with the probability that it is right, before this repository's own feedback has its say. */
export interface Contender {
  id: string;
  probability: number;
}

/** A list as it was ranked: a row of features and a score for each id. */
export interface Ranked<Feature extends string> {
  ids: readonly string[];
  features: readonly Feature[];
  rows: Float64Array;
  scores: readonly number[];
}

/** As far ahead as this is certain; further makes no difference. */
const FARTHEST = 6;

/** The best `limit` of a list, best first. */
export function contenders<Feature extends string>(
  ranked: Ranked<Feature>,
  gate: Gate<Feature>,
  limit: number,
): Contender[] {
  const { ids, rows, features } = ranked;
  return standing(ranked, limit).map(({ row, share, lead }) => {
    let sum = gate.bias + (gate.weights.share ?? 0) * share + (gate.weights.lead ?? 0) * lead;
    features.forEach((feature, f) => {
      sum += (gate.weights[feature] ?? 0) * (rows[row * features.length + f] as number);
    });
    return { id: ids[row] as string, probability: 1 / (1 + Math.exp(-sum)) };
  });
}

/** The rows of the best `limit`, best first, each with its share and its lead. */
export function standing(
  { scores }: Pick<Ranked<string>, "scores">,
  limit: number,
): { row: number; share: number; lead: number }[] {
  const order = scores
    .map((_, i) => i)
    .sort((a, b) => (scores[b] as number) - (scores[a] as number) || a - b);
  const highest = scores[order[0] ?? 0] ?? 0;
  const total = scores.reduce((sum, score) => sum + Math.exp(score - highest), 0);
  return order.slice(0, limit).map((row, place) => {
    const score = scores[row] as number;
    const rival = scores[order[place === 0 ? 1 : 0] ?? row] ?? score;
    const lead = Math.max(-FARTHEST, Math.min(FARTHEST, score - rival));
    return { row, share: Math.exp(score - highest) / total, lead };
  });
}

/** Whether something that we posted helped. */
export interface Feedback {
  /** What the gate had said before calibration. */
  probability: number;
  helpful: boolean;
}

/** How much surer, or less sure, than its weights say the gate may be here. In log odds. */
export interface Calibration {
  shift: number;
}

/** Before there is feedback the gate is more careful than it believes that it must be, by this much log odds ... */
const CAUTION = -0.4;
/** ... which a few dozen answers can overrule: the deviation of a normal prior around it. */
const DEVIATION = 0.7;

/** The shift that makes the feedback likeliest, under the prior: Newton's method in one dimension. */
export function calibrate(feedback: readonly Feedback[]): Calibration {
  let shift = CAUTION;
  for (let step = 0; step < 20; step++) {
    let slope = (CAUTION - shift) / DEVIATION ** 2;
    let curvature = 1 / DEVIATION ** 2;
    for (const { probability: before, helpful } of feedback) {
      const now = shifted(before, shift);
      slope += (helpful ? 1 : 0) - now;
      curvature += now * (1 - now);
    }
    shift += slope / curvature;
  }
  return { shift };
}

export function shifted(probability: number, shift: number): number {
  const sure = Math.min(1 - 1e-9, Math.max(1e-9, probability));
  return 1 / (1 + ((1 - sure) / sure) * Math.exp(-shift));
}

export interface Targets {
  /** How often a reply must be right. */
  reply: number;
  /** How often a mention must be right. */
  mention: number;
  /** How many links a reply has at most. */
  links: number;
}

/** What the desk dares to do with what it found. */
export type Suggestion =
  | { outcome: "reply"; links: Contender[] }
  | { outcome: "mention"; links: Contender[] }
  | { outcome: "silence" };

/** Reply, mention, or silence: every link that is posted has the calibrated probability that its place asks for. */
export function suggest(
  ranked: readonly Contender[],
  calibration: Calibration,
  targets: Targets,
): Suggestion {
  const sure = ranked
    .map(({ id, probability }) => ({ id, probability: shifted(probability, calibration.shift) }))
    .sort((a, b) => b.probability - a.probability);
  const atLeast = (target: number) =>
    sure.filter((link) => link.probability >= target).slice(0, targets.links);
  const replies = atLeast(targets.reply);
  if (replies.length > 0) return { outcome: "reply", links: replies };
  const links = atLeast(targets.mention);
  return links.length > 0 ? { outcome: "mention", links } : { outcome: "silence" };
}
