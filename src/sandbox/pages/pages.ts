import type { Answer } from "../rest/route.ts";
import type { World } from "../state/world.ts";

/** A page for people. */
export function answerPage(world: World, path: string): Answer {
  const known = path === "/" ? 200 : 404;
  return {
    status: known,
    body: `<!doctype html><title>Sandbox</title><p>${world.state.repositories.size} repositories</p>`,
    headers: { "content-type": "text/html; charset=utf-8" },
  };
}
