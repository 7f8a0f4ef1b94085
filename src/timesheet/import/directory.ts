/** Knows the rows that bookings name by external ids, and makes those that are not there yet. */
import { memberTable } from "../../identity/member.ts";
import { teamTable } from "../../identity/team.ts";
import { upserting, type Batch, type BulkRow, type Transaction, type Upserted } from "../../plan/bulk.ts";
import { customerTable } from "../customer.ts";
import { activityTable, tagTable } from "../label.ts";
import { projectTable } from "../project.ts";
import { taskTable } from "../task.ts";
import type { Booking } from "./booking.ts";
import type { Made, Recorder } from "./report.ts";

export interface DirectoryForm {
  readonly transaction: Transaction;
  readonly account: string;
  /** Of people who are new. */
  readonly timezone: string;
  readonly record: Recorder;
}

/** Database ids of what bookings name, for all bookings that were learned. */
export interface Directory {
  /** Reads or makes what these bookings name and was not met before. */
  learn(bookings: readonly Booking[]): Promise<void>;
  idOf(kind: Made, externalId: string | null): string | null;
  /** Those that this import made. */
  newMembers(): readonly string[];
}

interface Known {
  readonly id: string;
  /** It has a project or customer, or none was named with it yet. */
  readonly hasParent: boolean;
}

interface Kind {
  readonly made: Made;
  /** What a booking names, and under what it belongs. */
  readonly names: (booking: Booking) => readonly { readonly name: string; readonly parent: string | null }[];
  readonly parents?: Made;
  readonly row: (name: string, parent: string | null) => BulkRow;
  readonly upsert: (batch: Batch<BulkRow>) => Promise<readonly Upserted[]>;
}

export function directory(form: DirectoryForm): Directory {
  const known = new Map<Made, Map<string, Known>>();
  const newMembers: string[] = [];
  const idOf: Directory["idOf"] = (kind, externalId) =>
    externalId === null ? null : (known.get(kind)?.get(externalId)?.id ?? null);
  return {
    idOf,
    newMembers: () => newMembers,
    async learn(bookings) {
      for (const kind of kindsFor(form.timezone)) {
        const here = known.get(kind.made) ?? new Map<string, Known>();
        known.set(kind.made, here);
        const wanted = [...newTo(here, bookings.flatMap(kind.names))];
        const parentIds = wanted.map(([, parent]) => (kind.parents ? idOf(kind.parents, parent) : null));
        const rows = wanted.map(([name], at) => kind.row(name, parentIds[at] ?? null));
        const found = await kind.upsert({ ...form, rows });
        for (const [at, { id, fate }] of found.entries()) {
          const [name = "", parent = null] = wanted[at] ?? [];
          here.set(name, { id, hasParent: parent !== null });
          if (fate === "created" && kind.made === "members") newMembers.push(id);
        }
        form.record.countMade(kind.made, found.filter(({ fate }) => fate === "created").length);
      }
    },
  };
}

/** Each name once, with the first parent that is named with it: a task stays with the project it was first seen under. */
function newTo(
  known: ReadonlyMap<string, Known>,
  named: ReturnType<Kind["names"]>,
): ReadonlyMap<string, string | null> {
  const wanted = new Map<string, string | null>();
  for (const { name, parent } of named) {
    const before = known.get(name);
    if (before !== undefined && (before.hasParent || parent === null)) continue;
    wanted.set(name, wanted.get(name) ?? parent);
  }
  return wanted;
}

const named = (name: string | null, parent: string | null = null) => (name === null ? [] : [{ name, parent }]);
const key = "external_id";
/** What a source calls a thing by its id alone goes by that id until somebody names it. */
const byId = (name: string): BulkRow => ({ external_id: name, name });

const upsertMembers = upserting({ table: memberTable, key, create: ["name", "timezone"] });

const KINDS: readonly Kind[] = [
  {
    made: "teams",
    names: ({ team }) => named(team),
    row: byId,
    upsert: upserting({ table: teamTable, key, create: ["name"] }),
  },
  {
    made: "customers",
    names: ({ customer }) => named(customer),
    row: byId,
    upsert: upserting({ table: customerTable, key, create: ["name"] }),
  },
  {
    made: "projects",
    names: ({ project, customer }) => named(project, customer),
    parents: "customers",
    row: (name, parent) => ({ ...byId(name), customer_id: parent, archived: false }),
    upsert: upserting({ table: projectTable, key, fill: ["customer_id"], create: ["name", "archived"] }),
  },
  {
    made: "tasks",
    names: ({ task, project }) => named(task, project),
    parents: "projects",
    row: (name, parent) => ({ ...byId(name), project_id: parent, done: false }),
    upsert: upserting({ table: taskTable, key, fill: ["project_id"], create: ["name", "done"] }),
  },
  {
    made: "activities",
    names: ({ activity }) => named(activity),
    row: byId,
    upsert: upserting({ table: activityTable, key, create: ["name"] }),
  },
  {
    made: "tags",
    names: ({ tags }) => tags.map((name) => ({ name, parent: null })),
    row: (name) => ({ name }),
    upsert: upserting({ table: tagTable, key: "name" }),
  },
];

const kindsFor = (timezone: string): readonly Kind[] => [
  {
    made: "members",
    names: ({ member }) => named(member),
    row: (name) => ({ ...byId(name), timezone }),
    upsert: upsertMembers,
  },
  ...KINDS,
];
