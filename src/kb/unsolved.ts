import { isAsking, sentencesOf, words } from "./phrases.ts";

/**
 * How languages say that what was just read is of no use. Only what points at it counts: "it does not work" tells of the
 * problem as often as of the answer.
 */
const USELESS: readonly RegExp[] = [
  words(
    "(?:that|this|it|these|those|they|none of (?:that|this|these|those|it|them)|your (?:answer|reply|suggestion|link)s?|the (?:answer|suggestion|link|article|page|section|docs?|documentation)s?)(?: above)?(?: (?:really|actually|unfortunately|sadly|just|still)){0,2} (?:(?:did|does|do|has|have)(?:n't|nt| not)|never)(?: (?:really|actually|quite|even|yet)){0,2} (?:help(?:ed)?|solved?|fix(?:ed)?|resolved?|answer(?:ed)?)",
    "(?:that|this)(?: (?:unfortunately|sadly|still))? (?:did|does)(?:n't|nt| not) work(?: (?:either|for me|for us|at all|here|too))*(?=\\W*$)",
    "(?:none|neither) of (?:that|this|these|those|it|them) (?:help(?:s|ed)?|solve[sd]?|works?|worked|fix(?:es|ed))",
    "(?:it|that|this)(?:'s| is| was) (?:not (?:really |very |at all )?(?:helpful|what i (?:asked|meant|need|am asking))|not (?:my|the) (?:problem|issue|question)|(?:of )?no help|useless|unhelpful)",
  ),
  /^\W*(?:(?:no|nope|sorry|unfortunately|sadly)\W+)*(?:did|does)(?:n't|nt| not) (?:help|solve|fix|work|answer)\b/i,
  words(
    "(?:das|dies|es|der (?:link|artikel|abschnitt|hinweis)|die (?:antwort|seite)) (?:hat|hilft|löst|beantwortet|behebt)(?: \\p{L}+){0,4} nicht(?:s)?",
    "(?:hat|hilft)(?: mir)?(?: leider)? nicht(?:s)?(?: (?:geholfen|weiter|gebracht))?",
  ),
  words(
    "(?:ça|cela|ceci|ce lien|cet article|la réponse) (?:ne |n')(?:(?:m'|me |l')?(?:a|aide|résout|règle|répond|marche|fonctionne))(?: \\p{L}+){0,2} (?:pas|rien)",
    "n'(?:a|ont) pas (?:aidé|résolu|réglé|répondu)",
  ),
  words(
    "no (?:me |nos )?(?:ayud[aó]|ayudaron|resuelve|resolvió|soluciona|solucionó|sirve|sirvió|responde|respondió)",
  ),
  words("não (?:me |nos )?(?:ajud(?:a|ou|aram)|resolveu?|solucion(?:a|ou)|respondeu?|serviu|serve)"),
  words("не (?:помогло|помог|помогла|помогли|помогает|решает|решило|решила|ответило|отвечает)"),
  /(?:没有?|沒有?)(?:用|帮助|幫助|帮到|幫到|解[决決])|(?:没|沒)能解[决決]|解[决決]不了|不管用/u,
  /(?:解決|解消)(?:しません|しない|せず|できません|できませんでした)|解決しなかった|役に立(?:ちません|たない|たなかった)|参考になりません/u,
  /(?:도움이? ?(?:안|되지 않|못)|해결(?:이|은)? ?(?:안|되지 않|못))/u,
];

/** What makes it a condition, a hope or a memory. */
const DOUBTFUL = [
  words(
    "if|unless|whether|in case|in the past|before|until|hop(?:e|ing)|afraid that|maybe|perhaps|might|may|would|why",
    "wenn|falls|ob|sollte|hoff\\p{L}*|vielleicht|warum|si|au cas où|espère|peut-être|pourquoi|quizás?|talvez|se|если|может|почему",
  ),
  /如果|要是|可能|[吗嗎]|たら|なら|かも|(?:으|다)면|혹시/u,
];

/** What may stand before it: a greeting, thanks, or that somebody did as they were told. */
const BEFORE =
  /^\W*(?:(?:thanks?|thank you|thx|cheers|hi|hello|hey|ok(?:ay)?|no|nope|sorry|unfortunately|danke|hallo|nein|leider|merci|bonjour|non|gracias|hola|lo siento|obrigad[oa]|olá|desculpe|спасибо|привет|нет|谢谢|謝謝|你好|ありがとうございます|こんにちは|감사합니다|안녕하세요)(?!\p{L})\P{L}*\p{L}{0,12}(?:\s\p{L}{1,12}){0,4}|(?:i|we)(?:'ve| have| just| also| already)* (?:tried|read|did|followed|checked|looked at) (?:that|this|it|both|all|them|these|those|your|the (?:link|page|article|answer|docs?|suggestion|section|steps?))(?!\p{L}).{0,60})\P{L}*$/iu;

/** Longer is no sentence of this kind, and would take the patterns long. Characters. */
const LONGEST = 300;

/**
 * Does a comment without quotes and code, written right after an answer, say first of all that the answer was of no use?
 * What comes later tells of what its writer tried.
 */
export function claimsUseless(prose: string): boolean {
  const sentences = sentencesOf(prose).filter((one) => /\p{L}/u.test(one));
  const first = sentences.find((one) => one.length > LONGEST || !BEFORE.test(one) || isUseless(one));
  return first !== undefined && first.length <= LONGEST && isUseless(first);
}

function isUseless(sentence: string): boolean {
  if (isAsking(sentence) || DOUBTFUL.some((doubt) => doubt.test(sentence))) return false;
  return USELESS.some((useless) => useless.test(sentence));
}
