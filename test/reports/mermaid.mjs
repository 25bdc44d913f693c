// Parses diagrams with Mermaid itself, which needs a DOM: in a process of its own, so that no test gets one by accident.
// In: a JSON list of diagrams. Out: a JSON list with each one's type, or why it cannot be drawn.
import { text } from "node:stream/consumers";
import { JSDOM } from "jsdom";

const { window } = new JSDOM("");
Object.assign(globalThis, { window, document: window.document });
const { default: mermaid } = await import("mermaid");

const results = [];
for (const diagram of JSON.parse(await text(process.stdin))) {
  try {
    results.push((await mermaid.parse(diagram)).diagramType);
  } catch (error) {
    results.push(`broken: ${error.message.split("\n")[0]}`);
  }
}
process.stdout.write(JSON.stringify(results));
