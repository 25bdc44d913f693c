import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import { listFailedDeliveries, redeliver } from "../../src/github/deliveries.ts";
import { finish, type Official, officialGithub } from "./official-github.ts";

let github: Official;
beforeEach(() => {
  github = officialGithub();
});
afterEach(() => {
  expect(finish(github)).toEqual([]);
});

const PATH = "/app/hook/deliveries";

/** As text: the ids are larger than a number holds exactly. */
const attempts = (...list: [id: string, guid: string, at: string][]) =>
  `[${list
    .map(
      ([id, guid, at]) =>
        `{"id":${id},"guid":"${guid}","delivered_at":"${at}","event":"issues","status":"Invalid HTTP Response: 502"}`,
    )
    .join(",")}]`;
const JSON_TYPE = { "content-type": "application/json" };

describe("failed deliveries", () => {
  it("are listed back to a moment, each once, with its exact id", async () => {
    github.rest
      .get(PATH)
      .query({ per_page: 100, status: "failure" })
      .reply(
        200,
        attempts(
          ["9007199254740993", "a", "2026-05-04T10:00:00Z"],
          ["9007199254740991", "b", "2026-05-04T09:00:00Z"],
          ["12", "a", "2026-05-04T08:00:00Z"],
        ),
        { ...JSON_TYPE, link: `<https://api.github.com${PATH}?per_page=100&cursor=v1_9>; rel="next"` },
      )
      .get(PATH)
      .query({ per_page: 100, cursor: "v1_9" })
      .reply(
        200,
        attempts(["11", "c", "2026-05-04T07:00:00Z"], ["10", "d", "2026-05-03T07:00:00Z"]),
        JSON_TYPE,
      );
    const found = await listFailedDeliveries(github.octokit, Date.parse("2026-05-04T00:00:00Z"));
    expect(found).toEqual([
      { id: "9007199254740993", guid: "a", deliveredAt: Date.parse("2026-05-04T10:00:00Z"), event: "issues" },
      { id: "9007199254740991", guid: "b", deliveredAt: Date.parse("2026-05-04T09:00:00Z"), event: "issues" },
      { id: "11", guid: "c", deliveredAt: Date.parse("2026-05-04T07:00:00Z"), event: "issues" },
    ]);
  });

  it("are sent again by their id", async () => {
    github.rest.post(`${PATH}/9007199254740993/attempts`).reply(202, {});
    await redeliver(github.octokit, "9007199254740993");
  });
});
