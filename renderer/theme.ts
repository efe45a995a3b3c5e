/** `system` follows the operating system; the other two are the person's own choice. */
export type Theme = "system" | "light" | "dark";

const place = "tickmark.theme";

export function readTheme(): Theme {
  const kept = window.localStorage.getItem(place);
  return kept === "light" || kept === "dark" ? kept : "system";
}

export function keepTheme(theme: Theme): void {
  window.localStorage.setItem(place, theme);
  applyTheme(theme);
}

export function applyTheme(theme: Theme): void {
  if (theme === "system") delete document.documentElement.dataset["theme"];
  else document.documentElement.dataset["theme"] = theme;
}
