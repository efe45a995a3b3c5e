/** What git gives. */
export const gitFormats = [
  "git.refs", // git for-each-ref: `<object id> <peeled id or empty> <ref name>` a line
  "git.reflog", // one entry of a branch's reflog a line, JSON: the line as git keeps it, and git's answers on its two commits
  "git.commit", // content of one commit object, as git hashes it (without the "commit <size>\0" header)
  "git.changed-paths", // git log --raw -z of one commit against its first parent
  "git.mailmap", // .mailmap at the release branch's tip
  "git.code-owners", // CODEOWNERS at the release branch's tip, or handed over
  "git.note", // content of one note, of the commit and under the ref that the locator names: `git:<commit>#refs/notes/…`
  "git.signatures", // git log --format='%H%x09%G?%x09%GS%x09%GK', a commit a line
  "git.boundary", // ids of commits, a line each, whose parents the clone does not have (a shallow clone's `shallow` file)
  "git.range-boundary", // ids of commits, a line each, that pulled commits name as parents but that lie before the pulled range
  "git.mechanical-merges", // one comparison a line, JSON: what git merge-tree makes of a head and its base, against the commit on the branch
  "git.patch-ids", // git patch-id --verbatim: `<patch id> <commit>` a line
  "git.opposite-patch-ids", // the same of what taking each commit back changes (git diff-tree -R, against its first parent)
] as const;
