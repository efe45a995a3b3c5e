import "./conclusions.css";
import { IconPrinter } from "@tabler/icons-react";
import { Link } from "@tanstack/react-router";
import type { Conclusion } from "../../../shared/model/conclusion.ts";
import { useProcedure } from "../../api.ts";
import { Button } from "../../components/button.tsx";
import { Page } from "../../components/page.tsx";
import { AnswerOf, Empty } from "../../components/states.tsx";
import { strings } from "../../strings.ts";
import { drawLog } from "../sample/draw-log.ts";
import { NoEngagement } from "../start/no-engagement.tsx";
import { AllConclusions } from "./all-conclusions.tsx";
import { FrameworksCard } from "./frameworks-card.tsx";

const words = strings.conclusions;

export function ConclusionsScreen() {
  const current = useProcedure("engagement.current", {});
  const isOpen = current.data != null;
  const conclusions = useProcedure("evaluation.conclusions", {}, { enabled: isOpen });
  const hasSome = (conclusions.data?.length ?? 0) > 0;
  return (
    <Page
      title={words.title}
      reference={strings.references.conclusions}
      subtitle={words.subtitle}
      actions={
        hasSome ? (
          <Button icon={<IconPrinter size={15} aria-hidden />} onPress={() => window.print()}>
            {words.print}
          </Button>
        ) : null
      }
    >
      <AnswerOf of={current} loading={words.loading}>
        {(engagement) =>
          engagement === null ? (
            <NoEngagement />
          ) : (
            <AnswerOf of={conclusions} loading={words.loading}>
              {(all) => (all.length === 0 ? <NothingConcluded /> : <Concluded conclusions={all} />)}
            </AnswerOf>
          )
        }
      </AnswerOf>
    </Page>
  );
}

function NothingConcluded() {
  return (
    <Empty title={words.none} action={<Link to="/testing">{words.goToTesting}</Link>}>
      {words.noneAbout}
    </Empty>
  );
}

function Concluded({ conclusions }: { readonly conclusions: readonly Conclusion[] }) {
  const draws = useProcedure("sample.list", drawLog);
  return (
    <AnswerOf of={draws} loading={words.loading}>
      {(all) => (
        <div className="stack">
          <AllConclusions conclusions={conclusions} draws={all} />
          <FrameworksCard />
        </div>
      )}
    </AnswerOf>
  );
}
