import { randomUUID } from "node:crypto";
import { resolve } from "node:path";
import { resolvePeriod } from "../../../shared/model/period.ts";
import { chooseCatalog, saveCatalogSettings } from "../catalog-settings.ts";
import type { EngineHandlersOf, KeeperHandlers } from "../handler-types.ts";
import type { Session } from "../session.ts";
import { viewEngagement } from "../views/engagement-view.ts";

/** The store is loaded with the first engagement: a process that opens none does not need better-sqlite3. */
const loadStore = () => import("../../store/engagement-file.ts");

export function createEngagementHandlers(session: Session): EngineHandlersOf<"engagement" | "activity" | "work"> {
  return {
    async "engagement.create"(request) {
      const period = resolvePeriod(request.from, request.to, request.timeZone);
      const settings = chooseCatalog(request.catalogPath, request.parameters ?? {});
      const { createEngagement } = await loadStore();
      const path = resolve(request.path);
      const { name, entity, auditor } = request;
      const engagement = { id: randomUUID(), name, entity, period, auditor };
      await session.adopt(createEngagement(path, engagement, session), path);
      saveCatalogSettings(session, settings);
      return viewEngagement(session);
    },
    async "engagement.create-demo"({ folder }) {
      const { createDemoEngagement } = await import("../steps/demo-step.ts");
      await createDemoEngagement(session, resolve(folder));
      return viewEngagement(session);
    },
    async "engagement.open"({ path }) {
      const { openEngagement } = await loadStore();
      const whole = resolve(path);
      if (session.isOpen && session.path === whole) return viewEngagement(session);
      await session.adopt(openEngagement(whole, session), whole);
      return viewEngagement(session);
    },
    "engagement.current": () => (session.isOpen ? viewEngagement(session) : null),
    async "engagement.close"() {
      await session.close();
      return {};
    },
    "activity.list": ({ offset, limit }) => ({
      total: session.store.activityHead().number,
      activities: session.store.activities({ offset, limit }),
    }),
    "work.cancel": () => ({ cancelled: session.cancel() }),
  };
}

/** Asked by whoever keeps the list of trusted signers. */
export function createBrowsingHandlers(session: Session): Pick<KeeperHandlers, "bundle.browse"> {
  return {
    async "bundle.browse"(request) {
      const { browseBundle } = await import("../steps/bundle-browsing-step.ts");
      await browseBundle(session, request);
      return viewEngagement(session);
    },
  };
}
