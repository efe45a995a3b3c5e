import { Engagement } from "../../shared/model/engagement.ts";
import type { Connection } from "./connection.ts";
import { readJson, unreadableRow, writeJson } from "./json-column.ts";

export interface EngagementReading {
  engagement(): Engagement;
}

export function readEngagementRow(database: Connection): EngagementReading {
  const row = database.prepare<[], string>("SELECT json FROM engagement").pluck();
  return {
    engagement() {
      const json = row.get();
      if (json === undefined) throw unreadableRow("the engagement's own row");
      return readJson(json, Engagement, "the engagement's own row");
    },
  };
}

export function insertEngagement(database: Connection, engagement: Engagement): void {
  database.prepare("INSERT INTO engagement (number, json) VALUES (1, ?)").run(writeJson(engagement));
}
