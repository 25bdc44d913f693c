/** Words of grammar: alone, or with numbers, they explain nothing to a maintainer. */
const STOP_WORDS = new Set(
  (
    "a an the this that these those it its i me my we us our you your he she they them their of in on at to for " +
    "from by with as into onto over under about after before and or but if so than then there here when while " +
    "is are was were be been being am do does did done has have had will would shall should may might can could " +
    "not no yes any some all each every other such same own too very just also only more most much many few both " +
    "s t d m re ve ll don doesn didn isn aren wasn weren won wouldn couldn shouldn hasn haven cannot " +
    "what which who whom whose where why how up out off down again once because until during between through"
  ).split(" "),
);

const PLAIN_WORD = /[a-z]+/g;
const FOREIGN_LETTER = /[^\p{ASCII}]/u;

/** Does a phrase (in small letters) hold a word that says something: three letters, and no word of grammar? */
export function saysSomething(phrase: string): boolean {
  if (FOREIGN_LETTER.test(phrase)) return true;
  return (phrase.match(PLAIN_WORD) ?? []).some((word) => word.length > 2 && !STOP_WORDS.has(word));
}
