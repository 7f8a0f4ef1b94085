/** The register of everything in the schema that was written by hand, for `gateway/schema.ts`. */
import { ViewerResolver } from "./identity/viewer-resolver.ts";
import { ViewerKind } from "./identity/viewer-type.ts";
import { Audience } from "./permission/audience-type.ts";
import { DenialsResolver } from "./permission/denials-resolver.ts";
import { DeniedAs, OnDenied } from "./permission/denials-type.ts";
import type { Enumeration } from "./permission/enumeration.ts";
import { ExplainResolver } from "./permission/explain-resolver.ts";
import { AccessDecider, AccessReason, AccessState, AccessStepKind } from "./permission/explain-type.ts";
import { SettingsResolver } from "./permission/settings-resolver.ts";
import { ToggleDeskResolver } from "./permission/toggle-desk-resolver.ts";
import { PageInfoReference } from "./permission/toggle-desk-type.ts";
import { AccountReference, Sensitivity } from "./permission/toggle-type.ts";
import { TimeEntryResolver } from "./timesheet/entry-resolver.ts";
import { EntryStatus, TimeEntryReference } from "./timesheet/entry-type.ts";
import { TimesheetResolver } from "./timesheet/sheet-resolver.ts";
import { TimesheetReference } from "./timesheet/sheet-type.ts";

/** A class that decorators have written about. */
export type Written = new () => object;

export const resolvers: readonly Written[] = [
  ViewerResolver,
  SettingsResolver,
  ToggleDeskResolver,
  DenialsResolver,
  ExplainResolver,
  TimeEntryResolver,
  TimesheetResolver,
];

export const enumerations: readonly Enumeration[] = [
  AccessDecider,
  AccessReason,
  AccessState,
  AccessStepKind,
  Audience,
  DeniedAs,
  OnDenied,
  Sensitivity,
  ViewerKind,
  EntryStatus,
];

/** Classes that stand for the generated type of a subject where a hand-written type points at one. */
export const references: readonly (Written & { readonly subject: string })[] = [
  AccountReference,
  PageInfoReference,
  TimeEntryReference,
  TimesheetReference,
];
