import { IconKey } from "@tabler/icons-react";
import { useState } from "react";
import type { KeptToken } from "../../../shared/model/kept-token.ts";
import type { SourceView } from "../../../shared/model/view.ts";
import { useCommand, useProcedure } from "../../api.ts";
import { Button } from "../../components/button.tsx";
import { Dialog } from "../../components/dialog.tsx";
import { Terms } from "../../components/page.tsx";
import { AnswerOf, FaultNotice } from "../../components/states.tsx";
import { Moment, Tag } from "../../components/values.tsx";
import { strings } from "../../strings.ts";
import { TokenForm } from "./token-form.tsx";

const words = strings.sources.tokens;

interface TokensDialogProps {
  readonly sources: readonly SourceView[];
  readonly isOpen: boolean;
  readonly onClose: () => void;
}

/** The tokens that this installation keeps: which account each is for, which sources use it; kept, replaced, removed. */
export function TokensDialog({ sources, isOpen, onClose }: TokensDialogProps) {
  const kept = useProcedure("token.list", {}, { enabled: isOpen });
  const [isAdding, setAdding] = useState(false);
  return (
    <Dialog title={words.title} isOpen={isOpen} onClose={onClose}>
      <div className="stack">
        <p className="muted">{words.about}</p>
        <AnswerOf of={kept} loading={strings.sources.loading}>
          {({ tokens }) => (
            <>
              {tokens.length === 0 ? <p>{words.none}</p> : null}
              {tokens.map((token) => (
                <TokenEntry key={`${token.name} ${token.keptAt}`} token={token} usedBy={usersOf(token, sources)} />
              ))}
            </>
          )}
        </AnswerOf>
        {isAdding ? (
          <TokenForm onKept={() => setAdding(false)} onCancel={() => setAdding(false)} />
        ) : (
          <div className="form-actions">
            <Button icon={<IconKey size={15} aria-hidden />} onPress={() => setAdding(true)}>
              {words.add}
            </Button>
          </div>
        )}
      </div>
    </Dialog>
  );
}

function usersOf({ name }: KeptToken, sources: readonly SourceView[]): string[] {
  return sources.flatMap(({ source }) =>
    "token" in source && source.token.in === "keychain" && source.token.name === name ? [source.id] : [],
  );
}

type Act = "replace" | "remove" | null;

function TokenEntry({ token, usedBy }: { readonly token: KeptToken; readonly usedBy: readonly string[] }) {
  const [act, setAct] = useState<Act>(null);
  const remove = useCommand("token.remove", { refreshes: ["token.list"] });
  return (
    <section className="token-entry stack" aria-label={token.name}>
      <div className="row">
        <h3>{token.name}</h3>
        {token.where === "memory" ? <Tag>{words.inMemory}</Tag> : null}
        <span className="token-acts">
          <Button aria-label={words.replaceOf(token.name)} onPress={() => setAct("replace")}>
            {words.replace}
          </Button>
          <Button aria-label={words.removeOf(token.name)} onPress={() => setAct("remove")}>
            {words.remove}
          </Button>
        </span>
      </div>
      <Terms
        entries={[
          token.account === "" ? null : [words.account, token.account],
          [words.keptAt, <Moment key="at" at={token.keptAt} />],
          [words.usedBy, usedBy.length === 0 ? words.unused : usedBy.join(", ")],
        ]}
      />
      {act === "replace" ? (
        <TokenForm replaces={token} onKept={() => setAct(null)} onCancel={() => setAct(null)} />
      ) : null}
      {act === "remove" ? (
        <div className="form-actions">
          <Button isDisabled={remove.isPending} onPress={() => remove.mutate({ name: token.name })}>
            {words.removeNow(token.name)}
          </Button>
          <Button onPress={() => setAct(null)}>{strings.common.cancel}</Button>
        </div>
      ) : null}
      {remove.isError ? <FaultNotice fault={remove.error} /> : null}
    </section>
  );
}
