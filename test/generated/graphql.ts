/* eslint-disable */
/** Internal type. DO NOT USE DIRECTLY. */
type Exact<T extends { [key: string]: unknown }> = { [K in keyof T]: T[K] };
/** Internal type. DO NOT USE DIRECTLY. */
export type Incremental<T> = T | { [P in keyof T]?: P extends ' $fragmentName' | '__typename' ? T[P] : never };
import type { TypedDocumentNode as DocumentNode } from '@graphql-typed-document-node/core';
/** Which Activity rows: those that meet every condition given. */
export type ActivityFilter = {
  /** Every one of these holds. */
  and?: Array<ActivityFilter> | null | undefined;
  /** The id it had where it was imported from. */
  externalId?: StringFilter | null | undefined;
  /** Global id. */
  id?: IdFilter | null | undefined;
  /** What the kind of work is called. */
  name?: StringFilter | null | undefined;
  /** This does not hold. */
  not?: ActivityFilter | null | undefined;
  /** At least one of these holds. */
  or?: Array<ActivityFilter> | null | undefined;
};

/** Conditions on a Boolean. */
export type BooleanFilter = {
  /** It is this. */
  eq?: boolean | null | undefined;
  /** There is no value; with false: there is one. */
  isNull?: boolean | null | undefined;
  /** It is not this. */
  ne?: boolean | null | undefined;
};

/** Which Customer rows: those that meet every condition given. */
export type CustomerFilter = {
  /** Every one of these holds. */
  and?: Array<CustomerFilter> | null | undefined;
  /** What an hour is sold for, where the project does not say. */
  billableRate?: MoneyFilter | null | undefined;
  /** The id it had where it was imported from. */
  externalId?: StringFilter | null | undefined;
  /** Global id. */
  id?: IdFilter | null | undefined;
  /** What the customer is called. */
  name?: StringFilter | null | undefined;
  /** This does not hold. */
  not?: CustomerFilter | null | undefined;
  /** At least one of these holds. */
  or?: Array<CustomerFilter> | null | undefined;
};

/** Conditions on a Date. */
export type DateFilter = {
  /** It is this. */
  eq?: string | null | undefined;
  /** It is more than this, or after it. */
  gt?: string | null | undefined;
  /** It is this, or more. */
  gte?: string | null | undefined;
  /** It is one of these. */
  in?: Array<string> | null | undefined;
  /** There is no value; with false: there is one. */
  isNull?: boolean | null | undefined;
  /** It is less than this, or before it. */
  lt?: string | null | undefined;
  /** It is this, or less. */
  lte?: string | null | undefined;
  /** It is not this. */
  ne?: string | null | undefined;
  /** It is none of these. */
  notIn?: Array<string> | null | undefined;
};

/** Conditions on a DateTime. */
export type DateTimeFilter = {
  /** It is this. */
  eq?: string | null | undefined;
  /** It is more than this, or after it. */
  gt?: string | null | undefined;
  /** It is this, or more. */
  gte?: string | null | undefined;
  /** It is one of these. */
  in?: Array<string> | null | undefined;
  /** There is no value; with false: there is one. */
  isNull?: boolean | null | undefined;
  /** It is less than this, or before it. */
  lt?: string | null | undefined;
  /** It is this, or less. */
  lte?: string | null | undefined;
  /** It is not this. */
  ne?: string | null | undefined;
  /** It is none of these. */
  notIn?: Array<string> | null | undefined;
};

/** Nulls come last either way. */
export type Direction =
  | 'ASC'
  | 'DESC';

/** How far it has come. */
export type EntryStatus =
  | 'APPROVED'
  | 'INVOICED'
  | 'OPEN'
  | 'REJECTED'
  | 'SUBMITTED';

/** Conditions on a EntryStatus. */
export type EntryStatusFilter = {
  /** It is this. */
  eq?: EntryStatus | null | undefined;
  /** It is one of these. */
  in?: Array<EntryStatus> | null | undefined;
  /** There is no value; with false: there is one. */
  isNull?: boolean | null | undefined;
  /** It is not this. */
  ne?: EntryStatus | null | undefined;
  /** It is none of these. */
  notIn?: Array<EntryStatus> | null | undefined;
};

/** Conditions on a Float. */
export type FloatFilter = {
  /** It is this. */
  eq?: number | null | undefined;
  /** It is more than this, or after it. */
  gt?: number | null | undefined;
  /** It is this, or more. */
  gte?: number | null | undefined;
  /** It is one of these. */
  in?: Array<number> | null | undefined;
  /** There is no value; with false: there is one. */
  isNull?: boolean | null | undefined;
  /** It is less than this, or before it. */
  lt?: number | null | undefined;
  /** It is this, or less. */
  lte?: number | null | undefined;
  /** It is not this. */
  ne?: number | null | undefined;
  /** It is none of these. */
  notIn?: Array<number> | null | undefined;
};

/** Conditions on a ID. */
export type IdFilter = {
  /** It is this. */
  eq?: string | number | null | undefined;
  /** It is one of these. */
  in?: Array<string | number> | null | undefined;
  /** There is no value; with false: there is one. */
  isNull?: boolean | null | undefined;
  /** It is not this. */
  ne?: string | number | null | undefined;
  /** It is none of these. */
  notIn?: Array<string | number> | null | undefined;
};

/** Conditions on a Int. */
export type IntFilter = {
  /** It is this. */
  eq?: number | null | undefined;
  /** It is more than this, or after it. */
  gt?: number | null | undefined;
  /** It is this, or more. */
  gte?: number | null | undefined;
  /** It is one of these. */
  in?: Array<number> | null | undefined;
  /** There is no value; with false: there is one. */
  isNull?: boolean | null | undefined;
  /** It is less than this, or before it. */
  lt?: number | null | undefined;
  /** It is this, or less. */
  lte?: number | null | undefined;
  /** It is not this. */
  ne?: number | null | undefined;
  /** It is none of these. */
  notIn?: Array<number> | null | undefined;
};

/** Which Member rows: those that meet every condition given. */
export type MemberFilter = {
  /** Every one of these holds. */
  and?: Array<MemberFilter> | null | undefined;
  /** What an hour of the person is sold for. */
  billableRate?: MoneyFilter | null | undefined;
  /** What an hour of the person costs. */
  costRate?: MoneyFilter | null | undefined;
  /** Their address; everyone may see their own. */
  email?: SealedEqualityFilter | null | undefined;
  /** The id it had where it was imported from. */
  externalId?: StringFilter | null | undefined;
  /** Global id. */
  id?: IdFilter | null | undefined;
  /** To whom the person answers. */
  manager?: MemberFilter | null | undefined;
  /** The person's name. */
  name?: StringFilter | null | undefined;
  /** This does not hold. */
  not?: MemberFilter | null | undefined;
  /** At least one of these holds. */
  or?: Array<MemberFilter> | null | undefined;
  /** What the person earns in a year. */
  salary?: MoneyFilter | null | undefined;
  /** Their number in the account's books; everyone may see their own. */
  staffNumber?: SealedEqualityFilter | null | undefined;
  /** Teams the person is in. */
  teams?: TeamListFilter | null | undefined;
  /** Where the person's days begin. */
  timezone?: TimeZoneFilter | null | undefined;
  /** Hours agreed for a week. */
  weeklyHours?: FloatFilter | null | undefined;
};

/** Conditions on a list of Member, as far as the caller may see it. */
export type MemberListFilter = {
  /** None is unlike this. */
  every?: MemberFilter | null | undefined;
  /** None is like this. */
  none?: MemberFilter | null | undefined;
  /** At least one is like this. */
  some?: MemberFilter | null | undefined;
};

/** Conditions on money, in minor units. */
export type MoneyFilter = {
  /** Only in this currency. */
  currency?: string | null | undefined;
  /** It is this. */
  eq?: number | null | undefined;
  /** It is more than this, or after it. */
  gt?: number | null | undefined;
  /** It is this, or more. */
  gte?: number | null | undefined;
  /** It is one of these. */
  in?: Array<number> | null | undefined;
  /** There is no value; with false: there is one. */
  isNull?: boolean | null | undefined;
  /** It is less than this, or before it. */
  lt?: number | null | undefined;
  /** It is this, or less. */
  lte?: number | null | undefined;
  /** It is not this. */
  ne?: number | null | undefined;
  /** It is none of these. */
  notIn?: Array<number> | null | undefined;
};

/** Which Project rows: those that meet every condition given. */
export type ProjectFilter = {
  /** Every one of these holds. */
  and?: Array<ProjectFilter> | null | undefined;
  /** Nobody books on it any more. */
  archived?: BooleanFilter | null | undefined;
  /** What an hour on the project is sold for. */
  billableRate?: MoneyFilter | null | undefined;
  /** What may be spent. */
  budget?: MoneyFilter | null | undefined;
  /** For whom. */
  customer?: CustomerFilter | null | undefined;
  /** The id it had where it was imported from. */
  externalId?: StringFilter | null | undefined;
  /** Global id. */
  id?: IdFilter | null | undefined;
  /** Who is on the project. */
  members?: MemberListFilter | null | undefined;
  /** What the project is called. */
  name?: StringFilter | null | undefined;
  /** This does not hold. */
  not?: ProjectFilter | null | undefined;
  /** At least one of these holds. */
  or?: Array<ProjectFilter> | null | undefined;
};

/** Conditions on a SealedEquality. */
export type SealedEqualityFilter = {
  /** It is this. */
  eq?: string | null | undefined;
  /** It is one of these. */
  in?: Array<string> | null | undefined;
  /** There is no value; with false: there is one. */
  isNull?: boolean | null | undefined;
};

/** Conditions on a Sealed. */
export type SealedFilter = {
  /** There is no value; with false: there is one. */
  isNull?: boolean | null | undefined;
};

/** Conditions on a String. */
export type StringFilter = {
  /** It has this text in it. */
  contains?: string | null | undefined;
  /** It is this. */
  eq?: string | null | undefined;
  /** It is more than this, or after it. */
  gt?: string | null | undefined;
  /** It is this, or more. */
  gte?: string | null | undefined;
  /** It is one of these. */
  in?: Array<string> | null | undefined;
  /** There is no value; with false: there is one. */
  isNull?: boolean | null | undefined;
  /** It is less than this, or before it. */
  lt?: string | null | undefined;
  /** It is this, or less. */
  lte?: string | null | undefined;
  /** It is not this. */
  ne?: string | null | undefined;
  /** It is none of these. */
  notIn?: Array<string> | null | undefined;
  /** It begins with this text. */
  startsWith?: string | null | undefined;
};

/** Which Tag rows: those that meet every condition given. */
export type TagFilter = {
  /** Every one of these holds. */
  and?: Array<TagFilter> | null | undefined;
  /** Global id. */
  id?: IdFilter | null | undefined;
  /** The word. */
  name?: StringFilter | null | undefined;
  /** This does not hold. */
  not?: TagFilter | null | undefined;
  /** At least one of these holds. */
  or?: Array<TagFilter> | null | undefined;
};

/** Conditions on a list of Tag, as far as the caller may see it. */
export type TagListFilter = {
  /** None is unlike this. */
  every?: TagFilter | null | undefined;
  /** None is like this. */
  none?: TagFilter | null | undefined;
  /** At least one is like this. */
  some?: TagFilter | null | undefined;
};

/** Which Task rows: those that meet every condition given. */
export type TaskFilter = {
  /** Every one of these holds. */
  and?: Array<TaskFilter> | null | undefined;
  /** Finished. */
  done?: BooleanFilter | null | undefined;
  /** How long it was thought to take. */
  estimateSeconds?: IntFilter | null | undefined;
  /** The id it had where it was imported from. */
  externalId?: StringFilter | null | undefined;
  /** Global id. */
  id?: IdFilter | null | undefined;
  /** What is to be done. */
  name?: StringFilter | null | undefined;
  /** This does not hold. */
  not?: TaskFilter | null | undefined;
  /** At least one of these holds. */
  or?: Array<TaskFilter> | null | undefined;
  /** The task that this one is a part of. */
  parent?: TaskFilter | null | undefined;
  /** Of which project. */
  project?: ProjectFilter | null | undefined;
};

/** Which Team rows: those that meet every condition given. */
export type TeamFilter = {
  /** Every one of these holds. */
  and?: Array<TeamFilter> | null | undefined;
  /** The id it had where it was imported from. */
  externalId?: StringFilter | null | undefined;
  /** Global id. */
  id?: IdFilter | null | undefined;
  /** Who may see and decide on time booked under this team. */
  leads?: MemberListFilter | null | undefined;
  /** Everyone in the team. */
  members?: MemberListFilter | null | undefined;
  /** What the team is called. */
  name?: StringFilter | null | undefined;
  /** This does not hold. */
  not?: TeamFilter | null | undefined;
  /** At least one of these holds. */
  or?: Array<TeamFilter> | null | undefined;
};

/** Conditions on a list of Team, as far as the caller may see it. */
export type TeamListFilter = {
  /** None is unlike this. */
  every?: TeamFilter | null | undefined;
  /** None is like this. */
  none?: TeamFilter | null | undefined;
  /** At least one is like this. */
  some?: TeamFilter | null | undefined;
};

/** Which TimeEntry rows: those that meet every condition given. */
export type TimeEntryFilter = {
  /** What kind of work. */
  activity?: ActivityFilter | null | undefined;
  /** Every one of these holds. */
  and?: Array<TimeEntryFilter> | null | undefined;
  /** Whether somebody pays for it. */
  billable?: BooleanFilter | null | undefined;
  /** Hours times the billable rate, rounded half away from zero; null where it is not billable. */
  billableAmount?: MoneyFilter | null | undefined;
  /** What an hour of it is sold for. */
  billableRate?: MoneyFilter | null | undefined;
  /** Breaks between start and end. */
  breakSeconds?: IntFilter | null | undefined;
  /** Hours times the cost rate, rounded half away from zero. */
  costAmount?: MoneyFilter | null | undefined;
  /** What an hour of it costs. */
  costRate?: MoneyFilter | null | undefined;
  /** When it was written down. */
  createdAt?: DateTimeFilter | null | undefined;
  /** The local day on which it began. */
  date?: DateFilter | null | undefined;
  /** What was done. */
  description?: SealedFilter | null | undefined;
  /** Time worked, without breaks. */
  durationSeconds?: IntFilter | null | undefined;
  /** When it ended; null while it runs, or where only a duration was noted. */
  end?: DateTimeFilter | null | undefined;
  /** The id it had where it was imported from. */
  externalId?: StringFilter | null | undefined;
  /** Global id. */
  id?: IdFilter | null | undefined;
  /** Never leaves the team. */
  internalNote?: SealedFilter | null | undefined;
  /** It can no longer be changed. */
  locked?: BooleanFilter | null | undefined;
  /** Who worked. */
  member?: MemberFilter | null | undefined;
  /** This does not hold. */
  not?: TimeEntryFilter | null | undefined;
  /** At least one of these holds. */
  or?: Array<TimeEntryFilter> | null | undefined;
  /** On what. */
  project?: ProjectFilter | null | undefined;
  /** When it began; null where only a duration was noted. */
  start?: DateTimeFilter | null | undefined;
  /** How far it has come. */
  status?: EntryStatusFilter | null | undefined;
  /** Words put on it. */
  tags?: TagListFilter | null | undefined;
  /** On which part of it. */
  task?: TaskFilter | null | undefined;
  /** Under which team it was booked. */
  team?: TeamFilter | null | undefined;
  /** The week that it is handed in with. */
  timesheet?: TimesheetFilter | null | undefined;
  /** The zone of its day. */
  timezone?: TimeZoneFilter | null | undefined;
  /** When it was last changed. */
  updatedAt?: DateTimeFilter | null | undefined;
};

/** One term of an order of TimeEntry rows. */
export type TimeEntryOrder = {
  /** Which way. */
  direction?: Direction;
  /** By what. */
  field: TimeEntryOrderField;
};

/** By what TimeEntry rows can be ordered. */
export type TimeEntryOrderField =
  /** Whether somebody pays for it. */
  | 'BILLABLE'
  /** Hours times the billable rate, rounded half away from zero; null where it is not billable. */
  | 'BILLABLE_AMOUNT'
  /** What an hour of it is sold for. */
  | 'BILLABLE_RATE'
  /** Breaks between start and end. */
  | 'BREAK_SECONDS'
  /** Hours times the cost rate, rounded half away from zero. */
  | 'COST_AMOUNT'
  /** What an hour of it costs. */
  | 'COST_RATE'
  /** When it was written down. */
  | 'CREATED_AT'
  /** The local day on which it began. */
  | 'DATE'
  /** Time worked, without breaks. */
  | 'DURATION_SECONDS'
  /** When it ended; null while it runs, or where only a duration was noted. */
  | 'END'
  /** The id it had where it was imported from. */
  | 'EXTERNAL_ID'
  /** It can no longer be changed. */
  | 'LOCKED'
  /** When it began; null where only a duration was noted. */
  | 'START'
  /** How far it has come. */
  | 'STATUS'
  /** The zone of its day. */
  | 'TIMEZONE'
  /** When it was last changed. */
  | 'UPDATED_AT';

/** Conditions on a TimeZone. */
export type TimeZoneFilter = {
  /** It is this. */
  eq?: string | null | undefined;
  /** It is one of these. */
  in?: Array<string> | null | undefined;
  /** There is no value; with false: there is one. */
  isNull?: boolean | null | undefined;
  /** It is not this. */
  ne?: string | null | undefined;
  /** It is none of these. */
  notIn?: Array<string> | null | undefined;
};

/** Which Timesheet rows: those that meet every condition given. */
export type TimesheetFilter = {
  /** Every one of these holds. */
  and?: Array<TimesheetFilter> | null | undefined;
  /** What they said about it. */
  comment?: SealedFilter | null | undefined;
  /** When that was. */
  decidedAt?: DateTimeFilter | null | undefined;
  /** Who approved or rejected it. */
  decidedBy?: MemberFilter | null | undefined;
  /** Global id. */
  id?: IdFilter | null | undefined;
  /** Whose week. */
  member?: MemberFilter | null | undefined;
  /** This does not hold. */
  not?: TimesheetFilter | null | undefined;
  /** At least one of these holds. */
  or?: Array<TimesheetFilter> | null | undefined;
  /** Its last day. */
  periodEnd?: DateFilter | null | undefined;
  /** Its first day. */
  periodStart?: DateFilter | null | undefined;
  /** How far it has come. */
  status?: TimesheetStatusFilter | null | undefined;
  /** When it was handed in. */
  submittedAt?: DateTimeFilter | null | undefined;
};

/** How far it has come. */
export type TimesheetStatus =
  | 'APPROVED'
  | 'OPEN'
  | 'REJECTED'
  | 'SUBMITTED';

/** Conditions on a TimesheetStatus. */
export type TimesheetStatusFilter = {
  /** It is this. */
  eq?: TimesheetStatus | null | undefined;
  /** It is one of these. */
  in?: Array<TimesheetStatus> | null | undefined;
  /** There is no value; with false: there is one. */
  isNull?: boolean | null | undefined;
  /** It is not this. */
  ne?: TimesheetStatus | null | undefined;
  /** It is none of these. */
  notIn?: Array<TimesheetStatus> | null | undefined;
};

export type WhatIMayDoQueryVariables = Exact<{ [key: string]: never; }>;


export type WhatIMayDoQuery = { viewer: { id: string, name: string, revision: number, abilities: Array<unknown> } };

export type TimesheetPageQueryVariables = Exact<{
  orderBy?: Array<TimeEntryOrder> | TimeEntryOrder | null | undefined;
}>;


export type TimesheetPageQuery = { timeEntries: { nodes: Array<{ id: string, date: string | null, durationSeconds: number | null, costRate: { minor: number, currency: string } | null, member: { id: string } | null, team: { id: string } | null }> } | null, members: { nodes: Array<{ id: string, name: string | null, email: string | null }> } | null };

export type SwitchToggleMutationVariables = Exact<{
  coordinate: string;
  enabled: boolean;
}>;


export type SwitchToggleMutation = { setToggles: { revision: number | null, userErrors: Array<{ code: string, message: string }> } };

export type HoursOfWeekQueryVariables = Exact<{
  filter?: TimeEntryFilter | null | undefined;
  orderBy?: Array<TimeEntryOrder> | TimeEntryOrder | null | undefined;
}>;


export type HoursOfWeekQuery = { timeEntries: { totalCount: number | null, nodes: Array<{ id: string, date: string | null, durationSeconds: number | null, costRate: { minor: number, currency: string } | null }> } | null };


export const WhatIMayDoDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"WhatIMayDo"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"viewer"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"revision"}},{"kind":"Field","name":{"kind":"Name","value":"abilities"}}]}}]}}]} as unknown as DocumentNode<WhatIMayDoQuery, WhatIMayDoQueryVariables>;
export const TimesheetPageDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"TimesheetPage"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"orderBy"}},"type":{"kind":"ListType","type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"TimeEntryOrder"}}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"timeEntries"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"first"},"value":{"kind":"IntValue","value":"50"}},{"kind":"Argument","name":{"kind":"Name","value":"orderBy"},"value":{"kind":"Variable","name":{"kind":"Name","value":"orderBy"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"nodes"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"date"}},{"kind":"Field","name":{"kind":"Name","value":"durationSeconds"}},{"kind":"Field","name":{"kind":"Name","value":"costRate"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"minor"}},{"kind":"Field","name":{"kind":"Name","value":"currency"}}]}},{"kind":"Field","name":{"kind":"Name","value":"member"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}}]}},{"kind":"Field","name":{"kind":"Name","value":"team"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}}]}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"members"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"nodes"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"email"}}]}}]}}]}}]} as unknown as DocumentNode<TimesheetPageQuery, TimesheetPageQueryVariables>;
export const SwitchToggleDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"SwitchToggle"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"coordinate"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"Coordinate"}}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"enabled"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"Boolean"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"setToggles"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"changes"},"value":{"kind":"ListValue","values":[{"kind":"ObjectValue","fields":[{"kind":"ObjectField","name":{"kind":"Name","value":"coordinate"},"value":{"kind":"Variable","name":{"kind":"Name","value":"coordinate"}}},{"kind":"ObjectField","name":{"kind":"Name","value":"enabled"},"value":{"kind":"Variable","name":{"kind":"Name","value":"enabled"}}}]}]}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"revision"}},{"kind":"Field","name":{"kind":"Name","value":"userErrors"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}}]}}]}}]}}]} as unknown as DocumentNode<SwitchToggleMutation, SwitchToggleMutationVariables>;
export const HoursOfWeekDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"HoursOfWeek"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"filter"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"TimeEntryFilter"}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"orderBy"}},"type":{"kind":"ListType","type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"TimeEntryOrder"}}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"timeEntries"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"first"},"value":{"kind":"IntValue","value":"50"}},{"kind":"Argument","name":{"kind":"Name","value":"filter"},"value":{"kind":"Variable","name":{"kind":"Name","value":"filter"}}},{"kind":"Argument","name":{"kind":"Name","value":"orderBy"},"value":{"kind":"Variable","name":{"kind":"Name","value":"orderBy"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"nodes"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"date"}},{"kind":"Field","name":{"kind":"Name","value":"durationSeconds"}},{"kind":"Field","name":{"kind":"Name","value":"costRate"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"minor"}},{"kind":"Field","name":{"kind":"Name","value":"currency"}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"totalCount"}}]}}]}}]} as unknown as DocumentNode<HoursOfWeekQuery, HoursOfWeekQueryVariables>;