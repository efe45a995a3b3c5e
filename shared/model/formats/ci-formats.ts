/** Answers of CI servers, one a record. */
export const ciFormats = [] as const;
