import type { AddCommand } from "./command.ts";

export const addSchemaCommand: AddCommand = (_program, _act) => {};
