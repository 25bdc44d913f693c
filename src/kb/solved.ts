import { isAsking, sentencesOf, words } from "./phrases.ts";

/**
 * How a language says that a problem is solved, and what in the same sentence makes that doubtful: a negation anywhere,
 * a hope, a time that is over, a part, another one. Doubt goes first: a claim that was missed says nothing, one that was
 * made up is a satisfied customer who is none.
 */
interface Tongue {
  solved: RegExp;
  doubtful: RegExp;
}

/** "Works" says so at the end of its sentence, or beside "now" or thanks: things work elsewhere, or in part. */
const ENGLISH: Tongue = {
  solved: new RegExp(
    [
      /\b(?:that|this|it|which|what|your \w+|the \w+) (?:(?:has|did|just|finally|really|indeed|actually) ){0,2}(?:(?:solve|fixe|resolve)[ds]|helped|did it|did the trick)\b/,
      /\b(?:is|am|are|was|been|got it|now|all|it's) (?:(?:now|all|finally) )?(?:solved|fixed|resolved|sorted)\b/,
      /^\W*(?:(?:ok|okay|yes|yep|great|perfect|nice|thanks|thank you|all|now)\W+){0,3}(?:solved|fixed|resolved|sorted)(?=\W*$|[,.!;:]|\s+(?:now|thanks|thank|cheers|after)\b)/,
      /\b(?:solved (?:it|my|the|by|with|in|thanks)|fixed (?:it|my|by|with|thanks))\b/,
      /\b(?:problem|issue|error|crash) (?:(?:is|has|was) )?(?:now )?(?:solved|fixed|resolved|gone|disappeared)\b/,
      /\b(?:that|this) was (?:it(?=\W*$|\W.{0,200}\b(?:thank|thx|cheers))|(?:exactly |indeed )?the (?:problem|cause|culprit|solution|reason)\b)/,
      /\bgot (?:it|this|that|everything) (?:working|running|to work)\b/,
      /\bwork(?:s|ed)(?: (?:now|again|fine|great|well|perfectly|flawlessly|like a charm|for me|as expected)){0,3}\W*$/,
      /\b(?:works|worked(?! (?:in|on|under|with|at|since)\b)|(?:is|are|it's) (?:(?:now|finally|all) )?working(?! on\b))\b.{0,200}\b(?:now|thanks?|thx|cheers)\b/,
      /\b(?:now|thanks?|thank you|thx)\b.{0,200}\b(?:works|worked(?! (?:in|on|under|with|at|since)\b)|(?:is|are|it's) (?:(?:now|finally|all) )?working(?! on\b))\b/,
    ]
      .map(({ source }) => source)
      .join("|"),
    "i",
  ),
  doubtful: new RegExp(
    [
      /n't\b|\b(?:do|does|did|is|has|have|was|would|wo|ca|could|should)nt\b|\bno\b(?! (?:more|longer|problems?|issues?|errors?|worries))/,
      /\b(?:not|cannot|never|nor|neither|none|nothing|nobody|no one|nope|hardly|barely|fails?|without(?! (?:any )?(?:problem|issue|error)))\b/,
      /\b(?:doubt\w*|hop(?:e[ds]?|ing|efully)|wish\w*|think\w*|thought|believ\w*|guess\w*|suppos\w*|should|would|could|might|may|maybe|perhaps|probably|if|unless|whether|how)\b/,
      /\b(?:but|however|though|although|except|only|almost|nearly|partly|partially|unfortunately|sadly|still|yet|broken|breaks|remains?|persists?|ignored|(?<!no more )crashes)\b/,
      /\b(?:before|until|yesterday|earlier|previous\w*|used to|last (?:week|month|year|time)|old(?:er)?|other|another)\b/,
      /\bplease\b(?! (?:feel free to )?close)|\b(?:get|getting|have|having|want|need|see) (?:this|that|it|the \w+) (?:solved|fixed|resolved|working)\b/,
      /^\W*(?:which|why|where|who|when (?:will|is|are|can|does)|what(?! (?:solve|fixe|help|worke)d)|(?:is|are|was|has|does|did|will|can) (?:this|that|it|there|any\w*|you))\b/,
    ]
      .map(({ source }) => source)
      .join("|"),
    "i",
  ),
};

const TONGUES: readonly Tongue[] = [
  ENGLISH,
  {
    solved: words(
      "gelöst|behoben|(?:das|es|was) hat (?:geholfen|funktioniert|geklappt)|das war(?:'s| es)",
      "(?:funktioniert|geht|läuft|klappt) (?:es )?(?:jetzt|nun|wieder)|jetzt (?:funktioniert|geht|läuft|klappt)",
    ),
    doubtful: words(
      "nichts?|nie|niemals|niemand|kein\\p{L}*|noch|ohne|aber|leider|nur|fast|teilweise|andere\\p{L}*|ander[emns]",
      "hoff\\p{L}*|wünsch\\p{L}*|glaub\\p{L}*|denk\\p{L}*|dachte|bezweif\\p{L}*|vielleicht|wohl|wahrscheinlich",
      "vorher|früher|gestern|bisher|bis|wenn|falls|ob|wann|sollte|müsste|könnte|würde|wäre|bitte(?! schließ)",
    ),
  },
  {
    solved: words(
      "résolue?s?|corrigée?|réglée?|c'était ça|(?:ça|cela) a (?:marché|fonctionné)",
      "(?:ça|cela) (?:marche|fonctionne)(?: (?:bien|enfin|parfaitement))*(?: maintenant|\\W*$|\\W+merci)",
      "maintenant (?:ça|cela) (?:marche|fonctionne)",
    ),
    doubtful: words(
      "pas|ne|n'\\p{L}+|jamais|rien|personne|sans|mais|encore|toujours|seulement|presque|partiellement|autre",
      "espère|espérons|doute|crois|pense|pensais|peut-être|si|quand|avant|hier|devrait|pourrait|s'il",
    ),
  },
  {
    solved: words(
      "resuelt[oa]|solucionad[oa]|funcionó(?! (?:en|hasta))|(?:ya|ahora) funciona|funciona ahora",
    ),
    doubtful: words(
      "no|nunca|nada|nadie|tampoco|sin|pero|todavía|aún|s[oó]lo|casi|parcialmente|otr[oa]",
      "espero|ojalá|dudo|creo|pienso|quizás?|si|cu[aá]ndo|antes|ayer|hasta|debería|podría|por favor",
    ),
  },
  {
    solved: words(
      "resolvid[oa]|solucionad[oa]|funcionou(?! (?:na|no|em|até))|(?:já|agora) funciona|funciona agora",
    ),
    doubtful: words(
      "não|nunca|nada|ninguém|nem|sem|mas|ainda|só|apenas|quase|parcialmente|outr[oa]",
      "espero|tomara|duvido|acho|penso|creio|talvez|se|quando|antes|ontem|até|deveria|poderia|por favor",
    ),
  },
  {
    solved: words("решен[оа]?|решён|заработал[оаи]?|теперь (?:вс[её] )?работает|работает теперь|это помогло"),
    doubtful: words(
      "не|нет|ни|никто|ничего|без|но|ещё|еще|пока|только|почти|частично|друг\\p{L}+",
      "надеюсь|сомневаюсь|думаю|думал\\p{L}?|кажется|наверное|если|бы|когда|раньше|вчера|до|пожалуйста",
    ),
  },
  {
    solved: /解[决決]了|已[经經]?解[决決]|搞定了/u,
    doubtful:
      /没|沒|未|不(?!错|錯|用)|无法|無法|但|希望|之前|以前|昨天|怀疑|懷疑|觉得|覺得|以为|以為|如果|[请請](?![关關])|部分|其他|另一|[吗嗎]/u,
  },
  {
    solved: /解決(?:しました|した|済み)|直りました|動くようになりました/u,
    doubtful:
      /ません|ない|なかった|[しっ]たが|ですが|けど|けれど|でも|しかし|思[いうっ]|たい|たら|れば|前は|以前|昨日|まだ|別の|一部|か\W*$|ください|かも/u,
  },
  {
    solved: /해결(?:됐|되었|했|하였|완료)|이제 (?:잘 )?(?:됩니다|돼요|작동합니다)/u,
    doubtful:
      /않|못|안(?=\s)|지만|는데|아직|없|바랍|바라|희망|[으다라]면|어제|전에|이전|다른|일부|까\W*$|주세요|것 같/u,
  },
];

/** A sentence that takes back what another one said. */
const TAKES_BACK =
  /^\W*(?:but|however|unfortunately|sadly)\b|\b(?:do|does|is|wo|ca)(?:n't| not) (?:work|solve|fix|help)|\bstill (?:fails?|crash\w*|broken|not|happens|the same)\b|^\P{L}*(?:aber|leider|mais|malheureusement|pero|mas|infelizmente|но)(?!\p{L})|^\P{L}*(?:但|不过|しかし|でも|하지만)/iu;

/** Does a text without quotes and code say that the problem is solved? */
export function claimsSolved(prose: string): boolean {
  const sentences = sentencesOf(prose);
  if (sentences.some((one) => TAKES_BACK.test(one))) return false;
  return sentences.some(
    (one) =>
      !isAsking(one) && TONGUES.some(({ solved, doubtful }) => solved.test(one) && !doubtful.test(one)),
  );
}
