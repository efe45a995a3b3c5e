/** What git gives. */
export declare const gitFormats: readonly [
  "git.refs",
  "git.commit",
  "git.changed-paths",
  "git.mailmap",
  "git.boundary",
  "git.range-boundary",
];
