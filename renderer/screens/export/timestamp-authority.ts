import { useState } from "react";

const place = "tickmark.timestamp-authority";

/** The address of the timestamp authority, the same at the next export: it is no secret, and of this window alone. */
export function useTimestampAuthority(): { authority: string; setAuthority: (authority: string) => void } {
  const [authority, show] = useState(() => localStorage.getItem(place) ?? "");
  const setAuthority = (chosen: string) => {
    localStorage.setItem(place, chosen.trim());
    show(chosen.trim());
  };
  return { authority, setAuthority };
}
