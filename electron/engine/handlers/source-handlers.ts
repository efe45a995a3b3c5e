import { resolve } from "node:path";
import type { Source } from "../../../shared/model/source.ts";
import type { SourceView } from "../../../shared/model/view.ts";
import type { EngineHandlersOf, KeeperHandlers } from "../handler-types.ts";
import type { Session } from "../session.ts";
import { viewCompleteness } from "../views/completeness-view.ts";

export function createSourceHandlers(session: Session): EngineHandlersOf<"source"> {
  const view = (source: Source): SourceView => ({
    source,
    pull: session.store.listPulls().findLast(({ sourceId }) => sourceId === source.id) ?? null,
    ipe: session.store.ipeRecords().find(({ sourceId }) => sourceId === source.id) ?? null,
  });
  return {
    "source.list": () => session.store.listSources().map(view),
    "source.add"({ source }) {
      session.writable.addSource(source);
      session.emit("engagement-changed", {});
      return view(source);
    },
    async "source.attest"({ path, ...attested }) {
      const { writeAttestation } = await import("../steps/attestation-step.ts");
      const { readCatalog } = await import("../catalog-settings.ts");
      const request = { ...attested, path: resolve(session.baseFolder, path), catalog: readCatalog(session) };
      return writeAttestation(request, session.now());
    },
    async "source.kinds"() {
      const { listSourceKinds } = await import("../../sources/source-kinds.ts");
      return listSourceKinds();
    },
    async "source.recognise"({ path, format }) {
      const { lookAtFiles } = await import("../../sources/files/look-at-files.ts");
      return lookAtFiles(path, session.baseFolder, new AbortController().signal, format);
    },
  };
}

export function createCompletenessHandlers(session: Session): EngineHandlersOf<"completeness"> {
  return { "completeness.show": () => viewCompleteness(session) };
}

/** With everything that reads a record. */
const loadPullStep = () => import("../steps/pull-step.ts");

/** Asked by whoever keeps the tokens. */
export function createPullHandlers(session: Session): Pick<KeeperHandlers, "source.test" | "pull.run"> {
  return {
    "source.test": async ({ id, tokens }) => (await loadPullStep()).testSource(session, id, tokens),
    "pull.run": async ({ sources, tokens }) => (await loadPullStep()).pullSources(session, sources, tokens),
  };
}
