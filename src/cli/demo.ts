import type { AddCommand } from "./command.ts";

export const addDemoCommand: AddCommand = (_program, _act) => {};
