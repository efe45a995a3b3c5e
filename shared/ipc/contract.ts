import { z } from "zod";
import { errorCodes } from "../errors.ts";
import { ActivityEntry } from "../model/activity.ts";
import { WrittenAttestation } from "../model/attestation-file.ts";
import { ExceptionAct, RaiseRequest } from "../model/audit-exception.ts";
import { ParameterValues } from "../model/catalog.ts";
import { CatalogCheck, CatalogSource } from "../model/catalog-check.ts";
import { CatalogComparison } from "../model/catalog-comparison.ts";
import { Completeness } from "../model/completeness.ts";
import { Conclusion } from "../model/conclusion.ts";
import { Sha256 } from "../model/digest.ts";
import { Draft, DraftPlace } from "../model/draft.ts";
import { BasisRequest, DrawRequest, ExpandRequest, ReplaceRequest } from "../model/draw-request.ts";
import { EvidenceFormat } from "../model/evidence.ts";
import { EvidenceScope } from "../model/evidence-scope.ts";
import { FrameworkReport } from "../model/framework-report.ts";
import { HouseTable } from "../model/house-table.ts";
import { ItemOrder } from "../model/item-order.ts";
import { JudgementRequest } from "../model/judgement.ts";
import { ExceptionView, JudgementView, NoteView } from "../model/judgement-view.ts";
import { KeptTokens, TokenName } from "../model/kept-token.ts";
import { LatestMark, UndoRequest } from "../model/mark.ts";
import { MatrixQuery, MatrixRows } from "../model/matrix-rows.ts";
import { DecisionReason, PeopleView } from "../model/people-decision.ts";
import { Account } from "../model/person.ts";
import { PopulationKind } from "../model/population-kind.ts";
import { ConnectionTest, IpeRecord, PullProgress } from "../model/pull.ts";
import { NoteAct, NoteRequest } from "../model/review-note.ts";
import { Settings } from "../model/settings.ts";
import { ScopeSignOffs, SignOff, SignOffRequest, WithdrawRequest } from "../model/sign-off.ts";
import { SignerRole } from "../model/signer-role.ts";
import { NewKeyType, TokenPlace } from "../model/signing-key.ts";
import { Source } from "../model/source.ts";
import { FileLook, SourceKindView } from "../model/source-kind.ts";
import { SplitBy } from "../model/split.ts";
import { StratumKey } from "../model/stratum.ts";
import { VerificationReport } from "../model/verification-report.ts";
import {
  CatalogView,
  DrawnRow,
  DrawView,
  EngagementView,
  EvidenceText,
  ExportView,
  IdentityView,
  ItemView,
  MatrixView,
  PlanView,
  PopulationRow,
  PopulationView,
  RecentEngagement,
  RedactionView,
  SourceView,
  StrataView,
  TrustedSignerView,
} from "../model/view.ts";

/*
 * Everything that a window can ask for. `runs` names the process that answers: `main` has dialogs and the keychain,
 * `engine` has the engagement, `verifier` opens bundles and has neither store nor network.
 */

const path = z.string().min(1).max(4096);
const none = z.object({});
const text = z.string().trim().min(1).max(200);

export const procedures = {
  "engine.ping": { runs: "engine", request: none, response: z.object({ node: z.string(), version: z.string() }) },

  "engagement.create": {
    runs: "engine",
    request: z.object({
      path,
      name: text,
      entity: text,
      from: text,
      to: text,
      timeZone: text,
      auditor: text,
      /** A catalog of one's own; without it the one that Tickmark brings. */
      catalogPath: path.exactOptional(),
      parameters: ParameterValues.exactOptional(),
    }),
    response: EngagementView,
  },
  /** Makes the demo sources in `folder`, serves them on loopback, and creates an engagement that points to them. */
  "engagement.create-demo": { runs: "engine", request: z.object({ folder: path }), response: EngagementView },
  "engagement.open": { runs: "engine", request: z.object({ path }), response: EngagementView },
  "engagement.current": { runs: "engine", request: none, response: EngagementView.nullable() },
  "engagement.close": { runs: "engine", request: none, response: none },
  "activity.list": {
    runs: "engine",
    request: z.object({ offset: z.int().nonnegative(), limit: z.int().positive().max(1000) }),
    response: z.object({ total: z.int(), activities: z.array(ActivityEntry) }),
  },

  "source.list": { runs: "engine", request: none, response: z.array(SourceView) },
  "source.add": { runs: "engine", request: z.object({ source: Source }), response: SourceView },
  "source.kinds": { runs: "engine", request: none, response: z.array(SourceKindView) },
  /** What files would be taken for, before a source is added; `format` is what the auditor says that they are. */
  "source.recognise": {
    runs: "engine",
    request: z.object({ path, format: EvidenceFormat.exactOptional() }),
    response: z.object({ looks: z.array(FileLook), total: z.int().nonnegative() }),
  },
  /**
   * Adds an attestation to a file of attestations, made where it is not there; documents are copied beside it. It is evidence as
   * soon as the file is pulled, like anything else that is handed over.
   */
  "source.attest": {
    runs: "engine",
    request: z.object({
      /** Beside the engagement, where it is relative. */
      path,
      control: text,
      occurrence: text,
      by: text,
      done: z.array(text).max(200),
      documents: z.array(path).max(20),
      note: z.string().max(2000),
    }),
    response: WrittenAttestation,
  },
  "source.test": { runs: "main", request: z.object({ id: text }), response: ConnectionTest },
  /** Pulls the named sources, or all that have no complete pull, one after the other. Progress comes as events. */
  "pull.run": {
    runs: "main",
    request: z.object({ sources: z.array(text).optional() }),
    response: z.array(IpeRecord),
  },
  /** What was asked of each source, what it says exists and what came; null while nothing has been pulled. */
  "completeness.show": { runs: "engine", request: none, response: Completeness.nullable() },
  "work.cancel": { runs: "engine", request: none, response: z.object({ cancelled: z.boolean() }) },

  "population.freeze": { runs: "engine", request: none, response: PopulationView },
  "population.show": { runs: "engine", request: none, response: PopulationView.nullable() },
  "population.items": {
    runs: "engine",
    request: z.object({
      population: PopulationKind,
      offset: z.int().nonnegative(),
      limit: z.int().positive().max(1000),
      /** Words of which each is found in id, title, repository, people or keys. */
      search: z.string().max(200).default(""),
      /** Without it as they were frozen. Equal ones stay as they were frozen. */
      sort: ItemOrder.exactOptional(),
      descending: z.boolean().default(false),
      /** Only the items that PopulationView counts in the week of this Monday; without it all. */
      monday: z
        .string()
        .regex(/^\d{4}-\d{2}-\d{2}$/)
        .exactOptional(),
    }),
    response: z.object({ total: z.int(), rows: z.array(PopulationRow) }),
  },

  /** Who is behind which account, the unknown first. Persons are gathered when the populations are frozen. */
  "people.list": { runs: "engine", request: none, response: PeopleView },
  /** An auditor's decision that an account is of the person who has another one. It counts from the next freeze on. */
  "people.join": {
    runs: "engine",
    request: z.object({ account: Account, with: Account, reason: DecisionReason }),
    response: PeopleView,
  },
  /** That an account is not of the person to whom it was given: nobody is known behind it then. */
  "people.split": {
    runs: "engine",
    request: z.object({ account: Account, reason: DecisionReason }),
    response: PeopleView,
  },
  /** That an earlier decision, by its entry in the activity log, does not hold any more. */
  "people.withdraw": {
    runs: "engine",
    request: z.object({ entry: z.int().positive(), reason: DecisionReason }),
    response: PeopleView,
  },

  /** What a basis would ask for, before anything is drawn; with a picture of size against tolerable rate. */
  "sample.plan": {
    runs: "engine",
    request: z.object({ population: PopulationKind, basis: BasisRequest }),
    response: PlanView,
  },
  /** The frozen population split by a field; with a size, how it would be spread in proportion. */
  "sample.strata": {
    runs: "engine",
    request: z.object({ population: PopulationKind, key: StratumKey, size: z.int().positive().exactOptional() }),
    response: StrataView,
  },
  /** What a house table says: the usual one, or the file at a path. */
  "sample.house-table": { runs: "engine", request: z.object({ table: path.exactOptional() }), response: HouseTable },
  "sample.draw": { runs: "engine", request: DrawRequest, response: DrawView },
  /** The next item of the same ranking in the place of one that cannot be tested. */
  "sample.replace": { runs: "engine", request: ReplaceRequest, response: DrawView },
  /** More items of the same ranking: the second stage of a plan, or an expansion with its true risk. */
  "sample.expand": { runs: "engine", request: ExpandRequest, response: DrawView },
  "sample.list": {
    runs: "engine",
    /** Draws of more items come without them: a window neither shows a million ids nor waits for them. Without it all have theirs. */
    request: z.object({ itemsUpTo: z.int().nonnegative().exactOptional() }),
    response: z.array(DrawView),
  },
  /** The items of a draw in its order, in pages: every draw is seen to its last item. */
  "sample.items": {
    runs: "engine",
    request: z.object({
      drawId: z.string().min(1).max(200),
      offset: z.int().nonnegative(),
      limit: z.int().positive().max(1000),
    }),
    response: z.object({ total: z.int(), rows: z.array(DrawnRow) }),
  },

  "catalog.show": { runs: "engine", request: none, response: CatalogView },
  /** The catalog as it was written, to edit a copy of it. */
  "catalog.text": { runs: "engine", request: none, response: z.object({ text: z.string(), sha256: Sha256 }) },
  /** Parses and type-checks a catalog while it is written. Nothing is evaluated, kept or logged. */
  "catalog.check": { runs: "engine", request: z.object({ text: CatalogSource }), response: CatalogCheck },
  /** Asks where to write an edited copy, then writes it; null when the person closes the dialog. */
  "catalog.save": {
    runs: "main",
    request: z.object({ text: CatalogSource, suggested: text }),
    response: path.nullable(),
  },
  /** What an edited catalog, or other parameters, would change. Nothing is kept and nothing is logged. */
  "catalog.try": {
    runs: "engine",
    request: z.object({
      /** The edited file; without it and without text the engagement's own catalog, to try parameters alone. */
      catalogPath: path.exactOptional(),
      /** The edited text, which goes before a file. */
      catalogText: CatalogSource.exactOptional(),
      /** Over those that the engagement sets. */
      parameters: ParameterValues.exactOptional(),
      scope: CatalogComparison.shape.scope,
      /** How many of the results that come out otherwise are listed. */
      mostListed: z.int().nonnegative().max(10_000_000).default(200),
    }),
    response: CatalogComparison,
  },
  /** Takes an edited catalog, or other parameters, for the engagement's own from now on; the log says so. */
  "catalog.change": {
    runs: "engine",
    request: z.object({
      catalogPath: path.exactOptional(),
      /** The edited text, which goes before a file. */
      catalogText: CatalogSource.exactOptional(),
      parameters: ParameterValues.exactOptional(),
    }),
    response: z.object({ changed: z.boolean() }),
  },
  "evaluation.run": { runs: "engine", request: none, response: z.array(Conclusion) },
  /** Of every sample that is evaluated. */
  "evaluation.conclusions": { runs: "engine", request: none, response: z.array(Conclusion) },
  /** The same by the requirements that controls name, with what is not tested yet. */
  "evaluation.frameworks": { runs: "engine", request: none, response: z.array(FrameworkReport) },
  /** The sample's; of what the auditor named, where its initial draw is given. */
  "evaluation.matrix": {
    runs: "engine",
    request: z.object({
      population: PopulationKind,
      sampleId: z.string().min(1).max(200).exactOptional(),
      /** Without its rows, which a window asks for in pages, and without the drawn ids. */
      rows: z.boolean().default(true),
    }),
    response: MatrixView.nullable(),
  },
  /** Rows of the matrix in pages: a draw of everything has as many as the population. */
  "evaluation.rows": {
    runs: "engine",
    request: z.object({
      query: MatrixQuery,
      offset: z.int().nonnegative(),
      limit: z.int().nonnegative().max(1000),
      /** An item whose place among the rows is asked for. */
      item: z.string().min(1).max(1000).exactOptional(),
    }),
    response: MatrixRows,
  },
  "evaluation.item": {
    runs: "engine",
    request: z.object({ population: PopulationKind, id: z.string().min(1).max(1000) }),
    response: ItemView,
  },
  /** Text of a record around the place that was read, or from a character on. */
  "evidence.read": {
    runs: "engine",
    request: z.object({
      sha256: Sha256,
      place: z.string().max(2000).default(""),
      from: z.int().nonnegative().exactOptional(),
    }),
    response: EvidenceText,
  },
  "evidence.bytes": {
    runs: "engine",
    request: z.object({
      sha256: Sha256,
      offset: z.int().nonnegative(),
      limit: z
        .int()
        .positive()
        .max(4 * 1024 * 1024),
    }),
    response: z.object({ total: z.int(), bytes: z.instanceof(Uint8Array) }),
  },

  /** Tokens of sources, without the tokens. */
  "token.list": { runs: "main", request: none, response: KeptTokens },
  /** Keeps a token, in the place of one of the same name. It passes through once and is kept by the system's keychain alone. */
  "token.keep": {
    runs: "main",
    request: z.object({
      name: TokenName,
      account: z.string().trim().max(200),
      secret: z.string().trim().min(1).max(20_000),
      /** Agreed: where the system has no keychain, the token is held in memory until Tickmark closes. */
      untilClosed: z.boolean().exactOptional(),
    }),
    response: KeptTokens,
  },
  "token.remove": { runs: "main", request: z.object({ name: TokenName }), response: KeptTokens },

  /** Every judgement, with those that later ones took the place of. */
  "judgement.list": { runs: "engine", request: none, response: z.array(JudgementView) },
  /** The auditor's own conclusion beside a result, which stays as it is. */
  "judgement.make": { runs: "engine", request: JudgementRequest, response: JudgementView },
  "exception.list": { runs: "engine", request: none, response: z.array(ExceptionView) },
  "exception.raise": { runs: "engine", request: RaiseRequest, response: ExceptionView },
  "exception.act": { runs: "engine", request: ExceptionAct, response: ExceptionView },
  /** The engagement's, then those of each control that was tested; with what makes them void. */
  "sign-off.list": { runs: "engine", request: none, response: z.array(ScopeSignOffs) },
  "sign-off.sign": { runs: "engine", request: SignOffRequest, response: SignOff },
  /** Takes back the newest sign-off of a role and scope, by who gave it. Both stay in the log. */
  "sign-off.withdraw": { runs: "engine", request: WithdrawRequest, response: SignOff },
  /** What somebody marked last and is not reversed; and what came after it that is never undone. */
  "mark.latest": { runs: "engine", request: none, response: LatestMark },
  /** Reverses it by one more entry of the activity log: nothing is erased. Answers with what is the last mark then. */
  "mark.undo": { runs: "engine", request: UndoRequest, response: LatestMark },
  "note.list": { runs: "engine", request: none, response: z.array(NoteView) },
  "note.raise": { runs: "engine", request: NoteRequest, response: NoteView },
  "note.act": { runs: "engine", request: NoteAct, response: NoteView },

  "identity.show": { runs: "main", request: none, response: IdentityView.nullable() },
  /** Makes a private root and a signing certificate; the passphrase is made and kept by the system's keychain. */
  "identity.create": {
    runs: "main",
    request: z.object({ commonName: text, organisation: text, keyType: NewKeyType.default("rsa-3072") }),
    response: IdentityView,
  },
  /** Takes over a PKCS#12 file. The passphrase passes through once and is kept by the system's keychain alone. */
  "identity.load": {
    runs: "main",
    request: z.object({ path, passphrase: z.string().max(1000) }),
    response: IdentityView,
  },
  /** Signs with a key on a token (PKCS#11) from now on. The PIN passes through once and is kept by the system's keychain alone. */
  "identity.use-token": {
    runs: "main",
    request: z.object({ token: TokenPlace, pin: z.string().max(1000) }),
    response: IdentityView,
  },
  /** Asks where to write, then exports with the identity at hand; null when the person closes the dialog. */
  "export.write": {
    runs: "main",
    request: z.object({
      zipPath: path.optional(),
      /** Authority that is asked for timestamps; an export goes on without them when it cannot be reached. */
      timestampUrl: z.string().max(2000).exactOptional(),
      evidence: EvidenceScope.default("sampled"),
      role: SignerRole.default("preparer"),
      split: SplitBy.exactOptional(),
      /** File with the rules of an edition for outsiders, which is made then. */
      redactionPath: path.exactOptional(),
    }),
    response: ExportView.nullable(),
  },
  /** What a file with redaction rules asks for, before anything is exported by it. */
  "redaction.read": { runs: "engine", request: z.object({ path }), response: RedactionView },

  /** Progress comes as events. */
  "bundle.verify": { runs: "verifier", request: z.object({ zipPath: path }), response: VerificationReport },
  /**
   * Verifies a bundle and opens its content in the place of the engagement, to look at: until it is closed nothing can be
   * changed. One that does not hold is not opened. Progress comes as events; `work.cancel` stops it.
   */
  "bundle.browse": { runs: "main", request: z.object({ zipPath: path }), response: EngagementView },
  /** Whoever asked to verify gets the fault `cancelled`. */
  "bundle.cancel-verification": { runs: "verifier", request: none, response: z.object({ cancelled: z.boolean() }) },

  /** Words that were written at a place and not recorded: they outlive a crash of the page, of the engine and of all of Tickmark. */
  "draft.read": { runs: "main", request: z.object({ place: DraftPlace }), response: Draft.nullable() },
  /** Null when they were recorded or discarded. */
  "draft.keep": {
    runs: "main",
    request: z.object({ place: DraftPlace, text: Draft.shape.text.nullable() }),
    response: none,
  },
  "settings.show": { runs: "main", request: none, response: Settings },
  "settings.save": { runs: "main", request: Settings, response: Settings },
  "trust.list": { runs: "main", request: none, response: z.array(TrustedSignerView) },
  /** From now on a bundle by this signer can be verified as trusted; whoever asks has compared the fingerprint. */
  "trust.add": {
    runs: "main",
    request: z.object({ name: text, fingerprint: Sha256, note: z.string().trim().max(500) }),
    response: z.array(TrustedSignerView),
  },
  "trust.remove": { runs: "main", request: z.object({ fingerprint: Sha256 }), response: z.array(TrustedSignerView) },
  /** The newest first. */
  "recent.list": { runs: "main", request: none, response: z.array(RecentEngagement) },
  /** Takes an engagement off the list; its file stays. */
  "recent.forget": { runs: "main", request: z.object({ path }), response: none },

  "dialog.open-engagement": { runs: "main", request: none, response: path.nullable() },
  "dialog.save-engagement": { runs: "main", request: z.object({ suggested: text }), response: path.nullable() },
  "dialog.open-bundle": { runs: "main", request: none, response: path.nullable() },
  /** A folder for the demo engagement, made in the application's own data. */
  "demo.folder": { runs: "main", request: none, response: path },
  "file.reveal": { runs: "main", request: z.object({ path }), response: none },
} as const;

export type Procedure = keyof typeof procedures;
export type RequestOf<P extends Procedure> = z.input<(typeof procedures)[P]["request"]>;
export type ResponseOf<P extends Procedure> = z.output<(typeof procedures)[P]["response"]>;

export const FaultSchema = z.object({ code: z.enum(errorCodes), message: z.string(), action: z.string() });

/** What a call comes back as: faults cross the border as data, so that a window can show what to do. */
export type Answer<P extends Procedure> =
  | { readonly ok: true; readonly value: ResponseOf<P> }
  | { readonly ok: false; readonly fault: z.infer<typeof FaultSchema> };

export const events = {
  "pull-progress": PullProgress,
  /** Progress of a longer step other than a pull. */
  "work-progress": z.object({ what: z.string(), done: z.int(), total: z.int().nullable() }),
  /** Something in the engagement changed: what was shown before is stale. */
  "engagement-changed": none,
  "engine-state": z.object({ state: z.enum(["starting", "ready", "restarted", "stopped"]), sentence: z.string() }),
  /** The menu or the system asked for a screen or a file. */
  "open-requested": z.object({ kind: z.enum(["engagement", "bundle", "demo"]), path: z.string() }),
  /** A command of the menu that the window carries out. */
  "menu-chosen": z.object({ command: z.enum(["new-engagement", "palette", "find", "settings", "tour", "undo-mark"]) }),
} as const;

export type EventName = keyof typeof events;
export type EventOf<E extends EventName> = z.output<(typeof events)[E]>;

/** The bridge that the preload puts on `window.tickmark`. */
export interface Bridge {
  call<P extends Procedure>(procedure: P, request: RequestOf<P>): Promise<Answer<P>>;
  on<E extends EventName>(event: E, listener: (payload: EventOf<E>) => void): () => void;
  /** Path of a dropped file; the page itself cannot know it. */
  pathForFile(file: unknown): string;
}
