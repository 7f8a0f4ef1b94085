/** What entries are sorted by: kinds of work, and free tags. Everyone of an account may see them all. */
import { ALL } from "../permission/condition.ts";
import { id, scalar, type Subject } from "../permission/declare.ts";
import { joinTable, optional, reference, table, text } from "../storage/table.ts";

const everyone = { EMPLOYEE: ALL, MANAGER: ALL, FINANCE: ALL, ADMIN: ALL, INTEGRATION: ALL };

export const activityTable = table("activity", { external_id: optional(text()), name: text() });
export const tagTable = table("tag", { name: text() });
export const timeEntryTagTable = joinTable("time_entry_tag", {
  time_entry_id: reference("time_entry"),
  tag_id: reference("tag"),
});

export const Activity: Subject = {
  name: "Activity",
  description: "A kind of work.",
  tag: 7,
  table: activityTable,
  rows: everyone,
  fields: {
    id: id(),
    externalId: scalar("String", "external_id", "The id it had where it was imported from."),
    name: scalar("String", "name", "What the kind of work is called."),
  },
  defaultOrder: [{ field: "name", direction: "ASC" }],
};

export const Tag: Subject = {
  name: "Tag",
  description: "A word put on entries.",
  tag: 8,
  table: tagTable,
  rows: everyone,
  fields: { id: id(), name: scalar("String", "name", "The word.") },
  defaultOrder: [{ field: "name", direction: "ASC" }],
};
