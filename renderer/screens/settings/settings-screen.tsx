import "./settings.css";
import { useProcedure } from "../../api.ts";
import { Page } from "../../components/page.tsx";
import { AnswerOf } from "../../components/states.tsx";
import { strings } from "../../strings.ts";
import { IdentityCard } from "../export/identity-card.tsx";
import { HouseTableCard } from "./house-table-card.tsx";
import { NewEngagementDefaults } from "./new-engagement-defaults.tsx";
import { TrustedSignersCard } from "./trusted-signers-card.tsx";

const words = strings.settings;

/** What belongs to this installation, and to no engagement. */
export function SettingsScreen() {
  const settings = useProcedure("settings.show", {});
  const identity = useProcedure("identity.show", {});
  return (
    <Page title={words.title} subtitle={words.subtitle}>
      <div className="columns">
        <div className="stack">
          <AnswerOf of={settings} loading={words.loading}>
            {(shown) => (
              <>
                <NewEngagementDefaults settings={shown} />
                <HouseTableCard settings={shown} />
              </>
            )}
          </AnswerOf>
          <TrustedSignersCard />
        </div>
        <div className="stack">
          <IdentityCard identity={identity} />
        </div>
      </div>
    </Page>
  );
}
