import type { AddCommand } from "./command.ts";

export const addStatsCommand: AddCommand = (_program, _act) => {};
