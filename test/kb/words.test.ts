import { describe, expect, it } from "@jest/globals";
import { eachWord, UNKNOWN, Vocabulary } from "../../src/kb/words.ts";

function wordsOf(text: string): string[] {
  const words: string[] = [];
  eachWord(text, (word) => words.push(word));
  return words;
}

describe("words", () => {
  it.each([
    ["Cannot open the File", ["cannot", "open", "the", "file"]],
    ["call foo_bar(x1) -> Vec<u8>", ["call", "foo_bar", "x1", "vec", "u8"]],
    ["std::io::Error: not-found", ["std", "io", "error", "not", "found"]],
    ["ends in a word", ["ends", "in", "a", "word"]],
    ["", []],
    ["... !!! ---", []],
    ["Größe ändern", ["größe", "ändern"]],
    ["ＦＵＬＬ width", ["full", "width"]],
    ["Ошибка при запуске", ["ошибка", "при", "запуске"]],
  ])("of %j are %j", (text, words) => {
    expect(wordsOf(text)).toEqual(words);
  });

  it.each([
    ["Chinese", "无法安装软件包", "安装"],
    ["Japanese", "ファイルを開けません", "ファイル"],
    ["Thai", "ไม่สามารถติดตั้งโปรแกรม", "โปรแกรม"],
    ["Chinese beside English", "使用docker安装失败", "docker"],
  ])("of %s, which writes no spaces, are found by segmentation", (_, text, word) => {
    expect(wordsOf(text)).toContain(word);
    expect(wordsOf(text).length).toBeGreaterThan(1);
  });

  it("leave out checksums, but keep a long run of Chinese", () => {
    expect(wordsOf(`a ${"f0".repeat(40)} b`)).toEqual(["a", "b"]);
    expect(wordsOf(`é ${"x1".repeat(40)} b`)).toEqual(["é", "b"]);
    expect(wordsOf("安装软件包失败".repeat(10)).length).toBeGreaterThan(20);
  });
});

describe("the vocabulary", () => {
  it("gives one number to the forms of a word, and another to other words", () => {
    const vocabulary = new Vocabulary();
    const install = vocabulary.add("install");
    expect(vocabulary.add("installing")).toBe(install);
    expect(vocabulary.add("installs")).toBe(install);
    expect(vocabulary.add("remove")).not.toBe(install);
    expect(vocabulary.size).toBe(2);
  });

  it("finds without adding", () => {
    const vocabulary = new Vocabulary();
    const crash = vocabulary.add("crashes");
    expect(vocabulary.find("crashed")).toBe(crash);
    expect(vocabulary.find("unheard")).toBe(UNKNOWN);
    expect(vocabulary.size).toBe(1);
  });

  it("keeps identifiers whole and unstemmed", () => {
    const vocabulary = new Vocabulary();
    expect(vocabulary.add("read_lines")).not.toBe(vocabulary.add("read_line"));
  });
});
