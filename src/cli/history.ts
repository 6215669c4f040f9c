import type { AddCommand } from "./command.ts";

export const addHistoryCommand: AddCommand = (_program, _act) => {};
