import type { Kind } from "../../learning/kind.ts";
import type { MessageName } from "../../messages/sentence.ts";
import { inlineCode } from "../../messages/sanitize.ts";
import { say, type Voice } from "../../messages/template.ts";
import type { Attainment } from "../metrics/attainment.ts";

const CLOCK = {
  firstResponse: "slaFirstResponse",
  nextResponse: "slaNextResponse",
  resolution: "slaResolution",
} as const satisfies Record<Attainment["clock"], MessageName>;

export function clockName(voice: Voice, clock: Attainment["clock"]): string {
  return say(voice, CLOCK[clock]);
}

const KIND = {
  bug: "kindBug",
  feature: "kindFeature",
  question: "kindQuestion",
  documentation: "kindDocumentation",
  performance: "kindPerformance",
  security: "kindSecurity",
} as const satisfies Record<Kind, MessageName>;

/** null: of no kind that is told. */
export function kindName(voice: Voice, kind: Kind | null): string {
  return say(voice, kind === null ? "reportOther" : KIND[kind]);
}

/** `12/docs/a.md#b` -> the path and the section, as code: the repository's number says nothing to people. */
export function articleName(id: string): string {
  return inlineCode(id.replace(/^\d+\//, ""), 120);
}
