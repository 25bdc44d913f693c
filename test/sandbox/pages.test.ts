import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { markdown } from "../../src/sandbox/pages/markdown.ts";
import { createSandbox, type Opened, type Sandbox } from "../../src/sandbox/sandbox.ts";

describe("Markdown on the pages", () => {
  it.each([
    ["an HTML comment is hidden", "a <!-- frontdesk:1 --> b", "<p>a  b</p>"],
    ["a comment over several lines is hidden", "<!-- one\ntwo -->\n\nrest", "\n\n<p>rest</p>"],
    ["a script is shown as text", "<script>x</script>", "&lt;script&gt;x&lt;/script&gt;"],
    ["an attribute makes a tag text", "a <b onclick=x>b</b>", "<p>a &lt;b onclick=x&gt;b</b></p>"],
    ["a dangerous link leads nowhere", "[x](javascript:alert)", '<p><a href="">x</a></p>'],
    ["a comment in code is shown", "`<!-- c -->`", "<p><code>&lt;!-- c --&gt;</code></p>"],
    ["struck words are GitHub's", "~~gone~~", "<p><del>gone</del></p>"],
  ])("%s", (_, text, expected) => {
    expect(markdown(text).text.trim()).toBe(expected.trim());
  });

  it("keeps details, with Markdown inside", () => {
    const { text } = markdown("<details>\n<summary>Why</summary>\n\n**so**\n\n</details>");
    expect(text).toBe("<details>\n<summary>Why</summary>\n<p><strong>so</strong></p>\n</details>");
  });
});

describe("the pages", () => {
  let sandbox: Sandbox;
  let issue: Opened;
  let question: Opened;

  const get = async (path: string) => {
    const answer = await fetch(sandbox.url + path, { redirect: "manual" });
    return { status: answer.status, text: await answer.text(), headers: answer.headers };
  };

  beforeAll(async () => {
    sandbox = await createSandbox();
    sandbox.createRepository("ann/widgets", { description: "All <widgets>" });
    sandbox.createRepository("ann/gadgets");
    sandbox.createUser("rita");
    issue = sandbox.as("rita").openIssue("ann/widgets", { title: "A <b>bad</b> title", body: "Text" });
    sandbox.as("ann").label(issue, "bug");
    sandbox.as("ann").react(issue, "eyes");
    sandbox.as("ann").close(issue, "not_planned");
    question = sandbox.as("rita").openDiscussion("ann/widgets", { title: "How?", body: "So?" });
    const said = sandbox.as("ann").comment(question, "Like **this**");
    sandbox.as("rita").answer(question, said);
  });

  afterAll(() => sandbox.close());

  it.each([
    ["/", ["All &lt;widgets&gt;", 'href="/ann/widgets/issues"', "1 discussions"]],
    ["/ann/widgets", ["A &lt;b&gt;bad&lt;/b&gt; title", "<b>0</b> open · <b>1</b> closed", ">bug</span>"]],
    ["/ann/widgets/issues/1", ["closed this as not planned", "added <span", "👀 1", "<p>Text</p>"]],
    ["/ann/widgets/discussions", ["How?", "Q&amp;A", "answered"]],
    ["/ann/widgets/discussions/2", ["<strong>this</strong>", "✓ answer"]],
    ["/ann/widgets/labels", ["Something isn&#39;t working"]],
    ["/deliveries", ["No webhook was sent yet"]],
  ])("%s shows what is there", async (path, parts) => {
    const page = await get(path);
    expect(page.status).toBe(200);
    expect(page.headers.get("content-security-policy")).toContain("default-src 'none'");
    expect(parts.filter((part) => !page.text.replace(/\s+/g, " ").includes(part))).toEqual([]);
  });

  it.each(["/nobody", "/ann/none", "/ann/widgets/issues/2", "/ann/widgets/pulls"])(
    "%s is not there",
    async (path) => {
      expect((await get(path)).status).toBe(404);
    },
  );

  it("leads from a moved thread to where it is", async () => {
    const moved = sandbox.as("ann").transfer(question, "ann/gadgets");
    const page = await get(`/ann/widgets/discussions/${question.number}`);
    expect([page.status, page.headers.get("location")]).toEqual([
      302,
      `/ann/gadgets/discussions/${moved.number}`,
    ]);
  });
});
