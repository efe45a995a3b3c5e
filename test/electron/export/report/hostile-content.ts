import type { ReportContent } from "../../../../shared/model/report.ts";
import { ResultList } from "../../../../shared/model/results.ts";
import { inventContent } from "./report-content.ts";

/** Titles and names that try to break, hide or deceive, and some that are merely foreign. */
export const hostileTexts = [
  "<script>alert(1)</script> &amp; </title>",
  "abc\u202edef\u202c \u200bzero\u0000width \ud800 lone",
  "x".repeat(5_000),
  "محمد علي (مدير) 123 و حسن",
  "</script><!--<script>document.title='ran'</script><img src=x onerror=\"document.title='ran'\">",
  "支払いの再試行上限を引き上げる 결제 재시도 ไทย 🎉⬆️ cafe\u0301",
];

const foreignNames = ["田中 凛", "김민준", "محمد علي", "דוד כהן", "สมชาย", "अमित"];

/** The invented engagement with these texts wherever evidence gives the words. */
export function hostileContent(): ReportContent {
  const content = inventContent({ changes: 6, deployments: 2 });
  const textOf = (index: number) => hostileTexts[index % hostileTexts.length] ?? "";
  const changes = content.items.change.map((change, index) => ({
    ...change,
    title: textOf(index),
    authors: change.authors.map((author, place) => {
      return { ...author, name: place === 0 ? textOf(index) : (foreignNames[index % foreignNames.length] ?? "") };
    }),
    tickets: change.tickets.map((ticket) => ({ ...ticket, summary: textOf(index + 1), key: textOf(index) })),
    builds: change.builds.map((build) => ({ ...build, workflow: textOf(index) })),
    releases: change.releases.map((release) => ({
      ...release,
      environment: textOf(index),
      revision: textOf(index + 1),
    })),
  }));
  return {
    ...content,
    engagement: {
      ...content.engagement,
      entity: 'Smith & <b>Sons</b> "GmbH" ]]> \u202egnp.exe',
      name: "审计 — بيان — ביקורת",
    },
    items: { ...content.items, change: changes },
    matrices: content.matrices.map((matrix) => ({
      ...matrix,
      rows: matrix.rows.map((row, index) => ({
        ...row,
        title: textOf(index),
        people: textOf(index + 1),
        reference: textOf(index + 2),
      })),
    })),
    results: new ResultList(
      [...content.results].map((result, index) => ({
        ...result,
        reason: textOf(index),
        values: { [`change.${textOf(index)}`]: textOf(index + 1) },
      })),
    ),
    ipe: content.ipe.map((record) => ({
      ...record,
      endpoint: textOf(0),
      query: textOf(4),
      identity: textOf(1),
      notes: hostileTexts,
    })),
    completeness: {
      ...content.completeness,
      notPulled: [textOf(2)],
      sources: content.completeness.sources.map((source) => ({
        ...source,
        unread: {
          count: hostileTexts.length,
          first: hostileTexts.map((reason) => ({ locator: reason, evidence: "0".repeat(64), place: reason, reason })),
        },
      })),
    },
    exclusions: content.exclusions.map((exclusion) => ({ ...exclusion, title: textOf(2), reason: textOf(1) })),
    remarks: content.remarks.map((remark) => ({ ...remark, remark: textOf(4) })),
    reconciliation: {
      ...content.reconciliation,
      tickets: { ...content.reconciliation.tickets, namedButAbsent: hostileTexts },
    },
  };
}
