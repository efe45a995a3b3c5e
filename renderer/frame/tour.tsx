import "./tour.css";
import { useNavigate } from "@tanstack/react-router";
import { useEffect, useRef, useState } from "react";
import type { EngagementView } from "../../shared/model/view.ts";
import { Button } from "../components/button.tsx";
import { useEngagementOpening, useOpeningState } from "../screens/start/use-engagement-opening.ts";
import { strings } from "../strings.ts";

const words = strings.tour;

export interface TourProps {
  readonly engagement: EngagementView | null;
  readonly onEnd: () => void;
}

/**
 * The whole job in a few stops, each beside the screen where it is done. The person does the steps; the tour says which,
 * covers nothing and locks nothing.
 */
export function Tour({ engagement, onEnd }: TourProps) {
  const [at, setAt] = useState(0);
  const navigate = useNavigate();
  const heading = useRef<HTMLHeadingElement>(null);
  const stop = words.stops[at];
  useEffect(() => {
    if (stop) void navigate({ to: stop.screen });
    heading.current?.focus();
  }, [stop, navigate]);
  if (!stop) return null;
  const isLast = at === words.stops.length - 1;
  return (
    <aside className="tour" aria-label={words.title}>
      <p className="muted">{words.place(at + 1, words.stops.length)}</p>
      <h2 ref={heading} tabIndex={-1}>
        {stop.title}
      </h2>
      {stop.says.map((sentence) => (
        <p key={sentence}>{sentence}</p>
      ))}
      {at === 0 && engagement === null ? <OpenDemo /> : null}
      <div className="row">
        {at > 0 ? <Button onPress={() => setAt(at - 1)}>{words.back}</Button> : null}
        {isLast ? null : (
          <Button look="primary" isDisabled={engagement === null} onPress={() => setAt(at + 1)}>
            {words.next}
          </Button>
        )}
        <Button look="plain" onPress={onEnd}>
          {isLast ? words.done : words.end}
        </Button>
      </div>
    </aside>
  );
}

function OpenDemo() {
  const opening = useEngagementOpening();
  const { running } = useOpeningState();
  return (
    <div className="row">
      <Button look="primary" isDisabled={running !== null} onPress={opening.openDemo}>
        {strings.start.demo}
      </Button>
    </div>
  );
}
