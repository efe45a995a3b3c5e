/** Answers of GitHub's REST API, one a record. */
export declare const githubFormats: readonly [
  "github.pulls",
  "github.pull",
  "github.reviews",
  "github.pull-commits",
  "github.runs",
  "github.jobs",
  "github.other",
];
