import { z } from "zod";
import type { FileFormat } from "../file-format.ts";

const Instance = z.looseObject({ instance: z.string(), driver: z.string(), verifier: z.string() });
const Listing = z.tuple([Instance], z.unknown());

export const kitchenJson: FileFormat = {
  format: "kitchen.json",
  system: "ci",
  title: "Test Kitchen's list of instances (kitchen list --json)",
  recognisedBy: "an array whose elements have instance, driver and verifier",
  shape: { cut: "whole" },
  gives: ["reports"],
  recognise({ json }) {
    if (!Listing.safeParse(json).success) return null;
    return { sure: "certain", because: "it lists instances with driver and verifier" };
  },
};
