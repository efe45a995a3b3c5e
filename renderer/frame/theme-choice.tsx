import "../components/segments.css";
import { IconDeviceDesktop, IconMoon, IconSun } from "@tabler/icons-react";
import { useState } from "react";
import { ToggleButton, ToggleButtonGroup } from "react-aria-components";
import { strings } from "../strings.ts";
import { keepTheme, readTheme, type Theme } from "../theme.ts";

const choices = [
  ["system", IconDeviceDesktop],
  ["light", IconSun],
  ["dark", IconMoon],
] as const;

export function ThemeChoice() {
  const [theme, setTheme] = useState<Theme>(readTheme);
  const choose = (keys: Set<string | number>) => {
    const [chosen] = keys;
    if (chosen !== "system" && chosen !== "light" && chosen !== "dark") return;
    keepTheme(chosen);
    setTheme(chosen);
  };
  return (
    <ToggleButtonGroup
      className="segments theme-choice"
      aria-label={strings.frame.theme}
      disallowEmptySelection
      selectedKeys={[theme]}
      onSelectionChange={choose}
    >
      {choices.map(([id, Icon]) => (
        <ToggleButton key={id} id={id} className="segment" aria-label={strings.frame.themes[id]}>
          <Icon size={14} aria-hidden />
        </ToggleButton>
      ))}
    </ToggleButtonGroup>
  );
}
