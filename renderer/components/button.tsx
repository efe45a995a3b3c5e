import "./button.css";
import type { ReactNode } from "react";
import { Button as AriaButton, type ButtonProps as AriaButtonProps } from "react-aria-components";

export interface ButtonProps extends Omit<AriaButtonProps, "className" | "style" | "children"> {
  /** `primary` is the one thing to do on a screen; `quiet` has no frame. */
  readonly look?: "primary" | "plain" | "quiet";
  readonly icon?: ReactNode;
  readonly children?: ReactNode;
}

export function Button({ look = "plain", icon, children, ...rest }: ButtonProps) {
  const iconOnly = children === undefined ? " button-icon-only" : "";
  return (
    <AriaButton {...rest} className={`button button-${look}${iconOnly}`}>
      {icon}
      {children}
    </AriaButton>
  );
}
