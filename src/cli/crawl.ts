import type { AddCommand } from "./command.ts";

export const addCrawlCommand: AddCommand = (_program, _act) => {};
