import { IconCheck, IconCopy } from "@tabler/icons-react";
import { useEffect, useState } from "react";
import { copyText } from "../clipboard.ts";
import { strings } from "../strings.ts";
import { Button } from "./button.tsx";

export interface CopyButtonProps {
  /** What is copied, for those who do not see where the button stands: `digest of the changes`. */
  readonly what: string;
  /** The text, or what makes it when it is wanted, with its HTML flavour. */
  readonly text: string | (() => Promise<{ readonly text: string; readonly html: string }>);
  readonly look?: "plain" | "quiet";
  readonly children?: string;
}

export function CopyButton({ what, text, look = "quiet", children }: CopyButtonProps) {
  const [isCopied, setCopied] = useState(false);
  useEffect(() => {
    if (!isCopied) return;
    const timer = setTimeout(() => setCopied(false), 2000);
    return () => clearTimeout(timer);
  }, [isCopied]);
  const copy = async () => {
    const made = typeof text === "string" ? { text, html: undefined } : await text();
    setCopied(copyText(made.text, made.html));
  };
  return (
    <>
      <Button
        look={look}
        aria-label={children === undefined ? strings.common.copy(what) : `${children}: ${what}`}
        icon={isCopied ? <IconCheck size={15} aria-hidden /> : <IconCopy size={15} aria-hidden />}
        onPress={() => void copy()}
      >
        {children}
      </Button>
      <span className="unseen" role="status">
        {isCopied ? strings.common.copied(what) : ""}
      </span>
    </>
  );
}
