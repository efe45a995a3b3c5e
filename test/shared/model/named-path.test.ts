import { expect, it } from "vitest";
import { readNamedPath } from "../../../shared/model/named-path.ts";

it("named places and stars hold anything but a slash, and every other character stands for itself", () => {
  const path = readNamedPath("apps/{environment}/*.{service}.y(a)ml");
  const found = path.match("apps/production/eu.web.y(a)ml");
  expect(found && Object.fromEntries(found)).toEqual({ environment: "production", service: "web" });
  expect(path.match("apps/production/eu/x.web.y(a)ml")).toBeNull();
  expect(path.match("apps/production/eu.web.yaml")).toBeNull();
});

it("a pattern of many stars, as a hostile bundle may have it, reads a long path once", () => {
  const path = readNamedPath(`${"*a".repeat(140)}{service}.yaml`);
  expect(path.match("a".repeat(4_000))).toBeNull();
  expect(path.match(`${"a".repeat(4_000)}web.yaml`)?.get("service")).toMatch(/web$/);
});
