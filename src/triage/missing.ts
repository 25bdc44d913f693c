import type { IssueForm } from "../ticket/repository.ts";

/** What of a field can be told from free text, for reporters who did not use the form. */
interface Evidence {
  /** Field names that ask for it. */
  field: RegExp;
  /** Text that gives it. None looks for the rest of a match over the whole text: bodies have 65,536 characters. */
  given: RegExp;
}

const EVIDENCE: Evidence[] = [
  {
    field: /version|release|版本|バージョン|버전|versi[oó]n|vers[aã]o|версия/i,
    given: /\bv?\d+\.\d+(?:\.\d+)?|\b(?:nightly|canary|main branch|master|HEAD)\b|\b[0-9a-f]{7,40}\b/i,
  },
  {
    field: /repro|steps|步骤|手順|단계|pasos|passos|schritte|étapes|шаги/i,
    given:
      /\brepro(?:duce|duction)?\b|\bsteps\b|^[ \t]*(?:1[.)]|[-*] )\s*\S|复现|步骤|再現|手順|재현|reproduc|reproduz|schritte|étapes|воспроизв|```/im,
  },
  {
    field: /expect|期望|期待|예상|esperad|erwartet|attendu|ожида/i,
    given:
      /\bexpect|\bshould\b|\binstead\b|期望|应该|期待|はず|예상|esper|debería|deveria|erwart|sollte|attend|devrait|ожида|долж/i,
  },
  {
    field: /actual|happen|current behaviou?r|实际|実際|실제|sucede|acontece|tatsächlich|actuel|фактич/i,
    given: /\S[\s\S]{60,}/,
  },
  {
    field:
      /\b(?:os|operating system|platform|environment|browser|device)\b|系统|环境|環境|환경|sistema|entorno|ambiente|betriebssystem|umgebung|environnement|окружение/i,
    given:
      /\b(?:windows|macos|mac os|os ?x|linux|ubuntu|debian|fedora|arch|alpine|android|ios|docker|chrome|firefox|safari|edge|wsl)\b/i,
  },
  {
    field:
      /\blogs?\b|stack ?trace|traceback|error (?:message|output)|日志|ログ|로그|registro|protokoll|journal|лог/i,
    given: /```|^[ \t]+at .+:\d+|Traceback|(?:Error|Exception)\b.{0,300}:|panicked at/m,
  },
];

const EMPTY_ANSWER = /^\s*(?:_no response_|n\/?a|none|-+|\.+|todo|tbd)?\s*$/i;

/** `### Question` headings of a form with their answers, HTML comments left out. Linear in the length of the text. */
export function formAnswers(body: string): Map<string, string> {
  const answers = new Map<string, string>();
  let heading: string | null = null;
  let fenced = false;
  let lines: string[] = [];
  const flush = () => {
    if (heading !== null) answers.set(fold(heading), withoutComments(lines.join("\n")));
    lines = [];
  };
  for (const line of body.split(/\r?\n/)) {
    if (/^\s*(?:```|~~~)/.test(line)) fenced = !fenced;
    const match = fenced ? null : /^#{1,6}\s+(\S.*)$/.exec(line);
    if (match) {
      flush();
      heading = match[1] ?? "";
    } else lines.push(line);
  }
  flush();
  return answers;
}

function withoutComments(text: string): string {
  let out = "";
  let from = 0;
  for (;;) {
    const start = text.indexOf("<!--", from);
    if (start < 0) return out + text.slice(from);
    out += text.slice(from, start);
    const end = text.indexOf("-->", start);
    if (end < 0) return out;
    from = end + 3;
  }
}

function fold(text: string): string {
  return text
    .normalize("NFKC")
    .toLowerCase()
    .replace(/[*_`:：?？#]/g, "")
    .replace(/\s+/g, " ")
    .trim();
}

/** The form that an issue was made with: the one most of whose fields stand as headings in it (at least half). */
export function usedForm(forms: IssueForm[], answers: Map<string, string>): IssueForm | null {
  let best: IssueForm | null = null;
  let share = 0.5;
  for (const form of forms) {
    if (form.fields.length === 0) continue;
    const found = form.fields.filter((field) => answers.has(fold(field.label))).length / form.fields.length;
    if (found < share || (found === share && best)) continue;
    best = form;
    share = found;
  }
  return best;
}

/** The form that a bug report should have used: by its labels, else by its name. */
function bugForm(forms: IssueForm[], bugLabel: string | null): IssueForm | null {
  const byLabel = forms.find(
    (form) => bugLabel !== null && form.labels.some((l) => fold(l) === fold(bugLabel)),
  );
  return byLabel ?? forms.find((form) => /\bbug|defect|crash|缺陷|バグ|버그/i.test(form.name)) ?? null;
}

/**
 * The fields that a bug report lacks: required by its form, by the repository's form for bugs when it used none, or by
 * the settings. A field counts as given when its heading has an answer, or when the text has what such a field asks
 * for; a field that free text cannot show (`Component`, say) is only missed in a form that was used.
 */
export function missingFields(
  report: { title: string; body: string },
  forms: IssueForm[],
  bugLabel: string | null,
  requiredBySettings: string[],
): string[] {
  const answers = formAnswers(report.body);
  const used = usedForm(forms, answers);
  const form = used ?? bugForm(forms, bugLabel);
  const required = form ? form.fields.filter((field) => field.required).map((field) => field.label) : [];
  const text = `${report.title}\n${withoutComments(report.body)}`;
  const fromForm = required.filter((label) => isMissing(label, answers, text, used !== null));
  const fromSettings = requiredBySettings.filter((label) => isMissing(label, answers, text, true));
  return [...new Map([...fromForm, ...fromSettings].map((label) => [fold(label), label])).values()];
}

function isMissing(label: string, answers: Map<string, string>, text: string, strict: boolean): boolean {
  const answer = answers.get(fold(label));
  if (answer !== undefined) return EMPTY_ANSWER.test(answer);
  const evidence = EVIDENCE.find(({ field }) => field.test(label));
  if (evidence) return !evidence.given.test(text);
  return strict && !fold(text).includes(fold(label));
}

/** Of the fields that are missing, those that a later comment does not give either. */
export function stillMissing(missing: string[], comment: string): string[] {
  const answers = formAnswers(comment);
  return missing.filter((label) => isMissing(label, answers, comment, true));
}
