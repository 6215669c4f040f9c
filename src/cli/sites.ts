import type { AddCommand } from "./command.ts";

export const addSitesCommand: AddCommand = (_program, _act) => {};
