/** What is sent to change time entries, and what comes back. Each input names the field of the entry that it writes. */
import { ArgsType, type ClassType, Extensions, Field, ID, InputType, Int, ObjectType } from "type-graphql";
import { DECLARED, declared, fixedPart, type Declared, type Field as SubjectField } from "../permission/declare.ts";
import { enumerationOf } from "../permission/enumeration.ts";
import { DateTime, LocalDate, SafeInt, TimeZone } from "../permission/scalar.ts";
import { UserError } from "../permission/user-error-type.ts";
import { ENTRY_STATUSES, TimeEntry } from "./entry.ts";

const fixed = { [DECLARED]: fixedPart };

/** Stands for the generated type of the subject TimeEntry, which is not made yet when these classes are read. */
export class TimeEntryReference {
  static readonly subject = "TimeEntry";
}

@InputType({ description: "A sum of money." })
@Extensions(fixed)
export class MoneyInput {
  @Field(() => SafeInt, { description: "In minor units of the currency: cents." })
  @Extensions(fixed)
  minor!: number;

  @Field(() => String, { description: "ISO 4217." })
  @Extensions(fixed)
  currency!: string;
}

/** What both inputs hold. Left out is undefined, and null empties a field. */
export class TimeEntryInput {
  externalId?: string | null;
  member?: string | null;
  project?: string | null;
  task?: string | null;
  activity?: string | null;
  tags?: string[] | null;
  team?: string | null;
  date?: string | null;
  start?: string | null;
  end?: string | null;
  timezone?: string | null;
  durationSeconds?: number | null;
  breakSeconds?: number | null;
  description?: string | null;
  internalNote?: string | null;
  billable?: boolean | null;
  billableRate?: MoneyInput | null;
  costRate?: MoneyInput | null;
}

type Writable = keyof TimeEntryInput;

/** Every field that can be written, once for both inputs, so that neither can lag behind the other. */
const WRITABLE: Readonly<Record<Writable, () => ClassType | object>> = {
  externalId: () => String,
  member: () => ID,
  project: () => ID,
  task: () => ID,
  activity: () => ID,
  tags: () => [ID],
  team: () => ID,
  date: () => LocalDate,
  start: () => DateTime,
  end: () => DateTime,
  timezone: () => TimeZone,
  durationSeconds: () => Int,
  breakSeconds: () => Int,
  description: () => String,
  internalNote: () => String,
  billable: () => Boolean,
  billableRate: () => MoneyInput,
  costRate: () => MoneyInput,
};

const fields: Readonly<Record<string, SubjectField>> = TimeEntry.fields;

type Access = (name: string) => Declared["access"];

function addWritable(input: ClassType, access: Access, names = Object.keys(WRITABLE)): void {
  for (const [name, type] of Object.entries(WRITABLE)) {
    if (!names.includes(name)) continue;
    const sensitivity = fields[name]?.sensitivity ?? "INTERNAL";
    const reads = [`TimeEntry.${name}`];
    Field(type, { nullable: true, description: fields[name]?.description ?? "" })(input.prototype, name);
    Extensions({ [DECLARED]: declared({ sensitivity, reads, access: access(name) }) })(input.prototype, name);
  }
}

@InputType({ description: "A new time entry." })
@Extensions(fixed)
export class CreateTimeEntryInput extends TimeEntryInput {}
addWritable(CreateTimeEntryInput, () => ({}));

@InputType({ description: "What is worked on from now on. When it began and for whom is known." })
@Extensions(fixed)
export class StartTimerInput extends TimeEntryInput {}
addWritable(StartTimerInput, () => ({}), [
  "project",
  "task",
  "activity",
  "tags",
  "team",
  "timezone",
  "description",
  "internalNote",
  "billable",
]);

/** The subject's own enum, named here because an input written by hand holds it too. */
export const EntryStatus = enumerationOf(
  "EntryStatus",
  TimeEntry.fields["status"]?.description ?? "",
  Object.fromEntries(ENTRY_STATUSES.map((value) => [value, { declared: declared({ sensitivity: "INTERNAL" }) }])),
);

/** Other statuses follow the timesheet, so only those who send invoices write one. */
const invoicing = declared({
  sensitivity: "INTERNAL",
  reads: ["TimeEntry.status"],
  access: { EMPLOYEE: "never", MANAGER: "never" },
});

@InputType({ description: "What to change of a time entry; what is left out stays, null empties." })
@Extensions(fixed)
export class UpdateTimeEntryInput extends TimeEntryInput {
  @Field(() => EntryStatus.values, {
    nullable: true,
    description: "The last of all states, and nothing else: it cannot be undone.",
  })
  @Extensions({ [DECLARED]: invoicing })
  status?: (typeof ENTRY_STATUSES)[number] | null;
}

/** Finance reads everything and writes rates and what is invoiced. */
const RATES: readonly string[] = ["billableRate", "costRate"];
addWritable(UpdateTimeEntryInput, (name) => (RATES.includes(name) ? {} : { FINANCE: "never" }));

@ObjectType({ description: "A time entry that was written, or why it was not.", simpleResolvers: true })
@Extensions(fixed)
export class TimeEntryPayload {
  @Field(() => TimeEntryReference, { nullable: true, description: "As the caller may see it now." })
  @Extensions(fixed)
  timeEntry!: object | null;

  @Field(() => [UserError], { description: "Why nothing was written; empty when it was." })
  @Extensions(fixed)
  userErrors!: UserError[];
}

@ObjectType({ description: "What was deleted, or why it was not.", simpleResolvers: true })
@Extensions(fixed)
export class DeletePayload {
  @Field(() => ID, { nullable: true, description: "The global id that is gone." })
  @Extensions(fixed)
  deletedId!: string | null;

  @Field(() => [UserError], { description: "Why nothing was deleted; empty when it was." })
  @Extensions(fixed)
  userErrors!: UserError[];
}

@ArgsType()
export class CreateTimeEntryArguments {
  @Field(() => CreateTimeEntryInput, { description: "The entry." })
  @Extensions(fixed)
  input!: CreateTimeEntryInput;
}

@ArgsType()
export class StartTimerArguments {
  @Field(() => StartTimerInput, { description: "On what." })
  @Extensions(fixed)
  input!: StartTimerInput;
}

@ArgsType()
export class StopTimerArguments {
  @Field(() => ID, { description: "The entry that runs." })
  @Extensions(fixed)
  id!: string;
}

@ArgsType()
export class UpdateTimeEntryArguments {
  @Field(() => ID, { description: "Which entry." })
  @Extensions(fixed)
  id!: string;

  @Field(() => UpdateTimeEntryInput, { description: "What to change." })
  @Extensions(fixed)
  input!: UpdateTimeEntryInput;
}

@ArgsType()
export class DeleteTimeEntryArguments {
  @Field(() => ID, { description: "Which entry." })
  @Extensions(fixed)
  id!: string;
}
