import { resolve } from "node:path";
import type { Source } from "../../../shared/model/source.ts";
import type { SourceView } from "../../../shared/model/view.ts";
import { lookAtFiles } from "../../sources/files/look-at-files.ts";
import { listSourceKinds } from "../../sources/source-kinds.ts";
import { readCatalog } from "../catalog-settings.ts";
import type { EngineHandlersOf, KeeperHandlers } from "../handler-types.ts";
import type { Session } from "../session.ts";
import { pullSources, testSource } from "../steps/pull-step.ts";

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
      const request = { ...attested, path: resolve(session.baseFolder, path), catalog: readCatalog(session) };
      return writeAttestation(request, session.now());
    },
    "source.kinds": () => listSourceKinds(),
    "source.recognise": ({ path, format }) =>
      lookAtFiles(path, session.baseFolder, new AbortController().signal, format),
  };
}

/** Asked by whoever keeps the tokens. */
export function createPullHandlers(session: Session): Pick<KeeperHandlers, "source.test" | "pull.run"> {
  return {
    "source.test": ({ id, tokens }) => testSource(session, id, tokens),
    "pull.run": ({ sources, tokens }) => pullSources(session, sources, tokens),
  };
}
