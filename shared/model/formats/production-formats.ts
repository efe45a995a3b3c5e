/** Logs and reports of the production side. */
export const productionFormats = [] as const;
