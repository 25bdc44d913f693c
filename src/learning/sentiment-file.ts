import type { SentimentModel } from "./sentiment.ts";
import { SENTIMENTS } from "./sentiment.ts";
import { SENTIMENT_DIMENSIONS } from "./sentiment-features.ts";

const CLASSES = SENTIMENTS.length;
const STEPS = 127;

/** `slope`, then bias and scale of each class as float64, then the weights as int8. */
const HEADER_NUMBERS = 1 + 2 * CLASSES;
const BYTES = HEADER_NUMBERS * 8 + SENTIMENT_DIMENSIONS * CLASSES;

/** The model as a file, its weights in 255 steps. */
export function encodeSentiment({ weights, bias, slope }: SentimentModel): Uint8Array {
  const bytes = new Uint8Array(BYTES);
  const view = new DataView(bytes.buffer);
  view.setFloat64(0, slope, true);
  const scales = bias.map((value, c) => {
    let most = 0;
    for (let i = c; i < weights.length; i += CLASSES) most = Math.max(most, Math.abs(weights[i] ?? 0));
    const scale = most / STEPS || 1;
    view.setFloat64(8 * (1 + 2 * c), value, true);
    view.setFloat64(8 * (2 + 2 * c), scale, true);
    return scale;
  });
  weights.forEach((weight, i) => {
    view.setInt8(HEADER_NUMBERS * 8 + i, Math.round(weight / (scales[i % CLASSES] ?? 1)));
  });
  return bytes;
}

/** @throws when it is no such file. */
export function decodeSentiment(bytes: Uint8Array): SentimentModel {
  if (bytes.length !== BYTES)
    throw new Error(`not a sentiment model: ${bytes.length} bytes instead of ${BYTES}`);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const bias: number[] = [];
  const scales: number[] = [];
  for (let c = 0; c < CLASSES; c++) {
    bias.push(view.getFloat64(8 * (1 + 2 * c), true));
    scales.push(view.getFloat64(8 * (2 + 2 * c), true));
  }
  const weights = new Float32Array(SENTIMENT_DIMENSIONS * CLASSES);
  for (let i = 0; i < weights.length; i++) {
    weights[i] = view.getInt8(HEADER_NUMBERS * 8 + i) * (scales[i % CLASSES] ?? 1);
  }
  return { weights, bias, slope: view.getFloat64(0, true) };
}
