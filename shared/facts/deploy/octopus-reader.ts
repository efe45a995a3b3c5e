import { z } from "zod";
import type { DeploymentApproval } from "../../model/deployment-facts.ts";
import type { Fact, ReadFacts } from "../../model/facts.ts";
import { parseInstant } from "../../model/instant.ts";
import type { Origin } from "../../model/origin.ts";
import type { Source } from "../../model/source.ts";
import type { EvidenceInput } from "../evidence-input.ts";
import { parseJson, parseShape, readElements, type Unreadable, unreadWhole } from "../json-evidence.ts";
import { deploymentOf, settingsOf, Time } from "./deployment-settings.ts";

const Page = z.object({ Items: z.array(z.unknown()) });
const Text = z.string().nullish();

const DeploymentShape = z.object({
  Id: z.string(),
  ReleaseId: z.string(),
  EnvironmentId: z.string(),
  TaskId: Text,
  Created: Time,
  DeployedBy: Text,
  DeployedById: Text,
  /** Something failed on the way, and somebody let it go on. */
  FailureEncountered: z.boolean().nullish(),
  /** Only some machines were deployed to. */
  SpecificMachineIds: z.array(z.string()).nullish(),
  ExcludedMachineIds: z.array(z.string()).nullish(),
});
type DeploymentShape = z.infer<typeof DeploymentShape>;
const Interruption = z.object({
  Id: z.string(),
  Title: Text,
  /** Absent on older servers. */
  Type: Text,
  Created: Time,
  IsPending: z.boolean(),
  ResponsibleUserId: Text,
  /** Whether it was a person: `User`, or `System`, `Agent`, `ServiceAccount`; absent on older servers. */
  ResponsibleUserActorType: Text,
  ResponsibleUserActor: Text,
  Form: z.object({ Values: z.record(z.string(), z.unknown()).nullish() }).nullish(),
  RelatedDocumentIds: z.array(z.string()).nullish(),
  LastModifiedOn: Text,
  LastModifiedBy: Text,
});

type Names = Readonly<Record<string, string>>;

export function readOctopusDeployments(input: EvidenceInput, source: Source): ReadFacts {
  const names = input.reading?.names ?? {};
  return readPage(input, (element, origin) => {
    const parsed = parseShape(DeploymentShape, element);
    if ("reason" in parsed) return parsed;
    const { Id, ReleaseId, EnvironmentId, TaskId, Created, DeployedBy, DeployedById } = parsed.data;
    const state = names[TaskId ?? ""] ?? "";
    if (notOver.test(state)) return [];
    const version = names[ReleaseId] ?? "";
    if (version === "") return { reason: `which version ${ReleaseId} is was not received` };
    const commit = names[`${ReleaseId}/commit`] ?? "";
    const deployment = deploymentOf(settingsOf(source), {
      origin,
      id: Id,
      environment: names[EnvironmentId] ?? EnvironmentId,
      revision: version,
      // When it was done; where that was not received, when it was asked for.
      at: parseInstant(names[`${TaskId ?? ""}/completed`] ?? "") ?? Created,
      by: names[DeployedById ?? ""] || DeployedBy || "",
      status: endOf(state, parsed.data),
    });
    if (commit === "") return [deployment];
    const { repository } = settingsOf(source);
    const artifact: Fact = {
      kind: "artifact",
      origin,
      repository,
      name: version,
      digest: "",
      commit,
      build: "",
      at: null,
    };
    return [deployment, artifact];
  });
}

/** States of a task that goes on, or waits for a manual step: it has put nothing anywhere yet. */
const notOver = /^(?:Queued|Executing|Cancelling)$/;

function endOf(state: string, deployment: DeploymentShape): string {
  if (state === "") return "not received";
  if (state !== "Success") return state;
  const { FailureEncountered: failed, SpecificMachineIds: only, ExcludedMachineIds: without } = deployment;
  if (failed === true) return "Success after a failure that was passed over";
  return (only ?? []).length + (without ?? []).length > 0 ? "Success on a part of the machines" : state;
}

/** Manual interventions. A guided failure is no approval: it asks what to do after something failed. */
export function readOctopusInterruptions(input: EvidenceInput, source: Source): ReadFacts {
  const names = input.reading?.names ?? {};
  return readPage(input, (element, origin) => {
    const parsed = parseShape(Interruption, element);
    if ("reason" in parsed) return parsed;
    if (parsed.data.Type && parsed.data.Type !== "ManualIntervention") return [];
    const answer = parsed.data.Form?.Values?.Result;
    if (!parsed.data.IsPending && answer !== "Proceed" && answer !== "Abort") return [];
    return [approvalOf(parsed.data, names, origin, source)];
  });
}

/** Whoever took responsibility. What an agent or the system answered with a person's account is not that person's answer. */
function whoAnswered(interruption: z.infer<typeof Interruption>, names: Names): string {
  const { ResponsibleUserId: id, ResponsibleUserActorType: type, ResponsibleUserActor: actor } = interruption;
  const account = names[id ?? ""] || interruption.LastModifiedBy || id || "";
  if (!type || type === "User" || type === "Unknown") return account;
  return `${account} through ${type}${actor ? ` ${actor}` : ""}`;
}

function approvalOf(
  interruption: z.infer<typeof Interruption>,
  names: Names,
  origin: Origin,
  source: Source,
): DeploymentApproval {
  const { Title, IsPending, Form, RelatedDocumentIds, LastModifiedOn } = interruption;
  const related = (prefix: string) => RelatedDocumentIds?.find((id) => id.startsWith(prefix)) ?? "";
  const notes = Form?.Values?.Notes;
  const environment = related("Environments-");
  return {
    kind: "deployment-approval",
    origin,
    repository: settingsOf(source).repository,
    deployment: related("Deployments-"),
    environment: names[environment] ?? environment,
    by: IsPending ? "" : whoAnswered(interruption, names),
    decision: IsPending ? "pending" : Form?.Values?.Result === "Proceed" ? "approved" : "rejected",
    at: IsPending ? null : parseInstant(LastModifiedOn ?? ""),
    comment: [Title, typeof notes === "string" ? notes : ""].filter(Boolean).join(": "),
  };
}

function readPage(
  input: EvidenceInput,
  read: (element: unknown, origin: Origin) => readonly Fact[] | Unreadable,
): ReadFacts {
  const document = parseJson(input);
  if ("reason" in document) return unreadWhole(input, document);
  const page = parseShape(Page, document.json);
  return "reason" in page ? unreadWhole(input, page) : readElements(input, page.data.Items, "/Items", read);
}
