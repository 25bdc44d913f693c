import { describe, expect, it } from "@jest/globals";
import { Library, search } from "../../src/kb/library.ts";

/** Pages in scripts without spaces, and questions about each in other words: small, but enough to see words being cut. */
const PAGES: Record<string, [title: string, body: string, question: string][]> = {
  Chinese: [
    ["配置代理", "把代理地址写进环境变量，更新程序就会使用它。", "公司网络里更新程序怎么使用代理？"],
    ["导出看板", "用导出命令可以把看板保存为图片文件。", "怎样把看板保存成图片？"],
    ["重置密码", "在登录页面点击忘记密码，系统会发送邮件。", "忘记密码了，收不到邮件怎么办？"],
    ["图表的颜色", "深色主题下可以在设置里改变图例的颜色。", "深色主题里图例颜色看不清"],
    ["备份数据", "数据库每天晚上自动备份到磁盘。", "数据库的备份存在哪里？"],
    ["键盘快捷键", "按住控制键再按字母，可以复制链接。", "有没有复制链接的快捷键？"],
    ["内存占用", "打开很多看板时内存会增加，关闭不用的看板即可。", "打开四十个看板内存太高"],
    ["邀请成员", "管理员可以通过邮箱邀请新成员加入团队。", "如何邀请同事加入团队？"],
  ],
  Japanese: [
    [
      "プロキシの設定",
      "プロキシのアドレスを環境変数に書くと、更新プログラムが使います。",
      "会社のプロキシの中で更新できません",
    ],
    [
      "ボードの書き出し",
      "書き出しコマンドでボードを画像ファイルに保存できます。",
      "ボードを画像として保存したい",
    ],
    [
      "パスワードの再設定",
      "ログイン画面で忘れた場合を押すと、メールが届きます。",
      "パスワードを忘れてメールも届かない",
    ],
    ["グラフの色", "暗いテーマでは、設定で凡例の色を変えられます。", "暗いテーマで凡例の色が見えない"],
    [
      "データのバックアップ",
      "データベースは毎晩ディスクにバックアップされます。",
      "データベースのバックアップはどこですか",
    ],
    [
      "キーボードの操作",
      "コントロールキーと文字でリンクをコピーできます。",
      "リンクをコピーするキーはありますか",
    ],
    [
      "メモリの使用量",
      "多くのボードを開くとメモリが増えるので、閉じてください。",
      "ボードを四十個開くとメモリが足りない",
    ],
    [
      "メンバーの招待",
      "管理者はメールで新しいメンバーをチームに招待できます。",
      "同僚をチームに招待するには",
    ],
  ],
  Thai: [
    ["ตั้งค่าพร็อกซี", "เขียนที่อยู่พร็อกซีในตัวแปรสภาพแวดล้อม แล้วโปรแกรมอัปเดตจะใช้", "อัปเดตหลังพร็อกซีของบริษัทไม่ได้"],
    ["ส่งออกบอร์ด", "คำสั่งส่งออกบันทึกบอร์ดเป็นไฟล์รูปภาพ", "อยากบันทึกบอร์ดเป็นรูปภาพ"],
    ["ตั้งรหัสผ่านใหม่", "กดลืมรหัสผ่านที่หน้าเข้าสู่ระบบ ระบบจะส่งอีเมล", "ลืมรหัสผ่านและไม่ได้รับอีเมล"],
    ["สีของแผนภูมิ", "ในธีมมืดเปลี่ยนสีของคำอธิบายได้ที่การตั้งค่า", "ธีมมืดมองไม่เห็นสีของคำอธิบาย"],
    ["สำรองข้อมูล", "ฐานข้อมูลสำรองลงดิสก์ทุกคืน", "ข้อมูลสำรองของฐานข้อมูลอยู่ที่ไหน"],
    ["ปุ่มลัด", "กดปุ่มควบคุมกับตัวอักษรเพื่อคัดลอกลิงก์", "มีปุ่มคัดลอกลิงก์ไหม"],
    ["การใช้หน่วยความจำ", "เปิดบอร์ดมากหน่วยความจำจะเพิ่ม ให้ปิดบอร์ดที่ไม่ใช้", "เปิดสี่สิบบอร์ดหน่วยความจำไม่พอ"],
    ["เชิญสมาชิก", "ผู้ดูแลเชิญสมาชิกใหม่เข้าทีมด้วยอีเมล", "เชิญเพื่อนร่วมงานเข้าทีมอย่างไร"],
  ],
};

/** The share of questions whose page comes first; `cut`: what is done to each text before. */
function firstPlaces(pages: (typeof PAGES)[string], cut: (text: string) => string): number {
  const library = new Library();
  pages.forEach(([title, body], i) => {
    library.add({ id: String(i), title: cut(title), body: cut(body) });
  });
  const right = pages.filter(
    ([, , question], i) => search(library, { title: cut(question), body: "" })[0]?.id === String(i),
  );
  return right.length / pages.length;
}

describe.each(Object.entries(PAGES))("questions in %s", (_, pages) => {
  it("find their pages in at least seven of eight cases", () => {
    expect(firstPlaces(pages, (text) => text)).toBeGreaterThanOrEqual(7 / 8);
  });

  it("find next to nothing where runs are not cut into words", () => {
    // A letter of another script for each sign: the run stays a run, and nobody knows where its words end.
    const uncut = (text: string) => text.replace(/[^\p{ASCII}]/gu, (sign) => `q${sign.codePointAt(0)}`);
    expect(firstPlaces(pages, uncut)).toBeLessThanOrEqual(3 / 8);
  });
});
