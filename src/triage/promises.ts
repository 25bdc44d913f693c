import type { Settings } from "../settings/schema.ts";
import type { Ledger } from "../ticket/clocks.ts";
import type { Fact } from "../ticket/fact.ts";
import type { ServiceState } from "../ticket/service.ts";
import type { Ticket } from "../ticket/ticket.ts";
import { readClocks } from "./clocks.ts";
import { policyFor } from "./policies.ts";
import { type ClockReading, readSla } from "./sla.ts";

type PromiseFact = Fact & { type: "sla" };

/**
 * What became of a ticket's promises, as far as it is not written down yet: each was warned of, kept or broken once.
 * `at`: when what stopped a clock happened. A promise is kept when what was promised came in time; a clock that merely
 * stands still has kept nothing. Where there is a second decision for a private customer, its promises are written down
 * beside those that the public may know of.
 */
export function promiseFacts(ticket: Ticket, settings: Settings, at: number, now: number): PromiseFact[] {
  const { service, privateService } = ticket;
  const facts = (state: ServiceState | undefined, hidden: boolean) =>
    factsOf(ticket, state, hidden, settings, at, now);
  return [...facts(service, false), ...facts(privateService, true)];
}

function factsOf(
  { timeline = [] }: Ticket,
  service: ServiceState | undefined,
  hidden: boolean,
  settings: Settings,
  at: number,
  now: number,
): PromiseFact[] {
  const policy = service ? policyFor(settings, service.plan, service.priority?.level ?? null) : null;
  if (!service || !policy) return [];
  const ledger = readClocks(service.clocks);
  return readSla(service.clocks, policy, now).flatMap((reading): PromiseFact[] => {
    const { clock, cycle } = reading;
    const { told } = service.clocks;
    const warned = told[clock]?.cycle === cycle && (told[clock]?.level ?? 0) > 0;
    const fact = (outcome: PromiseFact["outcome"], when: number): PromiseFact[] => {
      const known = timeline.some(
        (one) =>
          one.type === "sla" &&
          one.clock === clock &&
          one.cycle === cycle &&
          one.outcome === outcome &&
          (one.private ?? false) === hidden,
      );
      if (known) return [];
      const named = policy.because.replace("SLA of ", "");
      const mark = hidden ? { private: true as const } : {};
      return [{ at: when, type: "sla", policy: named, clock, cycle, outcome, ...mark }];
    };
    if (!reading.met) return fact("breached", reading.dueAt ?? at);
    if (isKept(reading, ledger)) return fact("met", at);
    return warned ? fact("warned", at) : [];
  });
}

/** Did what was promised come? */
function isKept({ clock, cycle, running }: ClockReading, ledger: Ledger): boolean {
  if (running) return false;
  switch (clock) {
    case "firstResponse":
      return ledger.answered;
    case "nextResponse":
      return cycle < ledger.nextResponse.length - 1 || !ledger.owed;
    case "resolution":
      return ledger.closed;
  }
}
