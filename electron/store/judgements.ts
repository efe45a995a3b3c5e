import type { z } from "zod";
import { TickmarkError } from "../../shared/errors.ts";
import type { ActivityKind } from "../../shared/model/activity.ts";
import { AuditException, exceptionRef } from "../../shared/model/audit-exception.ts";
import { Judgement, judgementRef, resultKeyOf } from "../../shared/model/judgement.ts";
import { noteRef, ReviewNote } from "../../shared/model/review-note.ts";
import { SignOff, signOffRef } from "../../shared/model/sign-off.ts";
import type { ActivityWriting } from "./activity-log.ts";
import { type Connection, inOneStep } from "./connection.ts";
import { readJson, writeJson } from "./json-column.ts";

export interface JudgementReading {
  /** Every judgement, in the order in which they were made. */
  judgements(): Judgement[];
  /** Each in its newest revision. */
  exceptions(): AuditException[];
  /** Every sign-off, in the order in which they were made. */
  signOffs(): SignOff[];
  /** Each in its newest revision. */
  reviewNotes(): ReviewNote[];
}

/**
 * What people say about the results is added and never changed; row and log entry are written together.
 * @throws request-invalid for a record that does not follow the one before it: somebody else was faster
 */
export interface JudgementWriting {
  appendJudgement(judgement: Judgement): void;
  /** @param by who did what made the revision */
  appendException(exception: AuditException, by: string): void;
  appendSignOff(signOff: SignOff): void;
  /** @param by who did what made the revision */
  appendReviewNote(note: ReviewNote, by: string): void;
}

interface Row {
  readonly number: number;
  readonly json: string;
}

const once = (table: string) => `SELECT number, json FROM ${table} ORDER BY number`;
const newest = (table: string) =>
  `SELECT number, json FROM ${table} t
   WHERE revision = (SELECT max(revision) FROM ${table} WHERE number = t.number) ORDER BY number`;

export function readJudgements(database: Connection): JudgementReading {
  const reader = <T>(select: string, schema: z.ZodType<T>, what: string) => {
    const all = database.prepare<[], Row>(select);
    return () => all.all().map(({ number, json }) => readJson(json, schema, `${what} ${number}`));
  };
  return {
    judgements: reader(once("judgement"), Judgement, "judgement"),
    exceptions: reader(newest("exception"), AuditException, "exception"),
    signOffs: reader(once("sign_off"), SignOff, "sign-off"),
    reviewNotes: reader(newest("review_note"), ReviewNote, "review note"),
  };
}

export function writeJudgements(database: Connection, log: ActivityWriting): JudgementWriting {
  const { judgements, exceptions, signOffs, reviewNotes } = readJudgements(database);
  const insertOnce = (table: string) => database.prepare(`INSERT INTO ${table} (number, json) VALUES (?, ?)`);
  const insertRevision = (table: string) =>
    database.prepare(`INSERT INTO ${table} (number, revision, json) VALUES (?, ?, ?)`);
  const intoJudgements = insertOnce("judgement");
  const intoSignOffs = insertOnce("sign_off");

  type Revised = { readonly number: number; readonly revision: number };
  function revise<T extends Revised>(
    table: string,
    all: () => T[],
    kinds: readonly [raised: ActivityKind, changed: ActivityKind],
    refOf: (record: T) => string,
  ) {
    const insert = insertRevision(table);
    return (record: T, by: string) =>
      inOneStep(database, () => {
        const known = all();
        const before = known.find(({ number }) => number === record.number) ?? null;
        const isNext = before === null ? record.number === known.length + 1 && record.revision === 1 : false;
        if (!isNext && record.revision !== (before?.revision ?? Number.NaN) + 1) throw outOfTurn(refOf(record));
        insert.run(record.number, record.revision, writeJson(record));
        const kind = before === null ? kinds[0] : kinds[1];
        log.appendActivity({ by, kind, subject: refOf(record), before, after: record });
      });
  }

  return {
    appendJudgement(judgement) {
      inOneStep(database, () => {
        const known = judgements();
        const ref = judgementRef(judgement);
        if (judgement.number !== known.length + 1) throw outOfTurn(ref);
        const key = resultKeyOf(judgement);
        const before = known.findLast((each) => resultKeyOf(each) === key) ?? null;
        intoJudgements.run(judgement.number, writeJson(judgement));
        log.appendActivity({ by: judgement.by, kind: "judged", subject: ref, before, after: judgement });
      });
    },
    appendException: revise("exception", exceptions, ["exception-raised", "exception-changed"], exceptionRef),
    appendSignOff(signOff) {
      inOneStep(database, () => {
        const ref = signOffRef(signOff);
        if (signOff.number !== signOffs().length + 1) throw outOfTurn(ref);
        intoSignOffs.run(signOff.number, writeJson(signOff));
        const withdrawn = signOff.withdrawal;
        const kind = withdrawn === undefined ? "signed-off" : "sign-off-withdrawn";
        const before = signOffs().find(({ number }) => number === withdrawn?.of) ?? null;
        log.appendActivity({ by: signOff.by, kind, subject: ref, before, after: signOff });
      });
    },
    appendReviewNote: revise("review_note", reviewNotes, ["note-raised", "note-changed"], noteRef),
  };
}

function outOfTurn(ref: string): TickmarkError {
  return new TickmarkError("request-invalid", `${ref} has changed since it was looked at.`, "Look at it again.");
}
