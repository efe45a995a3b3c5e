import packageJson from "../../package.json" with { type: "json" };

export const toolName = "Tickmark";
export const toolVersion: string = packageJson.version;
