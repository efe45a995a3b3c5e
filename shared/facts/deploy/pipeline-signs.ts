/** What a source's configuration knows of its pipeline. */
export interface PipelineSettings {
  readonly pipelineAccounts: readonly string[];
  /** Ways of starting that mean the pipeline; undefined where the tool tells of none. */
  readonly pipelineTriggers?: readonly string[];
}

/**
 * By the pipeline is what every sign that the configuration knows says so: the trigger where there is one, and
 * the account where the pipeline has accounts of its own. Without any sign nothing is by the pipeline.
 * @param names of the account, as login and address
 */
export function isByPipeline(settings: PipelineSettings, names: readonly string[], trigger = ""): boolean {
  const { pipelineAccounts, pipelineTriggers } = settings;
  const accounts = new Set(pipelineAccounts.map((name) => name.toLowerCase()));
  const signs = [
    ...(pipelineTriggers === undefined ? [] : [trigger !== "" && pipelineTriggers.includes(trigger)]),
    ...(accounts.size === 0 ? [] : [names.some((name) => name !== "" && accounts.has(name.toLowerCase()))]),
  ];
  return signs.length > 0 && signs.every(Boolean);
}
