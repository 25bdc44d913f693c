import type { Index } from "./index.ts";
import { UNKNOWN } from "./words.ts";

/**
 * Stems by about the share of issues that have them: those in at least .03 of eight projects of the public data, and in
 * seven of them. A backlog of ten issues cannot tell that `error` says less than `proxy`.
 */
const COMMON: readonly [share: number, stems: string][] = [
  [0.7, "a and for i in is it of the thi to"],
  [0.35, "ar as be but can error from have if not on or t that us when with you"],
  [
    0.17,
    "add all also an ani at bug build by call chang code compil could current data do doe exampl expect file follow function get ha here how issu like m make model my new no onli other pleas problem reproduc run s see set should so some test thank there version wa want we what which will work would",
  ],
  [
    0.08,
    "about after am becaus befor behavior below case caus cc check class creat did differ doc document doesn don e each environ fail featur find first fix found g gener go help hi howev imag implement import includ inform input instal instead into just know librari line link load look main master me messag more name need now oper os out output packag page possibl provid question read report request requir result return same script seem show sinc someth sourc step such support sure system than thei then these think time tri try type up updat user valu veri wai where while without x your",
  ],
  [
    0.04,
    "abl abov access activ actual ad addit allow alreadi alwai anoth anyon api app applic architectur argument around arrai avail base been better between bit blob both c cannot click com come command commit complet config configur contain content context copi core correct cpu custom d default defin demo depend describ descript detail develop displai done dure either element end etc even everi except exist fine github give good got had handl happen hello html id idea index info initi int label last latest learn let lib linux list local log mai mani map mayb mean memori method might miss mode modul most much multipl n net network nice non none normal note notic number object occur open optim option order our own p paramet part pass past path perform point previou probabl process program propos r re realli reason recent refer relat releas relev remov right runtim sai save second select server short similar simpl singl site size solut solv specif src stack start state still string submit suggest take text them thing those too tool tree true two ubuntu valid variabl ve via warn websit weight well were why window write wrong",
  ],
];
/** Of any other word. */
const RARE = 0.0005;
/** The shares above count as much as so many issues of the backlog's own. */
const WEIGHT = 200;

/** What all other words say at least: half of a week's tickets have the words of an outage. */
const LEAST = 2.2;

/** How much it says that a text has a term, by the backlog's issues and, while these are few, by what is common elsewhere. */
export function rarityIn(index: Index): (term: number) => number {
  const expected = new Map<number, number>();
  for (const [share, stems] of COMMON) {
    for (const stem of stems.split(" ")) expected.set(index.vocabulary.find(stem), share);
  }
  expected.delete(UNKNOWN);
  const all = index.size + WEIGHT;
  return (term) => {
    const share = expected.get(term);
    const rarity = Math.log(all / (index.documentFrequency(term) + WEIGHT * (share ?? RARE)));
    return share === undefined ? Math.max(LEAST, rarity) : rarity;
  };
}
