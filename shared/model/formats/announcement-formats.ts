/** What was announced where. */
export const announcementFormats = [] as const;
