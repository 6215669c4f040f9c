import type { AddCommand } from "./command.ts";

export const addExtractCommand: AddCommand = (_program, _act) => {};
