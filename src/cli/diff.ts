import type { AddCommand } from "./command.ts";

export const addDiffCommand: AddCommand = (_program, _act) => {};
