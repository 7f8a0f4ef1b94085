/** Teams, who is in them and who leads them; and the sets of ids that row rules are written with. */
import { ALL, among, any, every, flag, own, some, type FactSet } from "../permission/condition.ts";
import { id, many, scalar, type Subject } from "../permission/declare.ts";
import { boolean, joinTable, optional, reference, table, text } from "../storage/table.ts";

export const teamTable = table("team", { external_id: optional(text()), name: text() });
export const teamMemberTable = joinTable("team_member", {
  team_id: reference("team"),
  member_id: reference("member"),
  lead: boolean(),
});

export const ownTeams: FactSet = { name: "ownTeams", table: "team_member", pick: "team_id", where: own("member_id") };
export const ledTeams: FactSet = {
  name: "ledTeams",
  table: "team_member",
  pick: "team_id",
  where: every(own("member_id"), flag("lead")),
};
export const teamMates: FactSet = {
  name: "teamMates",
  table: "team_member",
  pick: "member_id",
  where: among("team_id", ownTeams),
};
export const ledPeople: FactSet = {
  name: "ledPeople",
  table: "team_member",
  pick: "member_id",
  where: among("team_id", ledTeams),
};

export const Team: Subject = {
  name: "Team",
  description: "People who work together, and under whose name time is booked.",
  tag: 3,
  table: teamTable,
  rows: {
    EMPLOYEE: some(among("id", ownTeams)),
    MANAGER: some(any(among("id", ownTeams), among("id", ledTeams))),
    FINANCE: ALL,
    ADMIN: ALL,
    INTEGRATION: ALL,
  },
  fields: {
    id: id(),
    externalId: scalar("String", "external_id", "The id it had where it was imported from."),
    name: scalar("String", "name", "What the team is called."),
    leads: many(
      "Member",
      { table: "team_member", from: "team_id", to: "member_id", flag: "lead" },
      { description: "Who may see and decide on time booked under this team.", madeFrom: ["Member.teams"] },
    ),
    members: many(
      "Member",
      { table: "team_member", from: "team_id", to: "member_id" },
      { description: "Everyone in the team.", madeFrom: ["Member.teams"] },
    ),
  },
  root: { name: "teams", filter: false, order: false },
  defaultOrder: [{ field: "name", direction: "ASC" }],
};
