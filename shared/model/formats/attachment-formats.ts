/** Documents that people read. */
export const attachmentFormats = [] as const;
