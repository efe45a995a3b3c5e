import "./palette.css";
import { IconArrowRight } from "@tabler/icons-react";
import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import {
  Dialog as AriaDialog,
  Autocomplete,
  Input,
  Menu,
  MenuItem,
  Modal,
  ModalOverlay,
  SearchField,
} from "react-aria-components";
import type { EngagementView } from "../../shared/model/view.ts";
import { useProcedure } from "../api.ts";
import { useEngagementOpening } from "../screens/start/use-engagement-opening.ts";
import { useVerification } from "../screens/verify/use-verification.ts";
import { strings } from "../strings.ts";
import { listStages } from "./stages.tsx";

const words = strings.palette;

export interface PaletteProps {
  readonly engagement: EngagementView | null;
  readonly isOpen: boolean;
  readonly onClose: () => void;
  readonly onTour: () => void;
  /** Null where nothing can be undone: without an engagement, and while a bundle is browsed. */
  readonly onUndo: (() => void) | null;
}

interface Entry {
  readonly id: string;
  readonly label: string;
  readonly about: string;
  readonly act: () => void;
}

/** Goes to any screen, does what the menu does, and finds a change or deployment by what is typed. Ctrl or Cmd and K. */
export function Palette({ engagement, isOpen, onClose, onTour, onUndo }: PaletteProps) {
  const [typed, setTyped] = useState("");
  const entries = [...useCommands(engagement, onTour, onUndo), ...useFound(engagement, typed)];
  const close = () => {
    setTyped("");
    onClose();
  };
  const act = (id: string) => {
    close();
    entries.find((entry) => entry.id === id)?.act();
  };
  return (
    <ModalOverlay
      className="dialog-ground palette-ground"
      isOpen={isOpen}
      onOpenChange={(open) => {
        if (!open) close();
      }}
      isDismissable
    >
      <Modal className="palette">
        <AriaDialog aria-label={words.title} className="palette-dialog">
          <Autocomplete inputValue={typed} onInputChange={setTyped} filter={(label, wanted) => isFound(label, wanted)}>
            <SearchField aria-label={words.title} autoFocus className="palette-field">
              <Input placeholder={words.placeholder} className="palette-input" />
            </SearchField>
            {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolled list must be reachable by keyboard */}
            <div className="palette-scroll" tabIndex={0}>
              <Menu
                aria-label={words.entries}
                className="palette-entries"
                items={entries}
                onAction={(key) => act(String(key))}
                renderEmptyState={() => <p className="muted palette-none">{words.none}</p>}
              >
                {(entry) => (
                  <MenuItem textValue={`${entry.label} ${entry.about}`} className="palette-entry">
                    <span className="palette-label">{entry.label}</span>
                    <span className="muted">{entry.about}</span>
                    <IconArrowRight size={14} aria-hidden />
                  </MenuItem>
                )}
              </Menu>
            </div>
          </Autocomplete>
        </AriaDialog>
      </Modal>
    </ModalOverlay>
  );
}

/** Every word that was typed occurs, in whatever order. */
function isFound(label: string, wanted: string): boolean {
  const text = label.toLowerCase();
  return wanted
    .toLowerCase()
    .split(/\s+/)
    .every((word) => text.includes(word));
}

function useCommands(engagement: EngagementView | null, onTour: () => void, onUndo: PaletteProps["onUndo"]): Entry[] {
  const navigate = useNavigate();
  const opening = useEngagementOpening();
  const verification = useVerification();
  const screens = listStages(engagement).map(({ to, label }) => ({
    ...{ id: to, label, about: words.screen },
    act: () => void navigate({ to }),
  }));
  return [
    ...screens,
    ...(onUndo ? [{ id: "undo-mark", label: words.undo, about: words.edit, act: onUndo }] : []),
    { id: "open", label: words.open, about: words.file, act: opening.chooseAndOpen },
    { id: "demo", label: words.demo, about: words.file, act: opening.openDemo },
    { id: "verify", label: words.verify, about: words.file, act: verification.choose },
    ...(engagement ? [{ id: "close", label: words.close, about: words.file, act: opening.close }] : []),
    { id: "tour", label: words.tour, about: words.help, act: onTour },
  ];
}

const fewestLetters = 3;
const [mostFound, noneAsked] = [8, 1];

/** Changes and deployments whose id, title or repository has what was typed. */
function useFound(engagement: EngagementView | null, typed: string): Entry[] {
  const navigate = useNavigate();
  const search = typed.trim();
  const isAsked = engagement !== null && search.length >= fewestLetters;
  const request = { offset: 0, limit: isAsked ? mostFound : noneAsked, search };
  const changes = useProcedure("population.items", { population: "change", ...request }, { enabled: isAsked });
  const deployments = useProcedure("population.items", { population: "deployment", ...request }, { enabled: isAsked });
  if (!isAsked) return [];
  const entriesOf = (population: "change" | "deployment", rows: typeof changes.data): Entry[] =>
    (rows?.rows ?? []).map((row) => ({
      id: `${population} ${row.id}`,
      label: row.title || row.id,
      // What was typed may be of the id, which is not in the title.
      about: `${strings.items[population].id} ${row.repository} ${row.id}`,
      act: () => void navigate({ to: "/population", search: { population, search: row.id } }),
    }));
  return [...entriesOf("change", changes.data), ...entriesOf("deployment", deployments.data)];
}
