import { describe, expect, it } from "vitest";
import type { DeploymentApproval, DeploymentStatus } from "../../../shared/model/deployment-facts.ts";
import { indexGates } from "../../../shared/population/deployment-gates.ts";
import { History } from "./history.ts";

const repository = "ledger";
const run = "77";

function at(minute: number): string {
  return `2026-02-10T10:${String(minute).padStart(2, "0")}:00.000Z`;
}

/** Statuses of a deployment of the run, by minute. */
function statuses(deployment: string, states: Record<string, number>, environment = "production"): DeploymentStatus[] {
  return Object.entries(states).map(([state, minute]) => ({
    kind: "deployment-status",
    origin: { evidence: "0".repeat(64), place: "", source: "host" },
    repository,
    deployment,
    environment,
    state,
    at: at(minute),
    by: "github-actions[bot]",
    build: run,
  }));
}

function review(
  by: string,
  decision: DeploymentApproval["decision"] = "approved",
  more: Partial<DeploymentApproval> & { source?: string } = {},
): DeploymentApproval {
  const { source = "host", ...changes } = more;
  const origin = { evidence: "1".repeat(64), place: "", source };
  const fact = { kind: "deployment-approval", origin, repository, deployment: run, environment: "production" } as const;
  return { ...fact, by, decision, at: null, comment: "", ...changes };
}

function told(gates: readonly DeploymentApproval[]): string[] {
  return gates.map(({ by, decision, at: time }) => `${by} ${decision} ${time?.slice(14, 16) ?? "at no known time"}`);
}

describe("a deployment of a workflow run", () => {
  const held = { waiting: 1, queued: 9, in_progress: 10, success: 15 };

  it("was let pass by who approved the run for its environment, no later than it went on", () => {
    const gatesOf = indexGates([review("rita")], statuses("21", held));
    expect(told(gatesOf("21"))).toEqual(["rita approved 10"]);
    expect(gatesOf("22")).toEqual([]);
  });

  it("was not let pass by who approved the run for another environment", () => {
    const gatesOf = indexGates([review("rita", "approved", { environment: "staging" })], statuses("21", held));
    expect(gatesOf("21")).toEqual([]);
  });

  it("has an approval of unknown time where no status says that it was held", () => {
    const gatesOf = indexGates([review("rita")], statuses("21", { in_progress: 10, success: 15 }));
    expect(told(gatesOf("21"))).toEqual(["rita approved at no known time"]);
  });

  it("was let pass together with others that the same answer found waiting", () => {
    const gatesOf = indexGates(
      [review("rita")],
      [...statuses("21", held), ...statuses("22", { waiting: 2, in_progress: 11, success: 14 })],
    );
    expect(told(gatesOf("21"))).toEqual(["rita approved 10"]);
    expect(told(gatesOf("22"))).toEqual(["rita approved 11"]);
  });

  it("has no sure approval when the run was run again and approved only once: an administrator may have let it pass", () => {
    const all = [...statuses("21", held), ...statuses("22", { waiting: 20, in_progress: 30, success: 35 })];
    const once = indexGates([review("rita")], all);
    expect(told(once("21"))).toEqual(["rita approved at no known time"]);
    expect(told(once("22"))).toEqual(["rita approved at no known time"]);
    const twice = indexGates([review("rita"), review("rita")], all);
    expect(told(twice("22"))).toEqual(["rita approved 30", "rita approved 30"]);
  });

  it("is not sure either when the second approval is the first one, told by another source", () => {
    const all = [...statuses("21", held), ...statuses("22", { waiting: 20, in_progress: 30, success: 35 })];
    const gatesOf = indexGates([review("rita"), review("rita", "approved", { source: "files" })], all);
    expect(told(gatesOf("22"))).toEqual(["rita approved at no known time"]);
  });

  it("is not declined by the refusal that ended an earlier try", () => {
    const all = [
      ...statuses("21", { waiting: 1, failure: 3 }),
      ...statuses("22", { waiting: 20, in_progress: 30, success: 35 }),
    ];
    const gatesOf = indexGates([review("rita", "rejected"), review("rita")], all);
    expect(told(gatesOf("22"))).toEqual(["rita approved 30"]);
    expect(told(gatesOf("21"))).toContain("rita rejected at no known time");
  });

  it("is declined when it went on all the same", () => {
    const gatesOf = indexGates([review("rita", "rejected")], statuses("21", held));
    expect(told(gatesOf("21"))).toEqual(["rita rejected at no known time"]);
  });
});

it("an answer that names the deployment itself keeps its own time", () => {
  const gatesOf = indexGates([review("rita", "approved", { deployment: "9", at: at(5) })], []);
  expect(told(gatesOf("9"))).toEqual(["rita approved 05"]);
});

it("the answer at a gate to another environment is none at the gate to this one", () => {
  const history = new History();
  const commit = history.commit();
  history.main(commit);
  history.deploy(commit, { id: "77", environment: "Staging", production: false });
  history.deploy(commit, { id: "77" });
  for (const environment of ["staging", "Production", "Deploy", ""]) {
    history.fact({
      ...{ kind: "deployment-approval", repository, deployment: "77", environment, by: "rita", decision: "approved" },
      ...{ at: null, comment: "" },
    });
  }
  const [deployment] = history.deployments();
  expect(deployment?.gates.map(({ stage }) => stage)).toEqual(["Production", "Deploy", ""]);
});
