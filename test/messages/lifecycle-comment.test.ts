import { describe, expect, it } from "@jest/globals";
import { supportedLanguages } from "../../src/messages/language.ts";
import { closedComment, reminderComment, surveyComment } from "../../src/messages/lifecycle-comment.ts";

const DAY = 86_400_000;
const en = { language: "en" };

describe("reminderComment", () => {
  it.each([
    [
      "closing later",
      { silence: 14 * DAY, closesIn: 7 * DAY, missing: [] },
      "It has been quiet here for 14 days, and we are waiting to hear from you. Without an answer I will close this in 7 days. A comment from you reopens it, even later.",
    ],
    [
      "never closing",
      { silence: DAY, closesIn: null, missing: [] },
      "It has been quiet here for 1 day, and we are waiting to hear from you.",
    ],
  ])("is polite when %s", (_, reminder, words) => {
    expect(reminderComment(en, "reminder:1", reminder)).toBe(
      `${words}\n\n<sub>🤖 I am Frontdesk, a bot.</sub>\n\n<!-- frontdesk:reminder:1 -->`,
    );
  });

  it("repeats what is still missing, safely", () => {
    const body = reminderComment(en, "reminder:1", {
      silence: DAY,
      closesIn: null,
      missing: ["OS", "<b>@x"],
    });
    expect(body).toContain("To look into this, we still need:\n\n- OS\n- &lt;b>@\u200bx\n\n");
  });
});

describe("closedComment", () => {
  it("promises that a comment reopens", () => {
    expect(closedComment(en, "reminder:closed", 21 * DAY)).toMatch(
      /^I have closed this because there was no answer for 21 days\. A comment from you reopens it at any time\.\n/,
    );
  });
});

describe("surveyComment", () => {
  it.each(supportedLanguages)("asks for a reaction in %s", (language) => {
    const body = surveyComment({ language }, "survey:1");
    expect(body.match(/👍|👎/gu)).toEqual(["👍", "👎"]);
    expect(body.match(/<!-- frontdesk:survey:1 -->$/)).not.toBeNull();
  });
});
