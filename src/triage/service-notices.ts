import { slaCall, slaTitle } from "../messages/notice.ts";
import type { Voice } from "../messages/template.ts";
import type { Settings } from "../settings/schema.ts";
import type { Action, CommentSlot } from "../ticket/action.ts";
import type { Channel, Notice } from "../ticket/notice.ts";
import type { ServiceState } from "../ticket/service.ts";
import type { Thread } from "../ticket/thread.ts";
import { threadName } from "../ticket/thread.ts";
import type { Ticket } from "../ticket/ticket.ts";
import type { EscalationStep } from "./escalation.ts";
import { quietUntil } from "./quiet-hours.ts";
import type { Due } from "./serve.ts";
import type { SlaNotice } from "./sla.ts";

/** What notices are made of. `private`: they rest on what the public may not know. */
export interface Told {
  ticket: Ticket;
  thread: Thread;
  due: Due;
  private: boolean;
  now: number;
}

/** The private words on promises that run out: to all channels that are set up, each stage of each clock once. */
export function slaNotices(told: Told): Action[] {
  return told.due.notices.map((notice): Action => {
    const { clock, cycle, stage, repetition } = notice;
    const kind = stage === "warning" ? "sla-warning" : "sla-breach";
    const slot = `sla:${clock}/${cycle}/${stage}/${repetition}${mark(told)}`;
    return { type: "notify", slot, notice: noticeOf(told, kind, titleOf(told, notice), null) };
  });
}

/** What the steps of the ladder say: a call on the ticket, and words into the channels that the step names. */
export function ladderWords(told: Told, settings: Settings): Action[] {
  const { due } = told;
  const voice = { language: settings.language === "auto" ? "en" : settings.language };
  const quiet = isUrgent(told) ? null : quietUntil(settings.notifications.quietHours, told.now);
  const wait = quiet === null ? {} : { notBefore: quiet };
  return due.steps.flatMap((step) => wordOf(told, step, voice, wait) ?? []);
}

const isUrgent = ({ due }: Told) => due.state.priority?.level === "P0";

/** `wait`: until when a call on the ticket is put off. Other words wait where they are sent. */
function wordOf(told: Told, step: EscalationStep, voice: Voice, wait: { notBefore?: number }): Action | null {
  const { thread, now } = told;
  const { action, key, clock } = step;
  switch (action.type) {
    case "label":
    case "assign":
      return null;
    case "mention": {
      const slot: CommentSlot = `sla:${key}`;
      const named = { name: threadName(thread), url: thread.url };
      const body = slaCall(voice, slot, action.who, named, clock, dueIn(step, now));
      return { type: "comment", slot, body, ...wait };
    }
    case "slack":
    case "email":
    case "webhook": {
      const notice = noticeOf(told, "escalation", titleOf(told, step), [action.type]);
      return { type: "notify", slot: `escalation:${key}${mark(told)}`, notice };
    }
  }
}

/** A promise that is broken is overdue even in the very moment in which it breaks. */
function dueIn(about: SlaNotice | EscalationStep, now: number): number {
  const rest = (about.dueAt ?? now) - now;
  const broken = "stage" in about ? about.stage !== "warning" : about.at >= 1;
  return broken ? Math.min(rest, -1_000) : rest;
}

const mark = (told: Told) => (told.private ? ":private" : "");

function titleOf({ thread, now }: Told, about: SlaNotice | EscalationStep): string {
  return slaTitle({ language: "en" }, threadName(thread), about.clock, dueIn(about, now));
}

function noticeOf(told: Told, kind: Notice["kind"], title: string, channels: Channel[] | null): Notice {
  const { ticket, thread, due, now } = told;
  return {
    kind,
    title,
    text: reasons(due.state, due.because).join("\n"),
    url: thread.url,
    ticket: ticket.key,
    private: told.private || thread.private,
    urgent: isUrgent(told),
    channels,
    at: now,
  };
}

/** Why a ticket is served as it is: the plan, the terms of the priority, the promise, and whose it is. */
export function reasons(state: ServiceState, promise: string | null): string[] {
  return [
    ...(state.plan === null ? [] : state.because),
    ...(state.priority?.because ?? []),
    ...(promise === null ? [] : [promise]),
    ...state.givenBecause,
  ];
}
