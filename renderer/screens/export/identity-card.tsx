import type { UseQueryResult } from "@tanstack/react-query";
import type { IdentityView } from "../../../shared/model/view.ts";
import type { CallFault } from "../../api.ts";
import { CopyButton } from "../../components/copy-button.tsx";
import { Fold } from "../../components/fold.tsx";
import { Card, Terms } from "../../components/page.tsx";
import { AnswerOf } from "../../components/states.tsx";
import { Moment } from "../../components/values.tsx";
import { groupHash } from "../../format.ts";
import { strings } from "../../strings.ts";
import { CreateIdentity, LoadIdentity } from "./identity-forms.tsx";
import { UseToken } from "./token-form.tsx";

const words = strings.export.identity;

/** Who signs: shown, made, taken from a PKCS#12 file, or a key on a token. */
export function IdentityCard({ identity }: { readonly identity: UseQueryResult<IdentityView | null, CallFault> }) {
  return (
    <Card title={words.title}>
      <AnswerOf of={identity} loading={words.loading}>
        {(shown) =>
          shown === null ? (
            <div className="stack">
              <p className="muted">{words.none}</p>
              <h3>{words.create}</h3>
              <CreateIdentity />
              <FromFile />
              <FromToken />
            </div>
          ) : (
            <div className="stack">
              <Identity identity={shown} />
              <FromFile />
              <FromToken />
            </div>
          )
        }
      </AnswerOf>
    </Card>
  );
}

function FromFile() {
  return (
    <Fold summary={words.load}>
      <LoadIdentity />
    </Fold>
  );
}

function FromToken() {
  return (
    <Fold summary={words.useToken}>
      <UseToken />
    </Fold>
  );
}

function Identity({ identity }: { readonly identity: IdentityView }) {
  return (
    <>
      <Terms
        entries={[
          [words.subject, identity.subject],
          [words.key, identity.keyType],
          [words.validFrom, <Moment key="from" at={identity.validFrom} />],
          [words.validTo, <Moment key="to" at={identity.validTo} />],
        ]}
      />
      <div>
        <div className="row">
          <h3>{words.fingerprint}</h3>
          <CopyButton what={words.fingerprint} text={identity.fingerprint} />
        </div>
        <code>{groupHash(identity.fingerprint)}</code>
      </div>
      <p className="muted">{words.compare}</p>
    </>
  );
}
