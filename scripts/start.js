// `npm start`: sets up, builds, and serves the page.
import { join } from "node:path";
import { build } from "./build.js";
import { serve } from "./serve.js";
import { setUpBuild } from "./setup.js";
import { main, Problem, root } from "./steps.js";

const PORTS = 20;

function firstPort() {
  const port = Number(process.env.PORT || 8080);
  if (!Number.isInteger(port) || port < 0 || port > 65535) throw new Problem(`PORT=${process.env.PORT} is no port.`);
  return port;
}

async function serveOnFreePort(folder, first) {
  for (let port = first; port < first + PORTS && port <= 65535; port++) {
    try {
      return await serve(folder, { port });
    } catch (error) {
      if (error.code === "EACCES") throw new Problem(`Port ${port} is not allowed: choose another with PORT.`);
      if (error.code !== "EADDRINUSE") throw error;
      console.log(`Port ${port} is taken.`);
    }
  }
  throw new Problem(`No port from ${first} to ${first + PORTS - 1} is free: choose another with PORT.`);
}

await main(async () => {
  const port = firstPort();
  await setUpBuild();
  await build();
  const { url } = await serveOnFreePort(join(root, "dist/www"), port);
  console.log(`\nThe page is at ${url} (Ctrl-C ends it).`);
});
