import {
  createHashHistory,
  createRootRoute,
  createRoute,
  createRouter,
  lazyRouteComponent,
  redirect,
  type SearchSchemaInput,
} from "@tanstack/react-router";
import type { PopulationKind } from "../shared/model/population-kind.ts";
import { populationWords } from "../shared/model/population-words.ts";
import { Frame } from "./frame/frame.tsx";
import { StartScreen } from "./screens/start/start-screen.tsx";

/** The other screens. The first one does without them, and asks for them when it has been drawn. */
export const loadLaterParts = () => import("./later-parts.ts");

/*
 * What a screen is filtered by stands in its address, so that going back brings the same view. Every name is read, also
 * when it is not set: what is left out here would come through from the address as it stands.
 */

/** As an address may give it: anything, or nothing. Links may leave out what has a default. */
type Search = { readonly population?: PopulationKind } & Record<string, unknown>;

function textOf(value: unknown): string | undefined {
  return typeof value === "string" || typeof value === "number" ? String(value) : undefined;
}

function populationOf(search: Search): PopulationKind {
  const named = search["population"];
  return typeof named === "string" && isPopulation(named) ? named : "change";
}

// Not parsed with its schema: the first screen does without the parser, which takes as long as the screen.
function isPopulation(name: string): name is PopulationKind {
  return Object.hasOwn(populationWords, name);
}

const rootRoute = createRootRoute({ component: Frame });
const getParentRoute = () => rootRoute;

const routes = [
  createRoute({
    getParentRoute,
    path: "/",
    beforeLoad: () => {
      throw redirect({ to: "/start" });
    },
  }),
  createRoute({ getParentRoute, path: "/start", component: StartScreen }),
  createRoute({
    getParentRoute,
    path: "/overview",
    component: lazyRouteComponent(loadLaterParts, "OverviewScreen"),
  }),
  createRoute({
    getParentRoute,
    path: "/sources",
    component: lazyRouteComponent(loadLaterParts, "SourcesScreen"),
  }),
  createRoute({
    getParentRoute,
    path: "/people",
    component: lazyRouteComponent(loadLaterParts, "PeopleScreen"),
  }),
  createRoute({
    getParentRoute,
    path: "/population",
    component: lazyRouteComponent(loadLaterParts, "PopulationScreen"),
    validateSearch: (search: Search & SearchSchemaInput) => ({
      population: populationOf(search),
      view: search["view"] === "reconciliation" ? ("reconciliation" as const) : undefined,
      search: textOf(search["search"]),
      monday: textOf(search["monday"]),
      sort: textOf(search["sort"]),
    }),
  }),
  createRoute({
    getParentRoute,
    path: "/sample",
    component: lazyRouteComponent(loadLaterParts, "SampleScreen"),
    validateSearch: (search: Search & SearchSchemaInput) => ({ population: populationOf(search) }),
  }),
  createRoute({
    getParentRoute,
    path: "/testing",
    component: lazyRouteComponent(loadLaterParts, "TestingScreen"),
    validateSearch: (search: Search & SearchSchemaInput) => ({
      population: populationOf(search),
      show: search["show"] === "deviations" ? ("deviations" as const) : undefined,
      control: textOf(search["control"]),
      item: textOf(search["item"]),
      sort: textOf(search["sort"]),
    }),
  }),
  createRoute({
    getParentRoute,
    path: "/exceptions",
    component: lazyRouteComponent(loadLaterParts, "ExceptionsScreen"),
  }),
  createRoute({
    getParentRoute,
    path: "/catalog",
    component: lazyRouteComponent(loadLaterParts, "CatalogScreen"),
  }),
  createRoute({
    getParentRoute,
    path: "/conclusions",
    component: lazyRouteComponent(loadLaterParts, "ConclusionsScreen"),
  }),
  createRoute({
    getParentRoute,
    path: "/export",
    component: lazyRouteComponent(loadLaterParts, "ExportScreen"),
  }),
  createRoute({
    getParentRoute,
    path: "/verify",
    component: lazyRouteComponent(loadLaterParts, "VerifyScreen"),
  }),
  createRoute({
    getParentRoute,
    path: "/settings",
    component: lazyRouteComponent(loadLaterParts, "SettingsScreen"),
  }),
] as const;

export const router = createRouter({
  routeTree: rootRoute.addChildren(routes),
  history: createHashHistory(),
  defaultNotFoundComponent: StartScreen,
});

declare module "@tanstack/react-router" {
  interface Register {
    router: typeof router;
  }
}
