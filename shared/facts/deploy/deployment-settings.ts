import { z } from "zod";
import type { Deployment } from "../../model/deployment-facts.ts";
import { type Instant, instantOf, parseInstant } from "../../model/instant.ts";
import type { Source } from "../../model/source.ts";
import { repositoryOf } from "../format-reader.ts";
import { isByPipeline } from "./pipeline-signs.ts";

/** What a source says of the deployments in its records. */
export interface DeploymentSettings {
  readonly repository: string;
  readonly production: readonly string[];
  readonly pipelineAccounts: readonly string[];
}

export function settingsOf(source: Source): DeploymentSettings {
  return {
    repository: repositoryOf(source),
    production: "production" in source ? (source.production ?? []) : [],
    pipelineAccounts: "pipelineAccounts" in source ? (source.pipelineAccounts ?? []) : [],
  };
}

type Told = Pick<Deployment, "origin" | "id" | "environment" | "revision" | "at"> &
  Partial<Pick<Deployment, "service" | "previousRevision" | "by" | "requestedBy" | "trigger" | "status">>;

/** A deployment from what a tool tells of it. */
export function deploymentOf(settings: DeploymentSettings, told: Told): Deployment {
  const { repository, production } = settings;
  const by = told.by ?? "";
  return {
    kind: "deployment",
    repository,
    service: "",
    previousRevision: "",
    requestedBy: "",
    trigger: "",
    status: "",
    ...told,
    by,
    production: production.includes(told.environment),
    byPipeline: isByPipeline(settings, [by]),
  };
}

/** A time with its zone, in words. */
export const Time = z.string().transform((text, context): Instant => {
  const instant = parseInstant(text);
  if (instant !== null) return instant;
  context.addIssue({ code: "custom", message: "not a time with its zone" });
  return z.NEVER;
});

/** Milliseconds since 1970, within the calendar. */
export const Milliseconds = z.number().min(0).max(253_402_300_799_999).transform(instantOf);

/** Version, digest and name of an image reference: `registry/shop/web:v1@sha256:…`. */
export function readImage(reference: string): { name: string; tag: string; digest: string } {
  const [before = "", digest = ""] = reference.split("@");
  const [, name = before, tag = ""] = /^(.*?[^/:]):([^/:]+)$/.exec(before) ?? [];
  return { name, tag, digest };
}
