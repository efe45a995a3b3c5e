import type { Change } from "../../../../shared/model/change.ts";
import type { PersonRef } from "../../../../shared/model/person.ts";
import type { ReportContent } from "../../../../shared/model/report.ts";
import { shorten } from "../../viewer/page/visible-text.js";
import type { Flow } from "../flow.ts";
import { mono, sizes, spaced, strong, text } from "../style.ts";
import type { Span } from "../text-runs.ts";
import { formatInstant, shortHash } from "../wording.ts";
import { destinationOf } from "../workpaper.ts";
import { drawFacts } from "./facts-list.ts";
import { drawChain, type Link } from "./item-evidence.ts";
import { drawItemResults } from "./item-results.ts";

/** One sampled change: what it is, its chain from request to deployment, and what each rule found. */
export function drawChangeBlock(flow: Flow, content: ReportContent, ref: string, change: Change): void {
  const title = shorten(change.title, 140) || "(no title)";
  flow.startBlock({ title, ref, destination: destinationOf(ref) }, 190);
  const clock = change.clock === "host" ? "by the code host's clock" : "by the clock of whoever made the commit";
  drawFacts(
    flow,
    [
      ["Change", [mono(change.id)]],
      [
        "Arrived",
        [text(`${formatInstant(change.at)}, ${clock}; ${change.kind === "merge" ? "a merge" : "a single commit"}`)],
      ],
      ["Written by", [text(shorten(change.authors.map(describePerson).join(", ") || "unknown", 400))]],
    ],
    3,
  );
  drawChain(flow, linksOf(change), change.evidence, change.coverage);
  drawItemResults(flow, content, content.results.of("change", change.id));
}

const small = { size: sizes.small };

function linksOf(change: Change): Link[] {
  return [
    { name: "Ticket", as: "ticket", needs: "tickets", found: ticketsOf(change) },
    { name: "Commits", as: "commit", needs: "commits", found: commitsOf(change) },
    { name: "Request", as: "request", needs: "requests", found: requestOf(change) },
    { name: "Reviews", as: "review", needs: "reviews", found: reviewsOf(change) },
    { name: "Builds", as: "build", needs: "builds", found: buildsOf(change) },
    { name: "Deployments", as: "deployment", needs: "deployments", found: releasesOf(change) },
  ];
}

type Found = Link["found"];

function ticketsOf(change: Change): Found {
  return change.tickets.map((ticket) => ({
    says: [strong(ticket.key, small), ...said(`${ticket.type}, ${ticket.status}: ${shorten(ticket.summary, 120)}`)],
    at: ticket.createdAt,
  }));
}

function commitsOf(change: Change): Found {
  const others = change.commits.length - 1;
  const brought = others === 0 ? "alone" : `with ${others} more`;
  return [
    {
      says: spaced(
        mono(shortHash(change.commit)),
        text(`${brought}; committed by ${describePerson(change.committer)}`, small),
      ),
      at: change.at,
    },
  ];
}

function requestOf(change: Change): Found {
  const { request } = change;
  if (!request.found) return [];
  const says = `opened by ${describePerson(request.author)}, merged by ${describePerson(request.mergedBy)}: ${shorten(request.title, 120)}`;
  return [{ says: [strong(`#${request.number}`, small), ...said(says)], at: request.mergedAt }];
}

function reviewsOf(change: Change): Found {
  return change.reviews.map((review) => {
    const rights = review.mayApprove ? "" : ", who has no right to approve";
    const head = review.commit === "" ? "a commit that the host no longer knows" : shortHash(review.commit);
    return {
      says: [strong(review.state, small), ...said(`by ${describePerson(review.by)}${rights}, on ${head}`)],
      at: review.at,
    };
  });
}

function buildsOf(change: Change): Found {
  return change.builds.map((build) => {
    const state = build.completed ? build.conclusion : "not finished";
    const says = `${build.workflow}, run ${build.id}, attempt ${build.attempt}, on ${shortHash(build.commit)}`;
    return { says: [strong(state, small), ...said(shorten(says, 160))], at: build.finishedAt };
  });
}

function releasesOf(change: Change): Found {
  return change.releases.map((release) => {
    const how = release.byPipeline ? "by the pipeline" : "not by the pipeline";
    const says = `${release.revision} ${how}, for ${describePerson(release.by)}`;
    return { says: [strong(shorten(release.environment, 60), small), ...said(shorten(says, 200))], at: release.at };
  });
}

/** The rest of a line, after a word in semibold. */
function said(sentence: string): Span[] {
  return [{ ...text("", small), text: " " }, text(sentence, small)];
}

export function describePerson(person: PersonRef): string {
  const name = person.name || person.account || "nobody named";
  if (person.bot) return `${name} (bot)`;
  return person.known ? name : `${name} (nobody vouches for who this is)`;
}
