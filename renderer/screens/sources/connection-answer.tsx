import type { ConnectionTest } from "../../../shared/model/pull.ts";
import { Terms } from "../../components/page.tsx";
import { strings } from "../../strings.ts";

const words = strings.sources.connection;

/** What a connection test found out. An account that can write is more than an auditor should have. */
export function ConnectionAnswer({ answer }: { readonly answer: ConnectionTest }) {
  const rights = answer.canWrite === null ? words.unknown : answer.canWrite ? words.canWrite : words.readOnly;
  return (
    <div className={answer.canWrite ? "notice" : "notice notice-good"} role="status">
      <p>
        <strong>{words.title}</strong>
      </p>
      <Terms
        entries={[
          answer.identity ? [words.identity, answer.identity] : null,
          answer.access ? [words.access, answer.access] : null,
          [words.rights, rights],
        ]}
      />
      {answer.notes.map((note) => (
        <p key={note}>{note}</p>
      ))}
    </div>
  );
}
