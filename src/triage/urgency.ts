/** What a reporter's words can say about how pressing a ticket is. */
export type SignalName =
  | "outage"
  | "data loss"
  | "blocked"
  | "deadline"
  | "regression"
  | "many affected"
  | "crash";

export interface Signal {
  name: SignalName;
  points: number;
  /** The words that said so; without them it would not have been seen. */
  words: string;
}

/** On the scale of 0 to 5. Words alone never reach 5: that takes other people. */
const POINTS: Record<SignalName, number> = {
  outage: 4,
  "data loss": 4,
  blocked: 3,
  "many affected": 3,
  deadline: 2.5,
  regression: 2.5,
  crash: 2,
};

type Patterns = Partial<Record<SignalName, RegExp>>;

/** Patterns meet text in small letters: that halves their time. */
const english = (source: string): RegExp => new RegExp(`\\b(?:${source})\\b`);
/** `\b` knows only ASCII letters. */
const word = (source: string): RegExp => new RegExp(`(?:${source})(?![\\p{L}\\p{N}_])`, "u");
/** Chinese and Japanese have no spaces between words. */
const part = (source: string): RegExp => new RegExp(source, "u");

const ENGLISH: Patterns = {
  outage: english(
    "outage|(?:production|prod|site|website|server|service|cluster|instance|system|everything|app) (?:is|are|was|went|has been|keeps going|goes) (?:completely |totally |currently )?(?:down|offline|unreachable|unavailable)|(?:prod|production|site|everything) down|(?:completely|totally) (?:down|unusable)|(?:nobody|no one|none of our users) can (?:log ?in|work|sign in|access)",
  ),
  "data loss": english(
    "data (?:loss|corruption|is lost|gets lost|was lost|got lost|disappears?|disappeared)|los(?:t|es|ing) (?:all |my |our |the |user |customer )*(?:data|files?|work|records|changes|documents)|(?:deletes|deleted|corrupts|corrupted|wipe[sd]|erase[sd]|destroy(?:s|ed)|overwr(?:ites|ote)) (?:all |my |our |the |user |existing )*(?:data|files|databases?|records|documents|disk|partition)",
  ),
  blocked: english(
    "block(?:s|ed|ing) (?:us|me|our|my|the release|a release|production|everyone)|show ?stopper|release[- ]blocker|cannot (?:ship|release|deploy|upgrade) (?:until|because|without)",
  ),
  deadline: english(
    "deadline|by (?:tomorrow|tonight|today|monday|tuesday|wednesday|thursday|friday|end of (?:the )?(?:day|week|month)|next week)|(?:go(?:es|ing)?|goes) live (?:on|in|today|tomorrow|next|this)|(?:release|launch|demo|ship(?:ping)?)(?: date)? (?:is )?(?:due|scheduled|today|tomorrow|this week|next week|on (?:mon|tues|wednes|thurs|fri)day)",
  ),
  regression: english(
    "regression|regressed|(?:used to|previously|formerly) work(?:ed)?|worked (?:fine |perfectly |well |correctly |great )?(?:in|with|on|until|till|before|prior|yesterday|for)|(?:no longer|stopped|stops) work(?:s|ing)?|(?:since|after) (?:the |an? |we |i |my |our )?(?:last |latest |recent |new )?(?:upgrad(?:e|ing|ed)|updat(?:e|ing|ed)|version \\d|v\\d)",
  ),
  "many affected": english(
    "(?:all|many|most|multiple|several|numerous|hundreds of|thousands of) (?:of )?(?:our |the |my )?(?:users|customers|employees|teams|installations)|(?:affects|affecting|hits|hitting|impacts|impacting) (?:everyone|everybody|all (?:of )?(?:our |the )?users|many (?:users|people)|most (?:users|people))",
  ),
  crash: english(
    "crash(?:es|ed|ing)?|seg(?:mentation )?fault(?:s|ed)?|panic(?:s|ked|king)?|deadlocks?|freezes|hangs (?:forever|indefinitely)|out of memory|infinite loop",
  ),
};

const OTHERS: Record<string, Patterns> = {
  de: {
    outage: word(
      "ausfall|(?:produktion|server|system|dienst|seite|website) (?:ist |sind )?(?:komplett |völlig )?(?:ausgefallen|down|offline|nicht erreichbar)",
    ),
    "data loss": word("datenverlust|daten (?:sind |gehen |gingen |wurden )?(?:verloren|gelöscht|zerstört)"),
    deadline: word("frist|bis (?:morgen|heute|freitag|montag|ende der woche)"),
    regression: word(
      "früher (?:ging|funktionierte)|funktioniert(?:e)? (?:nicht mehr|vorher)|(?:seit|nach) dem (?:letzten )?(?:update|upgrade)",
    ),
    "many affected": word("(?:alle|viele|mehrere|unsere) (?:nutzer|benutzer|anwender|kunden)"),
    crash: word("absturz|stürzt ab|abgestürzt"),
  },
  fr: {
    outage: word(
      "panne|(?:production|serveur|service|site) (?:est )?(?:hors service|inaccessible|indisponible|hors ligne)",
    ),
    "data loss": word("perte de données|données (?:ont été )?(?:perdues|supprimées|effacées)"),
    deadline: word("date limite|d'ici (?:demain|vendredi|lundi|ce soir)|avant (?:demain|vendredi|lundi)"),
    regression: word(
      "régression|ne (?:marche|fonctionne) plus|(?:depuis|après) la (?:dernière )?mise à jour",
    ),
    "many affected": word("(?:tous|plusieurs|beaucoup de|nos) (?:les |nos )?(?:utilisateurs|clients)"),
    crash: word("plante|plantage"),
  },
  es: {
    outage: word(
      "(?:producción|servidor|servicio|sitio|sistema) (?:está |esta )?(?:caído|caída|caido|inaccesible)|interrupción del servicio",
    ),
    "data loss": word(
      "pérdida de datos|(?:perdió|perdieron|perdimos|borra|borró) (?:todos )?(?:los )?(?:datos|archivos)",
    ),
    deadline: word("fecha límite|(?:para|antes de[l]?) (?:mañana|el viernes|el lunes|viernes|lunes)"),
    regression: word(
      "regresión|(?:ya no|dejó de) funciona[r]?|(?:desde|tras|después de) la (?:última )?actualización",
    ),
    "many affected": word("(?:todos|muchos|varios|nuestros) (?:los |nuestros )?(?:usuarios|clientes)"),
    crash: word("se cierra solo|se cuelga|se bloquea"),
  },
  pt: {
    outage: word(
      "(?:produção|servidor|serviço|site|sistema) (?:está )?(?:fora do ar|caiu|inacessível|indisponível)",
    ),
    "data loss": word(
      "perda de dados|(?:perdeu|perdemos|apaga|apagou) (?:todos )?(?:os )?(?:dados|arquivos)",
    ),
    deadline: word("prazo|até (?:amanhã|sexta|segunda)"),
    regression: word(
      "regressão|(?:não funciona mais|parou de funcionar)|(?:desde|após|depois d)a? (?:última )?atualização",
    ),
    "many affected": word(
      "(?:todos|muitos|vários|nossos) (?:os |nossos )?(?:usuários|utilizadores|clientes)",
    ),
    crash: word("trava|travou"),
  },
  zh: {
    outage: part(
      "(?:生产环境|线上|服务器?|网站|系统|集群)(?:已经|完全|全部)?(?:宕机|挂了|崩溃了|不可用|无法访问)",
    ),
    "data loss": part("数据(?:丢失|损坏|被删除|全部丢失)|丢失(?:了)?数据"),
    deadline: part("截止日期|(?:明天|今天|本周|周五)(?:之前|前)(?:必须)?(?:上线|发布|交付)?"),
    regression: part("回归问题|(?:升级|更新)(?:之后|以后|后)|(?:以前|之前)(?:是|可以|能)?正常"),
    "many affected": part("(?:所有|很多|大量|许多)(?:的)?(?:用户|客户)"),
    crash: part("闪退|死机|段错误"),
  },
  ja: {
    outage: part(
      "(?:本番環境|サーバー?|サービス|サイト|システム)(?:が|は)(?:完全に)?(?:ダウン|停止|落ち)|障害が発生",
    ),
    "data loss": part("データ(?:が|の)?(?:消失|消え|失われ|破損)"),
    deadline: part("締め?切り?|(?:明日|今日|今週|金曜)まで"),
    regression: part("リグレッション|(?:アップデート|アップグレード|更新)(?:の)?後|以前は(?:動|正常)"),
    "many affected": part("(?:すべて|全て|多く|多数)の(?:ユーザー?|顧客)"),
    crash: part("クラッシュ|強制終了"),
  },
};

/** What turns a signal into its opposite, or into a mere case, when it stands shortly before. */
const DENIAL =
  /(?:(?<![\p{L}'])(?:no|not|non|never|without|avoid(?:s|ing)?|prevent(?:s|ing)?|if|unless|kein|keine|keinen|nicht|ohne|falls|pas de|sans|aucune?|sin|ning[uú]n|nunca|sem|n[aã]o h[aá]|could|might|would)|n['’]t|没有|不会|如果|若|无)\s?(?:[\p{L}'’]+\s){0,3}$/u;

/** How much of a text is looked at: who buries the outage below 8,000 characters did not mean to be seen. */
const LENGTH = 8000;

/**
 * The signals of a text, the strongest first, each once however often it is repeated. `text` is the reporter's own
 * words (no code, no quotes); `language` an ISO 639-1 code. English is always looked for, as people mix it in.
 */
export function urgencySignals(text: string, language: string | null): Signal[] {
  const looked = text.slice(0, LENGTH).toLowerCase();
  const tables = [ENGLISH, ...(language && OTHERS[language] ? [OTHERS[language]] : [])];
  const found = (Object.keys(POINTS) as SignalName[]).flatMap((name) => {
    const words = tables.map((patterns) => affirmed(looked, patterns[name])).find((match) => match !== null);
    return words ? [{ name, points: POINTS[name], words }] : [];
  });
  return found.sort((a, b) => b.points - a.points);
}

/** The first match that is neither denied nor the end of a longer word; or null. */
function affirmed(text: string, pattern: RegExp | undefined): string | null {
  if (!pattern) return null;
  for (const { 0: match, index } of text.matchAll(new RegExp(pattern, `${pattern.flags}g`))) {
    const before = text.slice(Math.max(0, index - 40), index);
    // A denial reaches to the end of its sentence at most.
    const clause = before.split(/[.!?;:\n。！？]/).at(-1) ?? "";
    const within = /\p{Script=Latin}$/u.test(before);
    if (!within && !DENIAL.test(clause)) return match.replace(/\s+/g, " ").slice(0, 60);
  }
  return null;
}

/** Not `immediately`: in bug reports it says when something fails, not how soon it must be mended. */
const HASTE = /(?:\b(?:urgent(?:ly)?|asap|emergency|dringend|urgente)\b|紧急|緊急|至急)/;

/** Loudness: words of haste, capitals, rows of exclamation marks. Each says how the reporter feels, not what is wrong. */
export function shouting(title: string, prose: string): string[] {
  const text = `${title}\n${prose.slice(0, LENGTH)}`;
  const haste = HASTE.exec(text.toLowerCase());
  const letters = title.match(/\p{L}/gu)?.length ?? 0;
  const capitals = title.match(/\p{Lu}/gu)?.length ?? 0;
  return [
    ...(haste ? [`says "${haste[0]}"`] : []),
    // Short titles of capitals, such as "HTTP/2 TLS GREASE", are names.
    ...(letters >= 20 && capitals / letters > 0.7 ? ["a title in capitals"] : []),
    ...(/[!！]{2,}/u.test(text) ? ["exclamation marks"] : []),
  ];
}
