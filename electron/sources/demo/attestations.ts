import { createHash } from "node:crypto";
import { stringify } from "yaml";
import { attestationsMark, WrittenAttestation } from "../../../shared/model/attestation-file.ts";
import type { Directory } from "./directory.ts";
import type { DemoFiles } from "./export-files.ts";
import { type Seconds, secondsOf, weekdayOf, zuluTime } from "./moments.ts";
import { pdfDocument } from "./pdf-document.ts";
import type { Story } from "./story-schema.ts";

const folder = "export/attestations";
const day = 86_400;
const hour = 3600;

interface Attested {
  readonly written: WrittenAttestation;
  /** The document that is attached, where it was handed over. */
  readonly document: readonly [name: string, content: string] | null;
}

/** What was attested in the period, with the documents that were attached to it and handed over. */
export function attestationFiles(story: Story, directory: Directory): DemoFiles {
  const attested = [...weeksOf(story).flatMap((week) => attestWeek(story, directory, week)), ...told(story, directory)];
  const file = { tickmark: attestationsMark, attestations: attested.map(({ written }) => written) };
  const documents = attested.flatMap(({ document }) => (document ? [document] : []));
  const postMortems = story.operations.postMortems.map(
    ({ name, text }) => [`export/post-mortems/${name}`, pdfDocument(name.replace(/\.pdf$/, ""), text)] as const,
  );
  return new Map([
    [`${folder}/attestations.yaml`, stringify(file)] as const,
    ...documents.map(([name, content]) => [`${folder}/${name}`, content] as const),
    ...postMortems,
  ]);
}

interface Week {
  readonly id: string;
  /** Its first moment. */
  readonly monday: Seconds;
}

/** The weeks that lie wholly in the period. They begin at midnight by the story's winter time. */
function weeksOf({ period }: Story): Week[] {
  const weeks: Week[] = [];
  const end = secondsOf(`${period.to}T23:59:59+02:00`);
  let number = 1;
  for (let at = secondsOf(`${period.from}T00:00:00+01:00`); at < end; at += day) {
    if (weekdayOf(at, period.timeZone) !== 1) continue;
    number += 1;
    if (at + 7 * day <= end)
      weeks.push({ id: `${period.from.slice(0, 4)}-W${String(number).padStart(2, "0")}`, monday: at });
  }
  return weeks;
}

/** On the Tuesday after, unless the story says otherwise. */
function attestWeek(story: Story, directory: Directory, { id, monday }: Week): Attested[] {
  const { by, logs, alerts } = story.operations.attestations;
  const tuesday = monday + 8 * day + 9 * hour;
  const forLogs = logs[id];
  const forAlerts = alerts[id];
  const found = story.operations.detector.found.some(({ on }) => isIn(on, monday));
  return [
    ...(forLogs === "nobody"
      ? []
      : [
          attest(directory, {
            ...{ control: "OPS-01", occurrence: id, by: forLogs === "by-developer" ? "tobias" : by },
            at: forLogs === "early" ? monday + 3 * day : forLogs === "late" ? tuesday + 30 * day : tuesday,
            ...{ done: ["logs-read", "findings-followed-up"], open: [], document: `logs-${id}.pdf` },
            text: [`Access logs of production, ${id}`, "Sessions of operations and of the pipeline, as expected."],
            handedOver: forLogs !== "no-document",
          }),
        ]),
    ...(forAlerts === "nobody" || !found
      ? []
      : [
          attest(directory, {
            ...{ control: "OPS-03", occurrence: id, by: forAlerts === "by-stranger" ? "ops-temp" : "nkechi" },
            ...{ at: tuesday + hour, document: `alerts-${id}.pdf`, handedOver: true },
            done: forAlerts === "left-open" ? ["alerts-looked-at"] : ["alerts-looked-at", "unexplained-have-tickets"],
            open: forAlerts === "left-open" ? ["unexplained-have-tickets"] : [],
            text: [`Alerts of the detector, ${id}`, "Each with the change that explains it, or its ticket."],
          }),
        ]),
  ];
}

function isIn(date: string, monday: Seconds): boolean {
  const at = secondsOf(`${date}T05:30:00+01:00`);
  return at >= monday && at < monday + 7 * day;
}

function told(story: Story, directory: Directory): Attested[] {
  return story.operations.attestations.told.map((each) => attest(directory, each));
}

function attest(directory: Directory, each: Story["operations"]["attestations"]["told"][number]): Attested {
  const content = pdfDocument(each.document.replace(/\.pdf$/, ""), each.text);
  const sha256 = createHash("sha256").update(content).digest("hex");
  const { email, login } = directory.of(each.by);
  const written = WrittenAttestation.parse({
    ...{ control: each.control, occurrence: each.occurrence, by: email === "" ? login : email, at: zuluTime(each.at) },
    ...{ done: each.done, open: each.open, documents: [{ name: each.document, sha256 }] },
  });
  return { written, document: each.handedOver ? [each.document, content] : null };
}
