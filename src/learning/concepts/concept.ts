/** Something that reporters say in any language. */
export interface Concept {
  /** What a feature is made of: renaming one changes the model. */
  name: string;
  /** How a reason puts it. */
  says: string;
  /**
   * Its words, a language a line, parted by |. Small letters. A word with * at its end stands for all words that
   * begin so; Chinese, Japanese and Korean, which write words together, match anywhere. Words that mean something
   * else in another of the languages are left out, since all are looked for at once.
   */
  words: string[];
}
