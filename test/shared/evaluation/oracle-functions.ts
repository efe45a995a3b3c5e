import { CelScalar, celEnv, celFunc, listType, parse, plan } from "@bufbuild/cel";
import { strings } from "@bufbuild/cel/ext";

/*
 * The catalog's functions once more, from what docs/catalog.md says of them and not from the code of the evaluation stage:
 * `approvedBy` is CEL itself, moments are counted by Date.parse, and patterns are regular expressions.
 */

const counts = plan(
  celEnv({ funcs: strings }),
  parse(`
    change.request.mergedAt != '' && !change.authors.exists(a, a.id == person)
    && change.reviews.exists(r, r.state == 'approved' && r.by.id == person && r.by.known && !r.by.bot && r.mayApprove
      && r.commit in change.request.approvedHeads
      && (change.request.retargetedAt == '' || timestamp(r.at) > timestamp(change.request.retargetedAt))
      && timestamp(r.at) < timestamp(change.request.mergedAt)
      && !change.reviews.exists(later, later.by.id == person
        && later.state in ['changes-requested', 'dismissed']
        && timestamp(later.at) >= timestamp(r.at)
        && timestamp(later.at) < timestamp(change.request.mergedAt)))`),
);

function secondsBetween(from: string, to: string): number {
  const seconds = (Date.parse(to) - Date.parse(from)) / 1000;
  if (Number.isNaN(seconds)) throw new Error("no moment");
  return seconds;
}

function fits(path: string, pattern: string): boolean {
  const isRooted = pattern.replace(/\/$/, "").includes("/");
  const body = pattern.replace(/^\//, "").replace(/\/$/, "");
  const expression = body
    .replace(/[.+^${}()|[\]\\]/g, "\\$&")
    .replace(/\*\*\//g, "<any folders>")
    .replace(/\*\*/g, "<anything>")
    .replace(/\*/g, "[^/]*")
    .replace(/\?/g, "[^/]")
    .replace(/<any folders>/g, "(?:.*/)?")
    .replace(/<anything>/g, ".+");
  const end = pattern.endsWith("/") ? "/" : isRooted && /(^|\/)\*$/.test(body) ? "$" : "(/|$)";
  return new RegExp(`^${isRooted ? "" : "(?:.*/)?"}${expression}${end}`).test(
    path.startsWith("/") ? path.slice(1) : path,
  );
}

export const ruleFunctions = [
  celFunc("secondsBetween", [CelScalar.STRING, CelScalar.STRING], CelScalar.INT, (from, to) =>
    BigInt(Math.trunc(secondsBetween(from, to))),
  ),
  celFunc("daysBetween", [CelScalar.STRING, CelScalar.STRING], CelScalar.INT, (from, to) =>
    BigInt(Math.trunc(secondsBetween(from, to) / 86_400)),
  ),
  celFunc("matchesAny", [CelScalar.STRING, listType(CelScalar.STRING)], CelScalar.BOOL, (path, patterns) =>
    [...patterns].some((pattern) => fits(path, String(pattern))),
  ),
  celFunc("approvedBy", [CelScalar.DYN, CelScalar.STRING], CelScalar.BOOL, (change, person) => {
    const value = counts({ change, person } as never);
    if (typeof value !== "boolean") throw new Error(`approvedBy gave ${String(value)}`);
    return value;
  }),
];
