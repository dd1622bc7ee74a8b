// The built page, served as a static host would serve it.
import { fileURLToPath } from "node:url";
import { serve } from "../../scripts/serve.js";

/** Serves `dist/www`, or another folder: `{ url, port, close() }`. */
export const servePage = (root = fileURLToPath(new URL("../../dist/www", import.meta.url)), options) =>
  serve(root, options);
