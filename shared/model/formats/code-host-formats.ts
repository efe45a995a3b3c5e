/** Answers of GitLab, Gerrit, Bitbucket and Azure DevOps, and webhook deliveries. */
export const codeHostFormats = [] as const;
