import { resolve } from "node:path";
import type { EngineHandlersOf, KeeperHandlers } from "../handler-types.ts";
import type { Session } from "../session.ts";

/** The store comes with the first engagement: a process that opens none does not need better-sqlite3. */
const loadOpening = () => import("../steps/opening-step.ts");

async function view(session: Session) {
  const { viewEngagement } = await import("../views/engagement-view.ts");
  return viewEngagement(session);
}

export function createEngagementHandlers(session: Session): EngineHandlersOf<"engagement" | "activity" | "work"> {
  return {
    async "engagement.create"(request) {
      const { createNewEngagement } = await loadOpening();
      await createNewEngagement(session, request);
      return view(session);
    },
    async "engagement.create-demo"({ folder }) {
      const { createDemoEngagement } = await import("../steps/demo-step.ts");
      await createDemoEngagement(session, resolve(folder));
      return view(session);
    },
    async "engagement.open"({ path }) {
      const { openExistingEngagement } = await loadOpening();
      await openExistingEngagement(session, path);
      return view(session);
    },
    "engagement.current": () => (session.isOpen ? view(session) : null),
    async "engagement.close"() {
      await session.close();
      return {};
    },
    "activity.list": ({ offset, limit }) => ({
      total: session.store.activityHead().number,
      activities: session.store.activityEntries({ offset, limit }),
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
      return view(session);
    },
  };
}
