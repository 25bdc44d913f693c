import { CONCEPTS, scanConcepts } from "./concepts/scan.ts";
import type { Document } from "./document.ts";
import { FeatureSink, NEUTRAL_BLOCKS, type Features, type Origin } from "./feature-sink.ts";
import { countMarks, MARK_NAMES } from "./marks.ts";
import { hashWord, join } from "./words.ts";

/** Of the title, the first sentences, the prose and the headings. */
const MOST_LETTERS = 4_000;
const HASHES = CONCEPTS.map(({ name }) => hashWord(name));

/** Turns documents into features that mean the same in every language: what is said where, and the shape. */
export class ConceptVectorizer {
  readonly #sink = new FeatureSink(NEUTRAL_BLOCKS);

  vectorize(document: Document): Features {
    const { title, opening, prose, headings } = document;
    const sink = this.#sink;
    sink.clear();
    const texts = [title, opening, prose, headings.map(({ name }) => name).join("\n")];
    texts.forEach((text, place) => {
      sink.source(text);
      scanConcepts(text, MOST_LETTERS, (concept, start, end) => {
        sink.add(join(HASHES[concept] as number, place), start, end);
      });
    });
    sink.close();
    const { shape } = countMarks(document);
    sink.addSizes(shape, MARK_NAMES.shape);
    return sink.features(shape);
  }

  /** Where the i-th feature of the last document came from. */
  origin(i: number): Origin {
    return this.#sink.origin(i);
  }
}
