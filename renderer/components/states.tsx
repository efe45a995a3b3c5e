import "./states.css";
import { IconAlertTriangle, IconCircleDashed, IconRefresh } from "@tabler/icons-react";
import type { UseQueryResult } from "@tanstack/react-query";
import type { ReactNode } from "react";
import type { CallFault } from "../api.ts";
import { strings } from "../strings.ts";
import { Button } from "./button.tsx";

export function Loading({ what }: { readonly what: string }) {
  return (
    <p className="state" role="status">
      <IconCircleDashed size={16} className="turning" aria-hidden />
      {what}
    </p>
  );
}

export interface EmptyProps {
  readonly title: string;
  readonly children?: ReactNode;
  readonly action?: ReactNode;
}

export function Empty({ title, children, action }: EmptyProps) {
  return (
    <div className="empty">
      <h2>{title}</h2>
      {children ? <p className="muted">{children}</p> : null}
      {action ? <div className="row">{action}</div> : null}
    </div>
  );
}

export interface FaultNoticeProps {
  readonly fault: CallFault;
  readonly onRetry?: () => void;
}

/** A fault in full: what happened, what to do, its code. */
export function FaultNotice({ fault, onRetry }: FaultNoticeProps) {
  return (
    <div className="fault" role="alert">
      <IconAlertTriangle size={18} aria-hidden />
      <div className="fault-words">
        <p className="fault-message">{fault.message}</p>
        <p>{fault.action}</p>
        <p className="fault-code mono">{fault.code}</p>
      </div>
      {onRetry ? (
        <Button icon={<IconRefresh size={15} aria-hidden />} onPress={onRetry}>
          {strings.common.retry}
        </Button>
      ) : null}
    </div>
  );
}

export interface AnswerProps<T> {
  readonly of: UseQueryResult<T, CallFault>;
  readonly loading: string;
  readonly children: (value: T) => ReactNode;
}

/** What was asked for, or that it is on its way, or why it did not come. */
export function AnswerOf<T>({ of, loading, children }: AnswerProps<T>) {
  if (of.isError && !of.isFetching) return <FaultNotice fault={of.error} onRetry={() => void of.refetch()} />;
  if (of.data === undefined) return <Loading what={loading} />;
  return children(of.data);
}
