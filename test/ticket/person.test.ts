import { describe, expect, it } from "@jest/globals";
import { figures } from "../../src/reports/measure.ts";
import { courseOf } from "../../src/reports/course.ts";
import type { BacklogThread } from "../../src/ticket/backlog-thread.ts";
import { INSTALLATION, REPOSITORY, THREAD, TICKET } from "../../src/ticket/people.ts";
import { isLogin, mentionsOf, payloadNames, withoutPerson } from "../../src/ticket/person.ts";
import {
  withoutAuthors,
  withoutOldAsking,
  withoutOldTeam,
  withoutPeople,
} from "../../src/ticket/retention.ts";
import type { Installation, Repository } from "../../src/ticket/repository.ts";
import { newTicket, type Ticket } from "../../src/ticket/ticket.ts";
import { newService } from "../../src/triage/serve.ts";
import { NOW, OPENED, thread } from "../builders/facts.ts";
import { sampleInstallation, sampleRepository, sampleThread } from "../store/samples.ts";

const wanted = (login: string) => ({ login, hosts: ["github.com"] });

const ticket: Ticket = {
  ...newTicket(thread()),
  triage: {
    kind: "bug",
    confidence: 0.9,
    because: ['"crashes"'],
    missing: [],
    asked: false,
    at: NOW,
  },
  signs: { C_1: [{ by: "mona", rating: 1, at: NOW }] },
  credit: { plan: "gold", customer: "mona", credits: 1, state: "used" },
  others: ["otto", "Mona"],
  feedback: [
    { id: "a", rating: 4, text: "Great", respondent: "MONA", at: NOW },
    { id: "b", rating: 2, text: "Meh", respondent: "otto", at: NOW },
  ],
  service: { ...newService(OPENED), given: ["mona"], givenBecause: ["assigned to mona, who knows boards"] },
  timeline: [
    { at: OPENED, type: "opened", by: "reporter" },
    { at: OPENED, type: "shown", help: "article", id: "12/a.md#b" },
    { at: NOW, type: "rated", by: "mona", rating: 1 },
    { at: NOW, type: "rated", by: "otto", rating: -1 },
    { at: NOW, type: "assigned", login: "mona" },
    { at: NOW + 1, type: "spoke", by: "team" },
  ],
};

describe("what is held of a person", () => {
  it("is found wherever it stands, in whatever case", () => {
    const theirs = { ...ticket, author: "otto" };
    expect(mentionsOf(TICKET, theirs, wanted("mona")).map(({ path }) => path)).toEqual([
      "signs.C_1[0].by",
      "credit.customer",
      "others[1]",
      "feedback[0]",
      "service.given[0]",
      "service.givenBecause[0]",
      "timeline[2].by",
      "timeline[4].login",
    ]);
  });

  it("of their own ticket is all of it", () => {
    expect(mentionsOf(TICKET, ticket, wanted("mona"))).toEqual([{ path: "", value: ticket }]);
  });

  it("is gone afterwards, and nothing else is", () => {
    const without = withoutPerson(TICKET, ticket, wanted("mona"));
    expect(mentionsOf(TICKET, without, wanted("mona"))).toEqual([]);
    expect(without).toEqual({
      ...ticket,
      author: "ghost",
      triage: { ...ticket.triage, because: [] },
      credit: { ...ticket.credit, customer: "ghost" },
      signs: { C_1: [{ by: "ghost", rating: 1, at: NOW }] },
      others: ["otto"],
      feedback: [{ id: "a", rating: 4, text: "", respondent: "ghost", at: NOW }, ticket.feedback?.[1]],
      service: { ...ticket.service, given: [], givenBecause: ["assigned to ghost, who knows boards"] },
      timeline: ticket.timeline?.map((fact) =>
        fact.type === "assigned"
          ? { ...fact, login: "ghost" }
          : fact.type === "rated" && fact.by === "mona"
            ? { ...fact, by: "ghost" }
            : fact,
      ),
    });
  });

  it("is kept apart from other people's where words are counted", () => {
    const { timeline } = withoutPerson(TICKET, ticket, { ...wanted("mona"), alias: "somebody" });
    expect(timeline?.[2]).toMatchObject({ by: "somebody" });
  });

  it.each([
    "open",
    "issue",
    "team",
    "reporter",
    "timeline",
    "author",
    "watch",
    "bug",
    "new",
    "rated",
    "desk",
  ])("is nothing where %s is a word of ours and nobody's login", (login) => {
    const other = { ...ticket, service: { ...newService(OPENED), givenBecause: [`the ${login} is next`] } };
    expect(mentionsOf(TICKET, other, wanted(login))).toEqual([]);
    expect(withoutPerson(TICKET, other, wanted(login))).toEqual(other);
    const repository = sampleRepository(1);
    expect(withoutPerson(REPOSITORY, repository, wanted(login))).toEqual(repository);
  });

  it("is no more of a ticket than names them, where their login is a word of ours", () => {
    const theirs: Ticket = { ...ticket, status: "open", others: ["open"] };
    expect(withoutPerson(TICKET, theirs, wanted("open"))).toEqual({ ...theirs, others: [] });
  });
});

describe("a thread", () => {
  const backlog: BacklogThread = {
    ...sampleThread(1, 7),
    author: "mona",
    title: "Crash",
    body: "It crashed",
    said: [{ nodeId: "a", author: "otto", body: "@mona, see @Mona and @mona-lisa", url: "u", at: 1 }],
    answer: { body: "Use 2.0", url: "u", author: "otto" },
  };

  it("loses the words that a person wrote", () => {
    expect(withoutPerson(THREAD, backlog, wanted("mona"))).toEqual({
      ...backlog,
      author: "ghost",
      title: "",
      body: "",
      said: [{ ...backlog.said?.[0], body: "ghost, see ghost and @mona-lisa" }],
    });
    expect(withoutPerson(THREAD, backlog, wanted("otto"))).toEqual({
      ...backlog,
      said: [{ ...backlog.said?.[0], author: "ghost", body: "" }],
      answer: { body: "", url: "u", author: "ghost" },
    });
  });

  it.each([
    [
      "see https://github.com/mona, and https://www.github.com/Mona?tab=stars",
      "see https://github.com/ghost, and https://www.github.com/ghost?tab=stars",
    ],
    ["@mona @mona (@mona) @mona.", "ghost ghost (ghost) ghost."],
    ["https://github.com/mona/lantern is theirs", null],
    ["https://example.org/mona, mona, mail@mona, @mona/cli, @mona[bot], @ramona, @mona_acme", null],
  ])("of somebody else: %s", (body, after) => {
    const other: BacklogThread = { ...backlog, author: "otto", said: [], body };
    expect(withoutPerson(THREAD, other, wanted("mona")).body).toBe(after ?? body);
    expect(mentionsOf(THREAD, other, wanted("mona"))).toHaveLength(after ? 1 : 0);
  });
});

describe("what names fields by people", () => {
  const repository: Repository = {
    ...sampleRepository(1),
    roles: { at: 1, complete: true, byLogin: { mona: "read", otto: "triage" } },
    rota: { assignedAt: { mona: 5, otto: 6 }, responses: { mona: [1] }, respondedAt: { mona: 5 } },
    "surveyed:mona": 5,
  };

  it("loses those of a person", () => {
    expect(withoutPerson(REPOSITORY, repository, wanted("Mona"))).toEqual({
      ...sampleRepository(1),
      roles: { at: 1, complete: true, byLogin: { otto: "triage" } },
      rota: { assignedAt: { otto: 6 }, responses: {}, respondedAt: {} },
    });
    const credits = { plan: "gold", customer: "mona", entries: [] };
    const installation: Installation = {
      ...sampleInstallation(3),
      "surveyed:mona": 5,
      "surveyedInPrivate:mona": 6,
      "credits:1/7": credits,
    };
    expect(withoutPerson(INSTALLATION, installation, wanted("mona"))).toEqual({
      ...sampleInstallation(3),
      "credits:1/7": { ...credits, customer: "ghost" },
    });
  });

  it("loses those of whom nothing was heard for long", () => {
    const day = 86_400_000;
    const kept = withoutOldTeam(repository, 6, day);
    expect([kept.rota, kept.roles]).toEqual([
      { assignedAt: { otto: 6 }, responses: {}, respondedAt: {} },
      repository.roles,
    ]);
    expect(withoutOldTeam(repository, 6, 2 * day).roles).toBeNull();
    const { respondedAt: _, ...rota } = repository.rota ?? { assignedAt: {}, responses: {} };
    expect(withoutOldTeam({ ...repository, rota }, 6, day).rota).toMatchObject({
      respondedAt: { mona: day },
    });
    expect(withoutOldAsking(repository, 5)).toEqual(repository);
    expect(withoutOldAsking(repository, 6)).not.toHaveProperty("surveyed:mona");
    const asked = { "surveyedInPrivate:mona": 5, "surveyedInPrivate:otto": 6 };
    expect(withoutOldAsking(asked, 6)).toEqual({ "surveyedInPrivate:otto": 6 });
  });
});

it.each([
  ["mona", true],
  ["Mona-Lisa_acme", true],
  ["..", false],
  ["*", false],
  ["a/b", false],
  ["renovate[bot]", false],
  ["", false],
])("%j can be a login: %s", (text, can) => {
  expect(isLogin(text)).toBe(can);
});

it.each([
  [{ issue: { state: "open", user: { login: "Mona" } } }, true],
  [{ comment: { body: "cc @mona" } }, true],
  [{ ratings: [{ by: "mona" }] }, true],
  [{ issue: { state: "mona", user: { login: "mona[bot]" }, body: "mona" } }, false],
])("the payload %j tells of mona: %s", (payload, tells) => {
  expect(payloadNames(JSON.stringify(payload), wanted("mona"))).toBe(tells);
});

it("a thread of the backlog without authors keeps what duplicates are found by", () => {
  const said = [{ nodeId: "a", author: "otto", body: "No", url: "u", at: 1 }];
  const backlog = { ...sampleThread(1, 7), said, answer: { body: "Use 2.0", url: "u", author: "otto" } };
  const answer = { body: "Use 2.0", url: "u", author: null };
  expect(withoutAuthors(backlog)).toEqual({ ...backlog, author: null, said: [], answer });
});

describe("a ticket without people", () => {
  it("names nobody", () => {
    const text = JSON.stringify(withoutPeople(ticket));
    for (const known of ["mona", "Mona", "MONA", "otto", "Great", "Meh", "crashes"])
      expect(text).not.toContain(known);
  });

  it("counts as it did, but for whose it is", () => {
    const again = { at: NOW + 2, type: "rated", by: "Otto", rating: 0 } as const;
    const twice: Ticket = { ...ticket, timeline: [...(ticket.timeline ?? []), again] };
    const period = { since: 0, until: NOW + 3 };
    const count = (one: Ticket) => {
      const tally = figures(period, { worked: (from, to) => to - from });
      tally.add(courseOf(one));
      const { satisfaction, ...rest } = tally.result();
      return { ...rest, satisfaction: { ...satisfaction, repeat: 0, people: 0 } };
    };
    expect(count(twice).satisfaction.csat).toMatchObject({ part: 1, whole: 2 });
    for (const one of [ticket, twice]) expect(count(withoutPeople(one))).toEqual(count(one));
  });

  it("is looked at no more: reactions would come back under their names", () => {
    const watched = { ...ticket, watch: { from: NOW, looks: 0 }, dueAt: NOW + 3_600_000, wakeAt: null };
    expect(withoutPeople(watched)).toMatchObject({ watch: null, dueAt: null });
    expect(withoutPeople({ ...watched, wakeAt: NOW + 5 })).toMatchObject({ watch: null, dueAt: NOW + 5 });
  });
});
