import { describe, expect, it } from "vitest";
import { matchesAny } from "../../../shared/evaluation/rule-functions.ts";
import type { ParameterValues } from "../../../shared/model/catalog.ts";
import { Released } from "./answer-key/released-story.ts";
import { compiledCatalog, evaluateChange } from "./catalog-under-test.ts";

const { controls } = compiledCatalog().catalog;

/** The patterns that a control brings by default. */
function defaultsOf(control: string, parameter: string): readonly string[] {
  const found = controls.find(({ id }) => id === control)?.parameters[parameter]?.default;
  if (!Array.isArray(found)) throw new Error(`${control} has no list ${parameter}.`);
  return found;
}

describe("infrastructure code by default", () => {
  const patterns = defaultsOf("INF-01", "infrastructurePaths");

  it.each([
    [
      "Puppet",
      [
        "manifests/site.pp",
        "modules/nginx/manifests/init.pp",
        "modules/nginx/templates/vhost.epp",
        "hieradata/common.yaml",
        "Puppetfile",
      ],
    ],
    [
      "Chef",
      [
        "cookbooks/nginx/recipes/default.rb",
        "recipes/web.rb",
        "Berksfile",
        "Policyfile.rb",
        "data_bags/users/ada.json",
      ],
    ],
    [
      "Ansible",
      [
        "playbooks/site.yml",
        "roles/web/tasks/main.yml",
        "group_vars/all.yml",
        "host_vars/web1.yml",
        "ansible.cfg",
        "inventory/production",
      ],
    ],
    [
      "Terraform",
      ["infra/main.tf", "prod.tfvars", "modules/vpc/variables.tf.json", "terragrunt.hcl", ".terraform.lock.hcl"],
    ],
    [
      "Helm",
      [
        "charts/ledger/Chart.yaml",
        "charts/ledger/templates/deployment.yaml",
        "helm/values.yaml",
        "helmfile.yaml",
        "Chart.yaml",
      ],
    ],
    [
      "Kubernetes",
      [
        "k8s/deployment.yaml",
        "deploy/kubernetes/service.yaml",
        "overlays/production/kustomization.yaml",
        "kustomization.yml",
      ],
    ],
    [
      "images",
      [
        "Dockerfile",
        "services/ledger/Dockerfile",
        "Dockerfile.production",
        "api.Dockerfile",
        "Containerfile",
        "docker-compose.yml",
        "compose.yaml",
      ],
    ],
    [
      "pipelines",
      [
        "Jenkinsfile",
        "ci/Jenkinsfile.release",
        ".github/workflows/ci.yml",
        ".github/actions/setup/action.yml",
        ".gitlab-ci.yml",
        "azure-pipelines.yml",
        ".circleci/config.yml",
        "bitbucket-pipelines.yml",
        ".drone.yml",
        ".tekton/push.yaml",
      ],
    ],
    [
      "servers and clouds",
      [
        "Vagrantfile",
        "packer/base.pkr.hcl",
        "cloudformation/vpc.yaml",
        "template.bicep",
        "serverless.yml",
        "Pulumi.yaml",
      ],
    ],
  ])("is that of %s", (_tool, paths) => {
    expect(paths.filter((path) => !matchesAny(path, patterns))).toEqual([]);
  });

  it("is nothing else", () => {
    const others = [
      "src/roles.ts",
      "src/chart.tsx",
      "docs/kubernetes.md",
      "README.md",
      "src/terraform-state.py",
      "src/recipe.rb",
      "test/docker.test.ts",
    ];
    expect(others.filter((path) => matchesAny(path, patterns))).toEqual([]);
  });

  it("is what the engagement's own patterns say in their place", () => {
    const change = new Released().touch("ops/web.conf");
    const outcome = (values: ParameterValues) =>
      evaluateChange("INF-01", change.history.change(change.merge), values)[0]?.outcome;
    expect(outcome({})).toBe("not-applicable");
    expect(outcome({ "INF-01": { infrastructurePaths: ["ops/"] } })).not.toBe("not-applicable");
  });
});

describe("high-risk code", () => {
  const outcome = (tell: (story: Released) => unknown, values: ParameterValues = {}) => {
    const story = new Released().approve("ben");
    tell(story);
    return evaluateChange("REV-02", story.history.change(story.merge), values)[0]?.outcome;
  };

  it.each([
    "auth/login.ts",
    "src/security/tokens.ts",
    "crypto/sign.ts",
    "payments/refund.ts",
    "migrations/0007.sql",
    "certs/server.key",
  ])("is %s by its path, and wants an expert", (path) => {
    expect(outcome((story) => story.touch(path))).toBe("fail");
    expect(outcome((story) => story.touch(path).approve("eve"))).toBe("pass");
  });

  it("is what its owners by CODEOWNERS approve, where one of them did", () => {
    const owned = (by: string) => (story: Released) => {
      story.touch("auth/login.ts");
      const owners = [`@${by}-login`];
      story.history.fact({ kind: "code-owners", repository: "ledger", line: 1, pattern: "auth/", owners });
    };
    expect(outcome(owned("ben"))).toBe("pass");
    expect(outcome(owned("cleo"))).toBe("fail");
  });

  it("is what CODEOWNERS gives to a team that makes it one, and a member of the team is its expert", () => {
    const ofTeam = (story: Released) => {
      story.touch("ledger/posting/book.ts");
      const owners = ["@northwind/security"];
      story.history.fact({ kind: "code-owners", repository: "ledger", line: 1, pattern: "ledger/", owners });
    };
    const highRiskOwners = ["@northwind/security"];
    expect(outcome(ofTeam)).toBe("not-applicable");
    expect(outcome(ofTeam, { "REV-02": { highRiskOwners } })).toBe("fail");
    const teamMembers = ["@northwind/security ben-login"];
    expect(outcome(ofTeam, { "REV-02": { highRiskOwners, teamMembers } })).toBe("pass");
    expect(outcome(ofTeam, { "REV-02": { highRiskOwners, teamMembers: ["@northwind/other ben-login"] } })).toBe("fail");
  });

  it("is what a label of its request says", () => {
    const labelled = (story: Released) =>
      story.touch("docs/a.md").history.fact({
        ...{ kind: "request-details", repository: "ledger", request: 1, labels: ["high-risk"] },
        size: { added: 1, removed: 0, files: 1 },
      });
    expect(outcome(labelled)).toBe("fail");
    expect(outcome((story) => story.touch("docs/a.md"))).toBe("not-applicable");
  });

  it("is what the engagement's own patterns and labels say", () => {
    const values: ParameterValues = { "REV-02": { highRiskPaths: ["/ledger/posting/"] } };
    expect(outcome((story) => story.touch("ledger/posting/book.ts"), values)).toBe("fail");
    expect(outcome((story) => story.touch("auth/login.ts"), values)).toBe("not-applicable");
  });
});
