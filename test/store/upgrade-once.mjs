/** Opens an archive for writing, which upgrades it, and says when that is done. */
import { openStore } from "../../dist/store/index.js";

process.send("opening");
const store = await openStore({ path: process.argv[2], mode: "write" });
await store.close();
process.send("upgraded");
process.disconnect();
