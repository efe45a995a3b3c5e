import { z } from "zod";
import type { FileFormat } from "../file-format.ts";

const Event = z.object({ eventID: z.string(), eventSource: z.string(), eventName: z.string(), eventTime: z.string() });
const Events = z.tuple([Event], z.unknown());
const Shape = z.union([Events, z.object({ Records: Events })]);

export const cloudtrailJson: FileFormat = {
  format: "cloudtrail.json",
  system: "production",
  title: "Events of AWS CloudTrail (JSON)",
  recognisedBy: "events with eventID, eventSource, eventName and eventTime, bare or under Records",
  shape: { cut: "elements", of: ["/Records", ""] },
  gives: ["access"],
  recognise({ json }) {
    if (!Shape.safeParse(json).success) return null;
    return { sure: "certain", because: "its first event has eventID, eventSource and eventName, as CloudTrail's have" };
  },
};
