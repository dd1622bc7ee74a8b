import { fileURLToPath } from "node:url";

// the app stands below its node_modules here, and not beside them
export default { turbopack: { root: fileURLToPath(new URL("../..", import.meta.url)) } };
