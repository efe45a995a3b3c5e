/** What deployment tools give, live or as logs. */
export declare const deploymentFormats: readonly ["deployments.jsonl", "deployments.csv"];
