import {
  createHashHistory,
  createRootRoute,
  createRoute,
  createRouter,
  redirect,
  type SearchSchemaInput,
} from "@tanstack/react-router";
import { PopulationKind } from "../shared/model/population-kind.ts";
import { Frame } from "./frame/frame.tsx";
import { CatalogScreen } from "./screens/catalog/catalog-screen.tsx";
import { ConclusionsScreen } from "./screens/conclusions/conclusions-screen.tsx";
import { ExceptionsScreen } from "./screens/exceptions/exceptions-screen.tsx";
import { ExportScreen } from "./screens/export/export-screen.tsx";
import { OverviewScreen } from "./screens/overview/overview-screen.tsx";
import { PeopleScreen } from "./screens/people/people-screen.tsx";
import { PopulationScreen } from "./screens/population/population-screen.tsx";
import { SampleScreen } from "./screens/sample/sample-screen.tsx";
import { SettingsScreen } from "./screens/settings/settings-screen.tsx";
import { SourcesScreen } from "./screens/sources/sources-screen.tsx";
import { StartScreen } from "./screens/start/start-screen.tsx";
import { TestingScreen } from "./screens/testing/testing-screen.tsx";
import { VerifyScreen } from "./screens/verify/verify-screen.tsx";

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
  return PopulationKind.safeParse(search["population"]).data ?? "change";
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
  createRoute({ getParentRoute, path: "/overview", component: OverviewScreen }),
  createRoute({ getParentRoute, path: "/sources", component: SourcesScreen }),
  createRoute({ getParentRoute, path: "/people", component: PeopleScreen }),
  createRoute({
    getParentRoute,
    path: "/population",
    component: PopulationScreen,
    validateSearch: (search: Search & SearchSchemaInput) => ({
      population: populationOf(search),
      view: search["view"] === "reconciliation" ? ("reconciliation" as const) : undefined,
      search: textOf(search["search"]),
      monday: textOf(search["monday"]),
    }),
  }),
  createRoute({
    getParentRoute,
    path: "/sample",
    component: SampleScreen,
    validateSearch: (search: Search & SearchSchemaInput) => ({ population: populationOf(search) }),
  }),
  createRoute({
    getParentRoute,
    path: "/testing",
    component: TestingScreen,
    validateSearch: (search: Search & SearchSchemaInput) => ({
      population: populationOf(search),
      show: search["show"] === "deviations" ? ("deviations" as const) : undefined,
      item: textOf(search["item"]),
    }),
  }),
  createRoute({ getParentRoute, path: "/exceptions", component: ExceptionsScreen }),
  createRoute({ getParentRoute, path: "/catalog", component: CatalogScreen }),
  createRoute({ getParentRoute, path: "/conclusions", component: ConclusionsScreen }),
  createRoute({ getParentRoute, path: "/export", component: ExportScreen }),
  createRoute({ getParentRoute, path: "/verify", component: VerifyScreen }),
  createRoute({ getParentRoute, path: "/settings", component: SettingsScreen }),
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
