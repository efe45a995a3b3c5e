import { z } from "zod";
import { AnalysisFinding, AnalysisRun } from "./analysis-facts.ts";
import { Announcement, ChatAccount } from "./announcement-facts.ts";
import { Attachment } from "./attachment-facts.ts";
import { Attestation } from "./attestation-facts.ts";
import { Build, BuildJob, TestReport } from "./build-facts.ts";
import { Artifact, Deployment, DeploymentApproval, DeploymentStatus } from "./deployment-facts.ts";
import {
  Boundary,
  BranchRewrite,
  ChangedPaths,
  CodeOwners,
  Commit,
  CommitNote,
  CommitSignature,
  MailmapEntry,
  MechanicalMerge,
  PatchId,
  Ref,
} from "./git-facts.ts";
import { Origin } from "./origin.ts";
import { Employment, RosterPerson } from "./people-facts.ts";
import { AccessEvent, ConvergenceRun, DetectedChange, DetectorRun, SwitchEvent } from "./production-facts.ts";
import {
  ApprovalRule,
  BranchProtection,
  ChangeRequest,
  RequestComment,
  RequestCommit,
  RequestDetails,
  RequestEvent,
  Review,
  ReviewPage,
} from "./request-facts.ts";
import { ChangeTicket, Ticket, TicketApproval, TicketComment, TicketHistory, TicketLink } from "./ticket-facts.ts";

/** A typed reading of evidence. Each names the evidence and the place in it where it was read. */
export const Fact = z.discriminatedUnion("kind", [
  Commit,
  ChangedPaths,
  Ref,
  Boundary,
  MailmapEntry,
  CommitSignature,
  CommitNote,
  CodeOwners,
  MechanicalMerge,
  PatchId,
  BranchRewrite,
  ChangeRequest,
  Review,
  ReviewPage,
  RequestCommit,
  RequestEvent,
  RequestComment,
  RequestDetails,
  BranchProtection,
  ApprovalRule,
  Build,
  BuildJob,
  TestReport,
  AnalysisRun,
  AnalysisFinding,
  Ticket,
  TicketHistory,
  TicketComment,
  TicketApproval,
  TicketLink,
  ChangeTicket,
  Deployment,
  DeploymentStatus,
  DeploymentApproval,
  Artifact,
  AccessEvent,
  DetectedChange,
  DetectorRun,
  ConvergenceRun,
  SwitchEvent,
  Announcement,
  ChatAccount,
  Attachment,
  Attestation,
  RosterPerson,
  Employment,
]);
export type Fact = z.infer<typeof Fact>;
export type FactKind = Fact["kind"];
export type FactOf<K extends FactKind> = Extract<Fact, { kind: K }>;

/** A part of evidence that could not be read: kept, listed, and counted in the completeness statement. */
export const Unread = z.object({ origin: Origin, reason: z.string() });
export type Unread = z.infer<typeof Unread>;

/** What became of each line or record of a part. */
export interface RecordTally {
  readonly read: number;
  /** Nothing of them could be read; each is listed. */
  readonly unread: number;
  /** Read, and nothing in them is asked for: a CSV file's column names, a log line about something else. */
  readonly passedOver: number;
  readonly blank: number;
}

/** What every reader gives. */
export interface ReadFacts {
  readonly facts: readonly Fact[];
  readonly unread: readonly Unread[];
  /** Where a record is a part of a file of lines, CSV records or elements. */
  readonly tally?: RecordTally;
}
