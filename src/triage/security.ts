/** A rule that speaks for, or against, a report of a vulnerability. `weight` adds to a score; see `SUSPICION`. */
interface Clue {
  pattern: RegExp;
  weight: number;
  says: string;
}

/**
 * The score from which a report is treated as a suspected vulnerability. It takes one strong clue in the title, or two
 * in the text: on the issues at hand single words ("security", "attack") are mostly about features and hardening.
 */
const SUSPICION = 2;

/** Names of weaknesses: strong in a title, half as strong in the text. All are linear: no nested repetition. */
const WEAKNESSES: [RegExp, string][] = [
  [/\b(?:remote|arbitrary) code execution\b|\bRCE\b/i, "remote code execution"],
  [/\b(?:sql|command|code|shell|ldap|html|header|template|crlf|xpath) ?-?injection\b/i, "injection"],
  [/\bXSS\b|\bcross[- ]site scripting\b/i, "cross-site scripting"],
  [/\bCSRF\b|\bcross[- ]site request forgery\b/i, "cross-site request forgery"],
  [/\bSSRF\b|\bserver[- ]side request forgery\b/i, "server-side request forgery"],
  [/\bXXE\b|\bxml external entit/i, "XML external entities"],
  [/\b(?:path|directory) traversal\b|\bzip slip\b/i, "path traversal"],
  [/\bprivilege escalation\b|\bescalate (?:his|her|their|my)? ?privileges?\b/i, "privilege escalation"],
  [
    /\b(?:auth|authentication|authorization|authorisation|login|2fa|mfa|permission|sandbox) bypass\b/i,
    "a bypass",
  ],
  [
    /\bbypass(?:es|ed|ing)? (?:the )?(?:auth\w*|login|permissions?|2fa|access control|sandbox)\b/i,
    "a bypass",
  ],
  [
    /\b(?:buffer|heap|stack|integer)[- ](?:based )?(?:buffer )?over(?:flow|read)\b|\bout[- ]of[- ]bounds (?:read|write)\b/i,
    "a memory overflow",
  ],
  [/\buse[- ]after[- ]free\b|\bdouble[- ]free\b/i, "a use after free"],
  [/\bprototype pollution\b/i, "prototype pollution"],
  [/\b(?:insecure|unsafe|untrusted) deserialization\b/i, "unsafe deserialization"],
  [/\b(?:session|account|cookie|token) (?:fixation|hijack(?:ing)?|takeover|theft)\b/i, "a takeover"],
  [
    /\b(?:leak|leaks|leaking|leaked|expose|exposes|exposed|disclose|discloses|disclosed)\b.{0,40}\b(?:credentials?|passwords?|secrets?|tokens?|private keys?)\b/i,
    "leaked credentials",
  ],
  [
    /\b(?:security|critical) (?:vulnerability|vulnerabilities|hole|flaw)\b|\b(?:0|zero)[- ]day\b/i,
    "a vulnerability",
  ],
  [/\bReDoS\b|\bdenial[- ]of[- ]service\b/i, "denial of service"],
  [/\bopen redirect\b|\bclickjacking\b|\bsubdomain takeover\b/i, "a web weakness"],
  [
    /漏洞|脆弱性|취약점|vulnerabilidades? |vulnerabilidades?$|Sicherheitsl(?:ü|ue)cke|vulnérabilités?|faille de sécurité|уязвимост/i,
    "a vulnerability",
  ],
];

/** Words that turn up around real reports: they support, and never suffice alone. */
const SUPPORT: Clue[] = [
  {
    pattern:
      /\battackers?\b|\bmalicious (?:user|actor|input|file|packet|request|server|payload)\b|攻击者|攻撃者|공격자|atacante|Angreifer|attaquant|злоумышленник/i,
    weight: 0.75,
    says: "an attacker",
  },
  { pattern: /\bexploit(?:s|ed|able|ing|ation)?\b/i, weight: 0.75, says: "an exploit" },
  { pattern: /\bproof[- ]of[- ]concept\b|\bPoC\b/, weight: 0.5, says: "a proof of concept" },
  { pattern: /\bCVSS\b|\bCWE-\d+/i, weight: 1, says: "a severity rating" },
  { pattern: /\bvulnerab(?:le|ility|ilities)\b/i, weight: 0.75, says: "the word vulnerability" },
];

/** What the same words mean when nothing is being disclosed. */
const AGAINST: Clue[] = [
  {
    pattern: /\b(?:bump|upgrade|update|dependabot|renovate|snyk|npm audit|dependenc(?:y|ies)|transitive)\b/i,
    weight: -1.5,
    says: "a dependency with a known weakness",
  },
  {
    pattern:
      /^\s*(?:how (?:do|can|to|should)|what (?:is|are)|is (?:there|it)|can (?:i|we|you)|does|question\b)/i,
    weight: -1.5,
    says: "a question",
  },
  {
    pattern:
      /^\s*(?:\[?(?:feature|proposal|rfc|docs?)\b|add|support|allow|document|implement|improve|consider)/i,
    weight: -1.25,
    says: "a proposal",
  },
];

export interface Suspicion {
  suspected: boolean;
  score: number;
  because: string[];
}

/**
 * Does the text report a vulnerability? By rules that can be read, since models reach a precision of .2 to .4 across
 * projects: too little for a label, and a missed report costs more than a polite pointer.
 * `prose` is the text without code.
 */
export function suspectVulnerability(title: string, prose: string): Suspicion {
  const because: string[] = [];
  let score = 0;
  const count = (weight: number, says: string) => {
    score += weight;
    because.push(says);
  };
  for (const [pattern, says] of WEAKNESSES) {
    if (pattern.test(title)) count(2, `the title names ${says}`);
    else if (pattern.test(prose)) count(1, `the text names ${says}`);
  }
  if (score === 0) return { suspected: false, score: 0, because: [] };
  for (const { pattern, weight, says } of SUPPORT) {
    if (pattern.test(title) || pattern.test(prose)) count(weight, `the text mentions ${says}`);
  }
  for (const { pattern, weight, says } of AGAINST) {
    if (pattern.test(title)) count(weight, `but the title reads like ${says}`);
  }
  return { suspected: score >= SUSPICION, score, because };
}
