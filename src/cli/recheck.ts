import type { AddCommand } from "./command.ts";

export const addRecheckCommand: AddCommand = (_program, _act) => {};
