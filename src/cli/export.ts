import type { AddCommand } from "./command.ts";

export const addExportCommand: AddCommand = (_program, _act) => {};
