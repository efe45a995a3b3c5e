import { ownProgram } from "../verifier/own-program.ts";

export const toolName = ownProgram.name;
export const toolVersion: string = ownProgram.version;
