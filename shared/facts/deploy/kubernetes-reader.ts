import { z } from "zod";
import type { Artifact } from "../../model/deployment-facts.ts";
import type { Fact, ReadFacts, Unread } from "../../model/facts.ts";
import { type Instant, instantOf } from "../../model/instant.ts";
import type { Origin } from "../../model/origin.ts";
import type { Source, SourceOf } from "../../model/source.ts";
import type { EvidenceInput } from "../evidence-input.ts";
import { parseJson, parseShape, readElements, type Unreadable, unreadWhole } from "../json-evidence.ts";
import { deploymentOf, readImage, settingsOf, Time } from "./deployment-settings.ts";

const List = z.object({ items: z.array(z.unknown()) });
const Labels = z.record(z.string(), z.string()).nullish();
const Metadata = z.object({
  name: z.string(),
  uid: z.string(),
  creationTimestamp: Time,
  annotations: Labels,
  labels: Labels,
  ownerReferences: z.array(z.object({ kind: z.string(), name: z.string() })).nullish(),
});
const Template = z.object({
  metadata: z.object({ annotations: Labels, labels: Labels }).nullish(),
  spec: z.object({ containers: z.array(z.object({ name: z.string(), image: z.string() })).min(1) }),
});
const ReplicaSet = z.object({ metadata: Metadata, spec: z.object({ template: Template }) });
const ControllerRevision = z.object({
  metadata: Metadata,
  revision: z.int(),
  data: z.object({ spec: z.object({ template: Template }) }),
});
const HelmRelease = z.object({
  metadata: z.object({ uid: z.string(), creationTimestamp: Time, labels: z.record(z.string(), z.string()) }),
});

/** A revision of a workload, in the words that its kinds have in common. */
interface Rollout {
  readonly metadata: z.infer<typeof Metadata>;
  readonly template: z.infer<typeof Template>;
  readonly number: string;
  /** Numbers under which the same revision was rolled out before. */
  readonly earlier: string;
}

/** Replica sets: each is one revision of a deployment, made when it was first rolled out. */
export function readReplicaSets(input: EvidenceInput, source: Source): ReadFacts {
  return readRollouts(input, source, (element) => {
    const parsed = parseShape(ReplicaSet, element);
    if ("reason" in parsed) return parsed;
    const { metadata, spec } = parsed.data;
    const note = (name: string) => metadata.annotations?.[`deployment.kubernetes.io/${name}`] ?? "";
    return { metadata, template: spec.template, number: note("revision"), earlier: note("revision-history") };
  });
}

/** Revisions of stateful and daemon sets. */
export function readControllerRevisions(input: EvidenceInput, source: Source): ReadFacts {
  return readRollouts(input, source, (element) => {
    const parsed = parseShape(ControllerRevision, element);
    if ("reason" in parsed) return parsed;
    const { metadata, data, revision } = parsed.data;
    return { metadata, template: data.spec.template, number: String(revision), earlier: "" };
  });
}

/** Helm's releases by the labels of their secrets: which release, which of its revisions, when and how it ended. */
export function readHelmReleases(input: EvidenceInput, source: Source): ReadFacts {
  return readItems(input, (element, origin) => {
    const parsed = parseShape(HelmRelease, element);
    if ("reason" in parsed) return parsed;
    const { uid, creationTimestamp, labels } = parsed.data.metadata;
    const { name = "", version = "", status = "", modifiedAt = "" } = labels;
    if (name === "" || version === "") return { reason: "its labels do not say which release it is" };
    if (!isWanted(name, source)) return [];
    const deployment = deploymentOf(settingsOf(source), {
      origin,
      id: uid,
      service: name,
      environment: environmentOf(source),
      revision: `${name}.v${version}`,
      previousRevision: Number(version) > 1 ? `${name}.v${Number(version) - 1}` : "",
      // A release is written when its rollout begins, and marked again when a later one takes its place.
      at: status === "deployed" ? (momentOf(modifiedAt) ?? creationTimestamp) : creationTimestamp,
      trigger: "helm",
      status,
    });
    return [deployment];
  });
}

function readRollouts(
  input: EvidenceInput,
  source: Source,
  read: (element: unknown) => Rollout | Unreadable,
): ReadFacts {
  const notes: Unread[] = [];
  const found = readItems(input, (element, origin) => {
    const rollout = read(element);
    if ("reason" in rollout) return rollout;
    const workload = rollout.metadata.ownerReferences?.[0]?.name ?? rollout.metadata.name;
    if (!isWanted(workload, source)) return [];
    if (rollout.earlier !== "") {
      const reason = `${workload} went back to this revision later (${rollout.earlier}, then ${rollout.number}), and when is not kept`;
      notes.push({ origin, reason });
    }
    return factsOf(rollout, workload, origin, source);
  });
  return { facts: found.facts, unread: [...found.unread, ...notes] };
}

function factsOf({ metadata, template, number }: Rollout, workload: string, origin: Origin, source: Source): Fact[] {
  const settings = settingsOf(source);
  const { containers } = template.spec;
  const main = containers.find(({ name }) => name === workload) ?? containers[0];
  const { tag, digest } = readImage(main?.image ?? "");
  const labels = { ...template.metadata?.labels, ...template.metadata?.annotations, ...metadata.annotations };
  const commit = labels["org.opencontainers.image.revision"] ?? "";
  const deployment = deploymentOf(settings, {
    origin,
    id: metadata.uid,
    service: workload,
    environment: environmentOf(source),
    revision: tag || digest,
    at: metadata.creationTimestamp,
    trigger: metadata.annotations?.["kubernetes.io/change-cause"] ?? `revision ${number}`,
    // A revision is made when its rollout begins.
    status: "not told",
  });
  const artifacts = containers.map(({ image }): Artifact => {
    const read = readImage(image);
    const isMain = image === main?.image;
    return {
      kind: "artifact",
      origin,
      repository: settings.repository,
      name: image,
      digest: read.digest,
      commit: isMain ? commit : "",
      build: "",
      at: null,
    };
  });
  return [deployment, ...artifacts];
}

function environmentOf(source: Source): string {
  return source.kind === "kubernetes" ? source.environment : "";
}

function isWanted(name: string, source: Source): boolean {
  const wanted: SourceOf<"kubernetes">["workloads"] = source.kind === "kubernetes" ? source.workloads : [];
  return wanted.length === 0 || wanted.includes(name);
}

function momentOf(seconds: string): Instant | null {
  return /^\d{9,11}$/.test(seconds) ? instantOf(Number(seconds) * 1000) : null;
}

function readItems(
  input: EvidenceInput,
  read: (element: unknown, origin: Origin) => readonly Fact[] | Unreadable,
): ReadFacts {
  const document = parseJson(input);
  if ("reason" in document) return unreadWhole(input, document);
  const list = parseShape(List, document.json);
  return "reason" in list ? unreadWhole(input, list) : readElements(input, list.data.items, "/items", read);
}
