import { randomUUID } from "node:crypto";
import { resolve } from "node:path";
import type { RequestOf } from "../../../shared/ipc/contract.ts";
import { resolvePeriod } from "../../../shared/model/period.ts";
import { createEngagement, openEngagement } from "../../store/engagement-file.ts";
import { chooseCatalog, saveCatalogSettings } from "../catalog-settings.ts";
import type { Session } from "../session.ts";

/** @throws period-invalid, time-zone-unknown, catalog-invalid, file-missing, engagement-exists */
export async function createNewEngagement(session: Session, request: RequestOf<"engagement.create">): Promise<void> {
  const period = resolvePeriod(request.from, request.to, request.timeZone);
  const settings = chooseCatalog(request.catalogPath, request.parameters ?? {});
  const path = resolve(request.path);
  const { name, entity, auditor } = request;
  const engagement = { id: randomUUID(), name, entity, period, auditor };
  await session.adopt(createEngagement(path, engagement, session), path);
  saveCatalogSettings(session, settings);
}

/** One that is open already stays as it is. @throws engagement-missing, -newer, -corrupt, -busy */
export async function openExistingEngagement(session: Session, path: string): Promise<void> {
  const whole = resolve(path);
  if (session.isOpen && session.path === whole) return;
  await session.adopt(openEngagement(whole, session), whole);
}
