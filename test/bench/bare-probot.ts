import { createServer } from "node:http";
import { createNodeMiddleware, createProbot } from "probot";

/** What the desk is measured against: Probot as its documentation shows it, with a handler that does nothing. */
const probot = createProbot({ env: { ...process.env, LOG_LEVEL: "fatal" } });
const middleware = await createNodeMiddleware((app) => app.on("issues.opened", () => {}), { probot });
const server = createServer((request, response) => {
  void middleware(request, response, () => response.writeHead(404).end());
});
server.listen(Number(process.env.PORT), "127.0.0.1", () => process.send?.("ready"));
