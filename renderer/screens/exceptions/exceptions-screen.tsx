import { Changing } from "../../components/changing.tsx";
import "./exceptions.css";
import { IconFlag } from "@tabler/icons-react";
import { useState } from "react";
import type { ExceptionView } from "../../../shared/model/judgement-view.ts";
import { useProcedure } from "../../api.ts";
import { Button } from "../../components/button.tsx";
import { Page } from "../../components/page.tsx";
import { Segments } from "../../components/segments.tsx";
import { AnswerOf, Empty } from "../../components/states.tsx";
import { strings } from "../../strings.ts";
import { NoEngagement } from "../start/no-engagement.tsx";
import { ExceptionCard } from "./exception-card.tsx";
import { WriteUpDialog } from "./write-up-dialog.tsx";

const words = strings.exceptions;
const shows = [
  { id: "all", label: words.all },
  { id: "open", label: words.notClosed },
] as const;

/** Deviations written up: what should be, what is, why, what follows, what management says and what a retest showed. */
export function ExceptionsScreen() {
  const current = useProcedure("engagement.current", {});
  const isOpen = current.data != null;
  const exceptions = useProcedure("exception.list", {}, { enabled: isOpen });
  const [show, setShow] = useState<"all" | "open">("all");
  const [isWriting, setWriting] = useState(false);
  return (
    <Page
      title={words.title}
      reference={strings.references.exceptions}
      subtitle={words.subtitle}
      actions={
        isOpen ? (
          <>
            <Segments label={words.show} value={show} choices={shows} onChange={setShow} />
            <Changing>
              <Button look="primary" icon={<IconFlag size={15} aria-hidden />} onPress={() => setWriting(true)}>
                {words.writeUp}
              </Button>
            </Changing>
          </>
        ) : null
      }
    >
      <AnswerOf of={current} loading={words.loading}>
        {(engagement) =>
          engagement === null ? (
            <NoEngagement />
          ) : (
            <AnswerOf of={exceptions} loading={words.loading}>
              {(all) => <Exceptions all={all} show={show} />}
            </AnswerOf>
          )
        }
      </AnswerOf>
      <WriteUpDialog isOpen={isWriting} onClose={() => setWriting(false)} />
    </Page>
  );
}

function Exceptions({ all, show }: { readonly all: readonly ExceptionView[]; readonly show: "all" | "open" }) {
  const shown = show === "all" ? all : all.filter(({ state }) => state !== "closed");
  if (shown.length === 0)
    return <Empty title={all.length === 0 ? words.none : words.noneOpen}>{words.noneAbout}</Empty>;
  return (
    <div className="stack exceptions">
      {shown.map((view) => (
        <ExceptionCard key={view.ref} view={view} />
      ))}
    </div>
  );
}
