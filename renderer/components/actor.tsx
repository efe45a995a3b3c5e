import { type ReactNode, useState } from "react";
import { useProcedure } from "../api.ts";
import { strings } from "../strings.ts";
import { TextField } from "./text-field.tsx";

/** The name that was last signed with, and of which engagement: two people may work at one machine, one after the other. */
let last: { readonly engagement: string; readonly name: string } | null = null;

export interface Actor {
  /** A field for the name. */
  readonly field: ReactNode;
  readonly isNamed: boolean;
  /** The name as a request has it, remembered for the next one. */
  readonly sign: () => { readonly by: string };
}

/** Under whose name something is done: the auditor's, until another one is given. */
export function useActor(): Actor {
  const current = useProcedure("engagement.current", {});
  const engagement = current.data?.engagement;
  const remembered = last !== null && last.engagement === engagement?.id ? last.name : null;
  const [typed, setTyped] = useState(remembered);
  const name = typed ?? engagement?.auditor ?? "";
  return {
    field: (
      <TextField
        label={strings.actor.name}
        hint={strings.actor.nameHint}
        value={name}
        onChange={setTyped}
        isRequired
        problem={name.trim() === "" ? strings.common.fillIn : undefined}
      />
    ),
    isNamed: name.trim() !== "",
    sign() {
      if (engagement) last = { engagement: engagement.id, name: name.trim() };
      return { by: name.trim() };
    },
  };
}
