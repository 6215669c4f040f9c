import type { AddCommand } from "./command.ts";

export const addSqlCommand: AddCommand = (_program, _act) => {};
