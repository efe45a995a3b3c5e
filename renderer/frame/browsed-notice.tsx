import { IconEye } from "@tabler/icons-react";
import type { EngagementView } from "../../shared/model/view.ts";
import { Button } from "../components/button.tsx";
import { Fold } from "../components/fold.tsx";
import { useEngagementOpening } from "../screens/start/use-engagement-opening.ts";
import { strings } from "../strings.ts";

const words = strings.browsing;

/** That a bundle is looked at and what became of its verification, on every screen for as long as it is open. */
export function BrowsedNotice({ engagement }: { readonly engagement: EngagementView | null }) {
  const { close } = useEngagementOpening();
  if (engagement?.browsed === undefined) return null;
  const { verdict, trustedName, evidence, part, redacted, stated } = engagement.browsed;
  return (
    <section className="browsed-notice" aria-label={words.title}>
      <IconEye size={17} aria-hidden />
      <div>
        <p>
          <strong>{words.readOnly(fileName(engagement.path), strings.verify.verdicts[verdict])}</strong>{" "}
          {trustedName === null ? null : words.signedBy(trustedName)}
        </p>
        {part ? <p>{words.part(part.part, part.siblings)}</p> : null}
        {redacted ? <p>{words.redacted[redacted]}</p> : null}
        <p className="muted">{part ? words.aboutPart : words.about[evidence]}</p>
        {stated.length > 0 ? (
          <Fold summary={words.stated(stated.length)}>
            <ul>
              {stated.map((title) => (
                <li key={title}>{title}</li>
              ))}
            </ul>
          </Fold>
        ) : null}
      </div>
      <Button onPress={close}>{words.close}</Button>
    </section>
  );
}

function fileName(path: string): string {
  return path.split(/[\\/]/).at(-1) ?? path;
}
