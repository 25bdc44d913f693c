import { describe, expect, it } from "@jest/globals";
import { parseArticle } from "../../src/kb/article.ts";
import { Library, search } from "../../src/kb/library.ts";
import { addArticle, removeArticle, sectionOf } from "../../src/kb/shelf.ts";

const DOCUMENTS = [
  { id: "install", title: "Installing", body: "Run the installer and follow the steps." },
  { id: "proxy", title: "Working behind a proxy", body: "Set the variable HTTPS_PROXY before you start." },
  { id: "colour", title: "Changing colours", body: "Themes are files in the folder `themes`." },
  { id: "backup", title: "Backups", body: "The command backup writes one file." },
];

function library(documents = DOCUMENTS): Library {
  const filled = new Library();
  for (const document of documents) filled.add(document);
  return filled;
}

const ask = (title: string) => ({ title, body: "" });
const ids = (hits: { id: string }[]) => hits.map(({ id }) => id);

describe("searching the library", () => {
  it.each([
    ["how do I install it", "install"],
    ["downloads fail behind the company proxy", "proxy"],
    ["can colours be changed?", "colour"],
    ["restore a backup file", "backup"],
  ])("%s finds %s first", (question, id) => {
    expect(ids(search(library(), ask(question)))[0]).toBe(id);
  });

  it("finds nothing where nothing is in common", () => {
    expect(search(library(), ask("zebra"))).toEqual([]);
  });

  it("ranks exactly the candidates that it is given", () => {
    const hits = search(library(), ask("install behind a proxy"), { candidates: ["backup", "proxy"] });
    expect(ids(hits)).toEqual(["proxy", "backup"]);
  });

  it("leaves out what it is told to", () => {
    const hits = search(library(), ask("install"), { without: (id) => id === "install" });
    expect(ids(hits)).not.toContain("install");
  });
});

describe("aliases", () => {
  it("make an article found by words that it does not have", () => {
    const filled = library();
    expect(ids(search(filled, ask("my corporate firewall blocks everything")))).not.toContain("proxy");
    filled.addAlias("proxy", "12/7", ask("corporate firewall blocks the downloads"));
    expect(ids(search(filled, ask("my corporate firewall blocks everything")))[0]).toBe("proxy");
  });

  it("are forgotten one by one, and with their article", () => {
    const filled = library();
    filled.addAlias("proxy", "12/7", ask("corporate firewall"));
    filled.removeAlias("proxy", "12/7");
    expect(search(filled, ask("corporate firewall"))).toEqual([]);
    filled.addAlias("proxy", "12/8", ask("corporate firewall"));
    filled.remove("proxy");
    expect(search(filled, ask("corporate firewall"))).toEqual([]);
  });

  it("outlive a new version of their article, and count a ticket once", () => {
    const filled = library();
    filled.addAlias("proxy", "12/7", ask("corporate firewall"));
    filled.addAlias("proxy", "12/7", ask("corporate firewall"));
    filled.add({ id: "proxy", title: "Proxies", body: "All about proxies." });
    expect(filled.aliasMatches(ask("corporate firewall")).get("proxy")?.sum).toBeCloseTo(1, 5);
  });
});

describe("articles on the shelf", () => {
  const page = (markdown: string) => {
    const { article } = parseArticle("docs/guide.md", markdown);
    if (!article) throw new Error("the test's article must be readable");
    return article;
  };

  it("are found by section, with links that land", () => {
    const filled = new Library();
    const article = page("# Guide\nWelcome.\n## Set up\nfirst\n## Set up\nsecond walrus");
    addArticle(filled, article);
    const [hit] = search(filled, ask("walrus"));
    expect(hit?.id).toBe("docs/guide.md#set-up-1");
    expect(sectionOf(new Map([[article.path, article]]), hit?.id ?? "")?.body).toBe("second walrus");
  });

  it("lose the sections that a new version does not have, and all when removed", () => {
    const filled = new Library();
    addArticle(filled, page("# Guide\n## Old\nwalrus\n## Stays\nseal"));
    addArticle(filled, page("# Guide\n## Stays\nseal"));
    expect(search(filled, ask("walrus"))).toEqual([]);
    expect(search(filled, ask("seal"))).toHaveLength(1);
    removeArticle(filled, "docs/guide.md");
    expect(filled.size).toBe(0);
  });

  it("are found by the aliases of their front matter", () => {
    const filled = new Library();
    addArticle(filled, page("---\naliases: pinniped trouble\n---\n# Guide\nseals"));
    addArticle(filled, { ...page("# Other\nfish"), path: "docs/other.md" });
    expect(search(filled, ask("pinniped"))[0]?.id).toBe("docs/guide.md#guide");
  });
});

/** Questions in languages that write no spaces, each with the document that answers it: written for this test. */
const UNSPACED: [id: string, title: string, body: string, question: string][] = [
  ["zh-install", "安装方法", "请先下载安装包，然后运行安装程序。", "怎么安装这个软件？"],
  ["zh-proxy", "设置代理服务器", "在设置中填写代理地址和端口。", "公司网络需要代理怎么设置"],
  ["zh-backup", "备份数据", "使用备份命令导出所有数据。", "如何导出并备份我的数据"],
  [
    "ja-install",
    "インストール方法",
    "インストーラーをダウンロードして実行してください。",
    "インストールのやり方を教えてください",
  ],
  [
    "ja-password",
    "パスワードの再設定",
    "ログイン画面から再設定メールを送信します。",
    "パスワードを忘れました",
  ],
  ["ja-theme", "配色の変更", "テーマのファイルを編集すると配色を変更できます。", "画面の配色を変更したい"],
  ["th-install", "วิธีติดตั้งโปรแกรม", "ดาวน์โหลดไฟล์แล้วเปิดตัวติดตั้ง", "ติดตั้งโปรแกรมอย่างไร"],
  ["th-password", "ลืมรหัสผ่าน", "กดลิงก์ตั้งรหัสผ่านใหม่ในหน้าเข้าสู่ระบบ", "ฉันจำรหัสผ่านไม่ได้"],
];

describe("languages without spaces", () => {
  it("find their documents first", () => {
    const filled = library(UNSPACED.map(([id, title, body]) => ({ id, title, body })));
    const first = UNSPACED.map(([, , , question]) => search(filled, ask(question))[0]?.id);
    expect(first).toEqual(UNSPACED.map(([id]) => id));
  });
});
