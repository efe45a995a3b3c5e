import type { gitFormats } from "../../model/formats/git-formats.ts";
import { type FormatReaders, repositoryOf } from "../format-reader.ts";
import { readBoundary } from "./boundary-reader.ts";
import { readChangedPaths } from "./changed-paths-reader.ts";
import { readCodeOwners } from "./code-owners-reader.ts";
import { readCommit } from "./commit-reader.ts";
import { readMechanicalMerges, readOppositePatchIds, readPatchIds } from "./comparison-readers.ts";
import { readMailmap } from "./mailmap-reader.ts";
import { readNote } from "./note-reader.ts";
import { readReflog } from "./reflog-reader.ts";
import { readRefs } from "./refs-reader.ts";
import { readSignatures } from "./signature-status-reader.ts";

/** Readers of what git gives. */
export const gitReaders: FormatReaders<(typeof gitFormats)[number]> = {
  "git.commit": (input, source) => readCommit(input, repositoryOf(source)),
  "git.changed-paths": (input, source) => readChangedPaths(input, repositoryOf(source)),
  "git.code-owners": (input, source) => readCodeOwners(input, repositoryOf(source)),
  "git.note": (input, source) => readNote(input, repositoryOf(source)),
  "git.signatures": (input, source) => readSignatures(input, repositoryOf(source)),
  "git.refs": (input, source) => readRefs(input, repositoryOf(source)),
  "git.reflog": (input, source) => readReflog(input, repositoryOf(source)),
  "git.mailmap": (input, source) => readMailmap(input, repositoryOf(source)),
  "git.boundary": (input, source) => readBoundary(input, repositoryOf(source), "shallow"),
  "git.range-boundary": (input, source) => readBoundary(input, repositoryOf(source), "before-range"),
  "git.mechanical-merges": readMechanicalMerges,
  "git.patch-ids": readPatchIds,
  "git.opposite-patch-ids": readOppositePatchIds,
};
