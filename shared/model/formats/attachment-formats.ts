/** Documents that people read. */
export const attachmentFormats = [
  "attachment.about", // whole file: what the file that it is named after is of (commit, build, branch, note)
  "attachment.document", // whole file of any kind: minutes, a policy, a screenshot
] as const;
