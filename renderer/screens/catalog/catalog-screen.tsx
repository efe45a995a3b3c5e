import "./catalog.css";
import { useProcedure } from "../../api.ts";
import { Page } from "../../components/page.tsx";
import { AnswerOf } from "../../components/states.tsx";
import { strings } from "../../strings.ts";
import { CatalogEditor } from "./catalog-editor.tsx";
import { CatalogTrial } from "./catalog-trial.tsx";
import { ControlList } from "./control-list.tsx";

const words = strings.catalog;

/** What the engagement tests, and what an edited catalog would change of it. */
export function CatalogScreen() {
  const catalog = useProcedure("catalog.show", {});
  const current = useProcedure("engagement.current", {});
  return (
    <Page title={words.title} subtitle={words.subtitle}>
      <AnswerOf of={catalog} loading={words.loading}>
        {(view) => (
          <div className="stack">
            {current.data?.browsed ? null : (
              <CatalogEditor catalog={view.catalog} hasEngagement={Boolean(current.data)} />
            )}
            {current.data && !current.data.browsed ? <CatalogTrial /> : null}
            <ControlList view={view} />
          </div>
        )}
      </AnswerOf>
    </Page>
  );
}
