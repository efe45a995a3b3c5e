/*
 * What is not needed for the first screen: one part of the page of its own, which comes while the person reads that screen.
 * One and not one for each screen: every file is asked for through the main process, and most of them have much in common.
 */
export { Palette } from "./frame/palette.tsx";
export { UndoMark } from "./frame/undo-mark.tsx";
export { CatalogScreen } from "./screens/catalog/catalog-screen.tsx";
export { ConclusionsScreen } from "./screens/conclusions/conclusions-screen.tsx";
export { ExceptionsScreen } from "./screens/exceptions/exceptions-screen.tsx";
export { ExportScreen } from "./screens/export/export-screen.tsx";
export { OverviewScreen } from "./screens/overview/overview-screen.tsx";
export { PeopleScreen } from "./screens/people/people-screen.tsx";
export { PopulationScreen } from "./screens/population/population-screen.tsx";
export { SampleScreen } from "./screens/sample/sample-screen.tsx";
export { SettingsScreen } from "./screens/settings/settings-screen.tsx";
export { SourcesScreen } from "./screens/sources/sources-screen.tsx";
export { TestingScreen } from "./screens/testing/testing-screen.tsx";
export { VerifyScreen } from "./screens/verify/verify-screen.tsx";
