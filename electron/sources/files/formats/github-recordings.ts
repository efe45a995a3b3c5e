import { z } from "zod";
import type { FileFormat } from "../file-format.ts";

const Deployments = z.object({
  data: z.object({ repository: z.object({ deployments: z.object({ nodes: z.array(z.unknown()) }) }) }),
});

/** An answer of GitHub's GraphQL API with deployments. */
export const githubGraphqlDeployments: FileFormat = {
  format: "github.graphql-deployments",
  system: "deployments",
  title: "Deployments of GitHub: a page as the GraphQL API gave it (JSON)",
  recognisedBy: "the path data, repository, deployments, nodes",
  shape: { cut: "whole" },
  recognise({ json }) {
    if (!Deployments.safeParse(json).success) return null;
    return { sure: "certain", because: "it has data, repository, deployments and nodes inside each other" };
  },
};

const Body = z.object({ repository: z.object({ full_name: z.string() }), sender: z.object({ login: z.string() }) });
const Envelope = z.object({ payload: Body });

/** Deliveries of GitHub's webhooks, one a line. */
export const githubWebhooks: FileFormat = {
  format: "github.webhooks",
  system: "code-host",
  title: "Deliveries of GitHub's webhooks, one a line (JSONL)",
  recognisedBy: "the fields repository and sender of its first line, or of its payload",
  shape: { cut: "lines" },
  recognise({ jsonLines: [first] }) {
    if (!Body.safeParse(first).success && !Envelope.safeParse(first).success) return null;
    return { sure: "certain", because: "its first line has repository and sender, as a delivery of a webhook has" };
  },
};

const Line = z.object({ url: z.string(), data: z.record(z.string(), z.unknown()) });

/** Elements of GitHub's answers as collectors keep them. */
export const githubCollectedLines: FileFormat = {
  format: "github.collected-lines",
  system: "code-host",
  title: "Elements of GitHub's answers with the address that was asked, one a line (JSONL)",
  recognisedBy: "the fields url, an address of GitHub's API, and data of its first line",
  shape: { cut: "lines" },
  recognise({ jsonLines: [first] }) {
    const line = Line.safeParse(first).data;
    if (
      line === undefined ||
      !/^https?:\/\/[^/]+\/(api\/v3\/)?(repos|users)\/|^query\b.*\brepository\(/s.test(line.url)
    ) {
      return null;
    }
    return { sure: "certain", because: "its first line has data and the address of GitHub's API that gave it" };
  },
};

const Exchange = z.object({
  scope: z.string().regex(/github/),
  method: z.string(),
  path: z.string(),
  status: z.int(),
  response: z.unknown(),
});

/** Exchanges with GitHub as a recording of a client's requests keeps them. */
export const githubExchanges: FileFormat = {
  format: "github.exchanges",
  system: "code-host",
  title: "Recorded exchanges with GitHub (JSON)",
  recognisedBy: "the fields scope, method, path, status and response of its elements",
  shape: { cut: "whole" },
  recognise({ json }) {
    if (!z.tuple([Exchange], z.unknown()).safeParse(json).success) return null;
    return {
      sure: "certain",
      because: "its elements have method, path, status and response, and their scope is GitHub",
    };
  },
};
