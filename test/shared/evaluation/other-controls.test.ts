import { describe, expect, it } from "vitest";
import { History, loginOf, oneRequest } from "../population/history.ts";
import { test } from "./catalog-under-test.ts";

/** An approved request, merged, tagged v1 and ready to be deployed. */
function approved(history = new History()): { history: History; merge: string; head: string } {
  const { head, merge } = oneRequest(history);
  history.review(1, "ben", head, { hour: 5 }).tag("v1", merge);
  return { history, merge, head };
}

describe("TRC-01", () => {
  const outcome = (tell: (history: History) => void) => {
    const { history, merge } = approved();
    tell(history);
    return test("TRC-01", history.change(merge));
  };

  it("passes a change that names an existing ticket", () => {
    expect(outcome((history) => history.ticket("LED-1"))).toMatchObject({
      outcome: "pass",
      reason: "Names LED-1, which exists.",
    });
  });

  it("fails a change whose ticket no source has", () => {
    expect(outcome((history) => history.ticket("LED-2"))).toMatchObject({
      outcome: "fail",
      reason: expect.stringContaining("LED-1"),
    });
  });

  it("fails a change that names none", () => {
    const history = new History().ticket("LED-1");
    const commit = history.commit();
    history.main(commit);
    expect(test("TRC-01", history.change(commit)).outcome).toBe("fail");
  });

  it("has no evidence when tickets were not pulled", () => {
    expect(outcome((history) => history.without("tickets")).outcome).toBe("no-evidence");
  });
});

describe("TST-01", () => {
  const outcome = (tell: (history: History, merge: string, head: string) => void) => {
    const { history, merge, head } = approved();
    tell(history, merge, head);
    return test("TST-01", history.change(merge));
  };

  it("passes when the tests passed on the commit that was deployed", () => {
    expect(outcome((history, merge) => history.build(merge).deploy("v1")).outcome).toBe("pass");
  });

  it("passes when a later commit, tested, is what released the change", () => {
    const { history, merge } = approved();
    const later = history.commit({ parents: [merge], at: 20 });
    history.main(later).build(merge, "failure").build(later).deploy(later);
    expect(test("TST-01", history.change(merge)).outcome).toBe("pass");
  });

  it("fails when the tests failed on the released commit, or were skipped or cancelled", () => {
    for (const conclusion of ["failure", "skipped", "cancelled", "timed-out", "neutral", "unknown"] as const) {
      expect(outcome((history, merge) => history.build(merge, conclusion).deploy("v1")).outcome, conclusion).toBe(
        "fail",
      );
    }
  });

  it("fails when the tests ran only on the request's head", () => {
    expect(outcome((history, _merge, head) => history.build(head).deploy("v1"))).toMatchObject({
      outcome: "fail",
      reason: expect.stringContaining("No tests ran on the exact code"),
    });
  });

  it("fails when only another job ran", () => {
    expect(
      outcome((history, merge) => history.build(merge, "success", { job: "latest-image" }).deploy("v1")).outcome,
    ).toBe("fail");
  });

  it("takes the last attempt of a build that was run again", () => {
    const again = (first: "success" | "failure", second: "success" | "failure") =>
      outcome((history, merge) =>
        history.build(merge, first, { id: "7" }).build(merge, second, { id: "7", attempt: 2 }).deploy("v1"),
      ).outcome;
    expect(again("failure", "success")).toBe("pass");
    expect(again("success", "failure")).toBe("fail");
  });

  it("fails when one of two test jobs failed", () => {
    expect(outcome((history, merge) => history.build(merge).build(merge, "failure").deploy("v1")).outcome).toBe("fail");
  });

  it("does not apply to a change that was not released", () => {
    expect(outcome((history, merge) => history.build(merge)).outcome).toBe("not-applicable");
  });

  it("has no evidence when builds or deployments were not pulled", () => {
    expect(outcome((history, merge) => history.build(merge).deploy("v1").without("builds")).outcome).toBe(
      "no-evidence",
    );
    expect(outcome((history, merge) => history.build(merge).without("deployments")).outcome).toBe("no-evidence");
  });
});

describe("DEP-01", () => {
  const outcome = (tell: (history: History, merge: string) => void) => {
    const { history, merge } = approved();
    tell(history, merge);
    const [deployment] = history.deployments();
    if (!deployment) throw new Error("Nothing was deployed.");
    return test("DEP-01", deployment);
  };

  it("passes what the pipeline deployed from the release branch", () => {
    expect(outcome((history) => history.deploy("v1")).outcome).toBe("pass");
  });

  it("fails what a person deployed by hand", () => {
    expect(
      outcome((history) => history.deploy("v1", { byPipeline: false, by: loginOf("dan"), trigger: "manual" })),
    ).toMatchObject({
      outcome: "fail",
      reason: "Deployed by dan-login, not by the pipeline.",
    });
  });

  it("fails a commit of another branch, one that is in no ref, and a revision that leads nowhere", () => {
    expect(
      outcome((history, merge) => {
        const beside = history.commit({ parents: [merge], at: 20 });
        history.branch("hotfix", beside).deploy(beside);
      }).outcome,
    ).toBe("fail");
    expect(outcome((history) => history.deploy("c".repeat(40))).outcome).toBe("fail");
    expect(outcome((history) => history.deploy("latest")).outcome).toBe("fail");
  });

  it("has no evidence for a tag that leads before the pulled history", () => {
    expect(outcome((history) => history.tag("v0", "c".repeat(40)).deploy("v0")).outcome).toBe("no-evidence");
  });
});

describe("SOD-01", () => {
  const outcome = (tell: (history: History) => void, parameters = {}) => {
    const { history, merge } = approved();
    tell(history);
    return test("SOD-01", history.change(merge), { "SOD-01": parameters });
  };

  it("passes when author, approver and deployer are three people", () => {
    expect(outcome((history) => history.deploy("v1"))).toMatchObject({
      outcome: "pass",
      reason: "Written by ada; approved by ben; deployed by dan.",
    });
  });

  it("fails when the author deployed it, unless the policy allows that", () => {
    const tell = (history: History) => history.deploy("v1", { requestedBy: loginOf("ada") });
    expect(outcome(tell).outcome).toBe("fail");
    expect(outcome(tell, { authorMayDeploy: true }).outcome).toBe("pass");
  });

  it("fails when the approver deployed it, unless the policy allows that", () => {
    const tell = (history: History) => history.deploy("v1", { requestedBy: loginOf("ben") });
    expect(outcome(tell).outcome).toBe("fail");
    expect(outcome(tell, { approverMayDeploy: true }).outcome).toBe("pass");
  });

  it("takes the pipeline's account as deployer when the log names no person", () => {
    expect(outcome((history) => history.deploy("v1", { requestedBy: "" })).outcome).toBe("pass");
  });

  it("has no evidence when nobody vouches for the deployer", () => {
    expect(outcome((history) => history.deploy("v1", { requestedBy: "ops-temp" }))).toMatchObject({
      outcome: "no-evidence",
      reason: expect.stringContaining("ops-temp"),
    });
  });

  it("fails when nobody but its author approved it", () => {
    const history = new History();
    const { head, merge } = oneRequest(history);
    history.review(1, "ada", head, { hour: 5 }).tag("v1", merge).deploy("v1");
    expect(test("SOD-01", history.change(merge)).outcome).toBe("fail");
  });

  it("does not apply to a change that was not released", () => {
    expect(outcome(() => {}).outcome).toBe("not-applicable");
  });
});
