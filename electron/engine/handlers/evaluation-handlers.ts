import { parseCatalog } from "../../../shared/evaluation/catalog-text.ts";
import { readCatalogSettings } from "../catalog-settings.ts";
import { digest } from "../digest.ts";
import type { EngineHandlersOf } from "../handler-types.ts";
import { readDefaultCatalog } from "../resources.ts";
import type { Session } from "../session.ts";
import { changeCatalog } from "../steps/catalog-change-step.ts";
import { checkCatalog } from "../steps/catalog-check-step.ts";
import { tryCatalog } from "../steps/catalog-trial-step.ts";
import { evaluateSamples } from "../steps/evaluation-step.ts";
import { listConclusions } from "../views/conclusion-view.ts";
import { readEvidenceBytes, readEvidenceText } from "../views/evidence-view.ts";
import { listFrameworks } from "../views/framework-view.ts";
import { listMatrixRows } from "../views/matrix-rows.ts";
import { viewItem, viewMatrix } from "../views/testing-view.ts";

export function createEvaluationHandlers(session: Session): EngineHandlersOf<"catalog" | "evaluation" | "evidence"> {
  const settings = () =>
    session.isOpen ? readCatalogSettings(session) : { text: readDefaultCatalog(), parameters: {} };
  return {
    "catalog.show"() {
      const { text } = settings();
      return { catalog: parseCatalog(text).catalog, sha256: digest(text) };
    },
    "catalog.text"() {
      const { text } = settings();
      return { text, sha256: digest(text) };
    },
    "catalog.check": ({ text }) => checkCatalog(text, settings().parameters),
    "catalog.try": (request) => tryCatalog(session, request),
    "catalog.change": (request) => ({ changed: changeCatalog(session, request) }),
    "evaluation.run": () => evaluateSamples(session),
    "evaluation.conclusions": () => listConclusions(session),
    "evaluation.frameworks": () => listFrameworks(session),
    "evaluation.matrix": ({ population, ...given }) => viewMatrix(session, population, given),
    "evaluation.rows": ({ query, ...page }) => listMatrixRows(session, query, page),
    "evaluation.item": ({ population, id }) => viewItem(session, population, id),
    "evidence.read": (request) => readEvidenceText(session, request),
    "evidence.bytes": (request) => readEvidenceBytes(session, request),
  };
}
