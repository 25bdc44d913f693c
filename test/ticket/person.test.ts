import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { figures } from "../../src/reports/measure.ts";
import { courseOf } from "../../src/reports/course.ts";
import { mentionsOf, withoutPeople, withoutPerson } from "../../src/ticket/person.ts";
import { newTicket, type Ticket } from "../../src/ticket/ticket.ts";
import { newService } from "../../src/triage/serve.ts";
import { NOW, OPENED, thread } from "../builders/facts.ts";

const ticket: Ticket = {
  ...newTicket(thread()),
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
    const { author: _, ...theirs } = ticket;
    expect(mentionsOf(theirs, "mona").map(({ path }) => path)).toEqual([
      "others[1]",
      "feedback[0]",
      "service.given[0]",
      "service.givenBecause[0]",
      "timeline[2]",
      "timeline[4].login",
    ]);
  });

  it("of their own ticket is all of it", () => {
    expect(mentionsOf(ticket, "mona")).toEqual([{ path: "", value: ticket }]);
  });

  it.each([
    ["a longer login", { by: "mona-lisa" }],
    ["the end of one", { by: "ramona" }],
    ["a managed user's", { by: "mona_acme" }],
    [
      "a repository of theirs",
      { repository: "mona/lantern", url: "https://github.com/mona/lantern/issues/1" },
    ],
    ["the operator's own settings", { settings: { lastGood: "team: [{ login: mona }]" } }],
  ])("is not %s", (_, document) => {
    expect(mentionsOf(document, "mona")).toEqual([]);
    expect(withoutPerson(document, "mona")).toEqual(document);
  });

  it("is gone afterwards, and nothing else is", () => {
    const without = withoutPerson(ticket, "mona");
    expect(mentionsOf(without, "mona")).toEqual([]);
    expect(without.author).toBe("ghost");
    expect(without.feedback).toEqual([
      { id: "a", rating: 4, text: "", respondent: "ghost", at: NOW },
      ticket.feedback?.[1],
    ]);
    expect(without.service?.givenBecause).toEqual(["assigned to ghost, who knows boards"]);
    expect({ ...without, repository: "" }).toMatchObject({
      key: ticket.key,
      url: ticket.url,
      number: ticket.number,
    });
  });

  it("takes the words that a person wrote", () => {
    const backlog = {
      author: "mona",
      title: "Crash",
      body: "It crashed",
      said: [{ author: "otto", body: "Here too" }],
    };
    expect(withoutPerson(backlog, "mona")).toEqual({
      author: "ghost",
      title: "",
      body: "",
      said: [{ author: "otto", body: "Here too" }],
    });
  });

  it("takes keys that are a login", () => {
    const repository = { roles: { byLogin: { mona: "read", otto: "triage" } }, "surveyed:mona": 5 };
    expect(withoutPerson(repository, "Mona")).toEqual({ roles: { byLogin: { otto: "triage" } } });
  });

  it("leaves nothing in any document", () => {
    const login = fc.constantFrom("mona", "a", "x-y", "user_1");
    fc.assert(
      fc.property(fc.jsonValue(), login, (value, name) => {
        const document = { some: value, by: name, list: [name, { [name]: 1 }, `see @${name}, please`] };
        expect(mentionsOf(withoutPerson(document, name), name)).toEqual([]);
      }),
      { numRuns: 200 },
    );
  });
});

describe("a ticket without people", () => {
  it("names nobody", () => {
    const text = JSON.stringify(withoutPeople(ticket));
    for (const known of ["mona", "Mona", "MONA", "otto", "Great", "Meh"]) expect(text).not.toContain(known);
  });

  it("counts as it did, but for whose it is", () => {
    const period = { since: 0, until: NOW + 1 };
    const count = (one: Ticket) => {
      const tally = figures(period, { worked: (from, to) => to - from });
      tally.add(courseOf(one));
      const { satisfaction, ...rest } = tally.result();
      return { ...rest, satisfaction: { ...satisfaction, repeat: 0, people: 0 } };
    };
    expect(count(withoutPeople(ticket))).toEqual(count(ticket));
  });
});
