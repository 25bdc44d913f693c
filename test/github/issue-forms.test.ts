import { describe, expect, it } from "@jest/globals";
import { parseIssueForm } from "../../src/github/issue-forms.ts";

const FORM = `
name: Bug report
description: Tell us
labels: ["bug", "triage"]
body:
  - type: markdown
    attributes: { value: Thanks }
  - type: input
    attributes: { label: Version }
    validations: { required: true }
  - type: textarea
    attributes: { label: " Steps to reproduce " }
  - type: dropdown
    attributes: { label: System, options: [Linux, Windows] }
    validations: { required: false }
  - type: checkboxes
    attributes:
      label: Checks
      options: [{ label: I searched, required: true }, { label: Optional }]
  - type: textarea
    attributes: { description: no label }
`;

const TEMPLATE = `---
name: Bug report
about: Tell us
labels: bug, needs triage
---
<!-- ## not this one -->
## Steps to reproduce
1. ...

**Expected behavior**
What you expected

### \`Version\` ###
# Environment:
`;

describe("an issue form", () => {
  it("is reduced to its questions", () => {
    expect(parseIssueForm(".github/ISSUE_TEMPLATE/bug.yml", FORM)).toEqual({
      path: ".github/ISSUE_TEMPLATE/bug.yml",
      name: "Bug report",
      labels: ["bug", "triage"],
      fields: [
        { label: "Version", required: true },
        { label: "Steps to reproduce", required: false },
        { label: "System", required: false },
        { label: "Checks", required: true },
      ],
    });
  });

  it("without a name is called as its file, and labels may be one text", () => {
    expect(parseIssueForm("x/crash.yaml", "labels: a, b ,\nbody: []")).toEqual({
      path: "x/crash.yaml",
      name: "crash",
      labels: ["a", "b"],
      fields: [],
    });
  });

  it.each([
    ["broken YAML", "name: [", /^line 1: .*bracket is not closed/],
    ["no form", "just a text", /expected object/i],
    ["an empty file", "", /expected object/i],
    ["no questions", "name: x", /^body: /],
    ["a question of no type", "body: [{}]", /^body\.0\.type: /],
    ["aliases that would explode", bomb(), /alias/i],
  ])("of %s is skipped with the reason", (_, text, reason) => {
    expect(parseIssueForm("x.yml", text)).toEqual({ reason: expect.stringMatching(reason) });
  });
});

/** Nine lists, each ten times the one before it. */
function bomb(): string {
  const lists = Array.from({ length: 9 }, (_, n) => {
    const item = n === 0 ? "lol" : `*a${n - 1}`;
    return `a${n}: &a${n} [${Array.from({ length: 10 }, () => item).join(", ")}]`;
  });
  return `${lists.join("\n")}\nbody: *a8`;
}

describe("an issue template", () => {
  it("asks by its headings", () => {
    expect(parseIssueForm("x/bug.md", TEMPLATE)).toEqual({
      path: "x/bug.md",
      name: "Bug report",
      labels: ["bug", "needs triage"],
      fields: [
        { label: "Steps to reproduce", required: false },
        { label: "Expected behavior", required: false },
        { label: "`Version`", required: false },
        { label: "Environment", required: false },
      ],
    });
  });

  it("needs no front matter", () => {
    expect(parseIssueForm("x/bug.md", "## Steps\n")).toMatchObject({
      name: "bug",
      labels: [],
      fields: [{ label: "Steps" }],
    });
  });
});
