/**
 * Exports an engagement and prints how long that took and how much memory: `whole-export-process.ts ENGAGEMENT TARGET all|sampled`. A
 * process of its own, since the peak memory of a process is that of all that it did.
 */
import { Session } from "../../electron/engine/session.ts";
import { exportBundle } from "../../electron/engine/steps/export-step.ts";
import { issueCertificates } from "../../electron/export/identity/certificate-issuing.ts";
import { identityOf } from "../../electron/export/identity/signing-identity.ts";
import { openEngagement } from "../../electron/store/engagement-file.ts";
import { EvidenceScope } from "../../shared/model/evidence-scope.ts";
import { ownPeakMemory } from "./measurement.ts";

const [path = "", target = "", scope = ""] = process.argv.slice(2);
const validity = [new Date("2025-01-01T00:00:00Z"), new Date("2099-01-01T00:00:00Z")] as const;
const names = { commonName: "Bench", organisation: "Bench" };
const { leafKey, leaf, root } = await issueCertificates(names, "ecdsa-p256", ...validity);
const session = new Session(() => undefined);
await session.adopt(openEngagement(path, session), path);
const records = session.store.countEvidence();

const began = performance.now();
const identity = identityOf(leafKey, [leaf, root]);
const { files } = await exportBundle(session, target, EvidenceScope.parse(scope), identity, { role: "preparer" });
const ms = performance.now() - began;
await session.close();
process.stdout.write(JSON.stringify({ ms, files, records, peakMemoryBytes: ownPeakMemory() }));
