/** Documents that people read. */
export const attachmentFormats = [
  "attachment.document", // whole file of any kind: minutes, a policy, a screenshot
] as const;
