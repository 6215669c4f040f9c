/** Where the public archives answer when nobody says otherwise: data/backfill/services.json. */
import { readFileSync } from "node:fs";
import type { Services } from "./options.ts";

const FILE = new URL("../../../data/backfill/services.json", import.meta.url);

export const DEFAULT_SERVICES: Services = JSON.parse(readFileSync(FILE, "utf8")) as Services;
