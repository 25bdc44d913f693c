import type { Said } from "../ticket/backlog-thread.ts";
import { splitPassages } from "./passages.ts";
import { referencesIn } from "./references.ts";
import { claimsSolved } from "./solved.ts";
import { claimsUseless } from "./unsolved.ts";
import { eachWord } from "./words.ts";

/** A comment that may be the solution, if one of `vouchers` is on the team: a stranger's word alone is none. */
export interface SolutionCandidate {
  said: Said;
  vouchers: string[];
}

/** Fewer words say "thanks" or "fixed on main". Code counts as much as it is. */
const FEWEST_WORDS = 7;
/** What closes a thread without answering it. */
const NO_ANSWER =
  /\b(?:clos(?:e|ed|ing) (?:this |it |the \w+ )?(?:as|for|due|since|because)|stale|inactiv\w+|no (?:response|activity|reply)|can(?:'t|not| not)(?: be)? (?:reproduce\w*|replicate\w*)|need(?:s)? more info\w*|won'?t ?fix|off-?topic)\b/i;
/**
 * What tells somebody what to do, or why it is so. The last word of a maintainer on a bug is mostly about the work: of
 * forty on rust-lang/rust that were read, eight answered the reporter.
 */
const ADVICE =
  /\byou(?:'ll| will| would)? (?:(?:just|only|also|probably|currently|simply) )?(?:need to|have to|must|should|are missing|forgot)\b|\byou can (?:use|set|pass|do|add|run|get|install|work)\b|\b(?:(?:i'd|i would|we) recommend|by design|working as (?:intended|designed|expected)|this is (?:intended|intentional|expected|documented|because|due to)|(?:fixed|available|released|supported) (?:in|since|as of) (?:version |release )?v?\d+\.\d|(?:please |to |by |just )(?:use|set|run|install|upgrad|updat)\w*\b|(?:upgrad|updat)(?:e|ing) to)|musst du|müssen sie|du kannst|sie können|il faut|vous (?:devez|pouvez)|tienes que|debes|puedes|você (?:precisa|pode)|нужно|можно|попробуйте|используйте|需要|可以|请使用|してください|できます|必要があ|하세요|해야/iu;
/** What asks, or guesses, does not answer. */
const UNSURE =
  /^\W*(?:hm+|i think|i wonder|maybe|perhaps|looks like|it seems|probably|cc\b|@\S+ cc)|\b(?:can|could|would|do|did|are|have) (?:you|one of you|anyone|somebody)\b|\b(?:nominat|flagging|triage|bump|backtrace|leave (?:this|the issue) open|still (?:happens|fails|an issue|broken))\w*|\?\s*$/i;
/** A title that asks. */
const QUESTION =
  /[?？]\s*$|^\W*(?:how|what|why|where|when|which|who|can|could|is|are|does|do|should|unable to|cannot|can't|wie|warum|was|wo|kann|comment|pourquoi|cómo|como|por ?qué|как|почему)\b|怎么|如何|为什么|どうやって|方法|なぜ|어떻게|왜/iu;
/** A link to a comment, as GitHub's "Copy link" gives it. */
const COMMENT_LINK = /#(?:issuecomment|discussioncomment)-\d+/;
/** Comments are written before the button is pressed, or right after it. */
const GRACE_MS = 10 * 60_000;

/** Does the comment say enough to be an answer, by itself? */
export function isSubstantial(body: string): boolean {
  const { prose, code } = splitPassages(withoutQuotes(body));
  if (NO_ANSWER.test(prose) || referencesIn(prose).some(({ duplicate }) => duplicate)) return false;
  let words = 0;
  eachWord(`${prose} ${code}`, () => {
    words += 1;
  });
  return words >= FEWEST_WORDS;
}

const proseOf = (body: string) => splitPassages(withoutQuotes(body).replaceAll("’", "'")).prose.trim();

/** Does the comment say that the problem is solved? */
export const saysSolved = (body: string): boolean => claimsSolved(proseOf(body));

/** Does a comment right after an answer say that it was of no use? */
export const saysUseless = (body: string): boolean => claimsUseless(proseOf(body));

/** Is it worth remembering what was said until the thread is closed? */
export const isWorthRemembering = (body: string): boolean => isSubstantial(body) || saysSolved(body);

const withoutQuotes = (body: string) => body.replace(/^ {0,3}>.*$/gm, "");

/** A closed thread. */
export interface ClosedThread {
  title: string;
  author: string | null;
  closedAt: number;
  said: readonly Said[];
}

/**
 * The comments that may be what solved a closed thread, likeliest first: that to which a "solved" points (by a link, or,
 * if the reporter says it, the one before it), the newest "solved" first; then the last word before the close, if it
 * advises, or if the title asked. What came later was not known when it was closed, and is chatter.
 */
export function solutionCandidates(thread: ClosedThread): SolutionCandidate[] {
  const { title, author: reporter, closedAt } = thread;
  const said = [...thread.said].sort((a, b) => a.at - b.at);
  const accepted = said.flatMap((claim, i): SolutionCandidate[] => {
    if (!saysSolved(claim.body)) return [];
    const isReporter = claim.author !== null && claim.author === reporter;
    const target = pointedTo(claim, said) ?? (isReporter ? answerIn(said.slice(0, i), reporter) : undefined);
    if (!target || target === claim) return [];
    // The reporter may say which of the team's words helped, and not that a stranger's did.
    return [candidate(target, isReporter ? [] : [claim.author])];
  });
  const last = answerIn(
    said.filter(({ at }) => at <= closedAt + GRACE_MS),
    null,
  );
  const tells = last && (ADVICE.test(proseOf(last.body)) || QUESTION.test(title));
  return [...accepted.reverse(), ...(tells ? [candidate(last, [])] : [])];
}

function candidate(said: Said, others: (string | null)[]): SolutionCandidate {
  return { said, vouchers: [said.author, ...others].filter((login) => login !== null) };
}

function pointedTo(claim: Said, said: readonly Said[]): Said | undefined {
  const link = COMMENT_LINK.exec(claim.body)?.[0];
  return (link && said.find(({ url }) => url.endsWith(link))) || undefined;
}

/** What was last said by anybody but `asker`, if it can be an answer. */
function answerIn(said: readonly Said[], asker: string | null): Said | undefined {
  const last = said.findLast(({ author, body }) => author !== asker && isSubstantial(body));
  return last && !UNSURE.test(proseOf(last.body)) ? last : undefined;
}
