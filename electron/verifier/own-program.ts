import packageJson from "../../package.json" with { type: "json" };

/** What exports name as the program that made them, and what a verifier holds that against. */
export const ownProgram = { name: "Tickmark", version: packageJson.version } as const;
