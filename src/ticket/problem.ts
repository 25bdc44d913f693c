/**
 * Something that a person can mend, as opposed to a bug: shown once, with the way to mend it.
 * `line` and `column` count from 1.
 */
export interface Problem {
  /** `error`: what holds it is not used at all; `ignored`: only this part is left out. */
  severity: "error" | "ignored";
  /** The file, where it is not the settings. */
  file?: string;
  /** Where in the settings, such as `plans[0].sla.resolution`; empty for the whole file. */
  path: string;
  message: string;
  /** What to write instead, if we can tell. */
  suggestion?: string;
  line?: number;
  column?: number;
}
