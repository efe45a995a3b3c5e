/** Reports that tools for tests and analysis write. */
export const reportFormats = [] as const;
