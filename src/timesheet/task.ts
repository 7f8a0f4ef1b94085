/** The parts of a project, as a tree. */
import { ALL, among, any, some } from "../permission/condition.ts";
import { id, one, scalar, type Subject } from "../permission/declare.ts";
import { boolean, integer, optional, reference, table, text } from "../storage/table.ts";
import { ledProjects, ownProjects } from "./project.ts";

export const taskTable = table("task", {
  external_id: optional(text()),
  name: text(),
  project_id: optional(reference("project")),
  parent_id: optional(reference("task")),
  estimate_seconds: optional(integer()),
  done: boolean(),
});

export const Task: Subject = {
  name: "Task",
  description: "A part of a project.",
  tag: 6,
  table: taskTable,
  rows: {
    EMPLOYEE: some(among("project_id", ownProjects)),
    MANAGER: some(any(among("project_id", ownProjects), among("project_id", ledProjects))),
    FINANCE: ALL,
    ADMIN: ALL,
    INTEGRATION: ALL,
  },
  fields: {
    id: id(),
    externalId: scalar("String", "external_id", "The id it had where it was imported from."),
    name: scalar("String", "name", "What is to be done."),
    project: one("Project", "project_id", {
      description: "Of which project.",
      determinedBy: [{ from: ["TimeEntry.task", "TimeEntry.project"], how: "a task belongs to one project" }],
    }),
    parent: one("Task", "parent_id", "The task that this one is a part of."),
    estimateSeconds: scalar("Int", "estimate_seconds", "How long it was thought to take."),
    done: scalar("Boolean", "done", "Finished."),
  },
  root: { name: "tasks", filter: true, order: true },
  defaultOrder: [{ field: "name", direction: "ASC" }],
};
