/** What is known where hidden changes are drawn. */
import type { Subject } from "../permission/declare.ts";
import type { Table } from "../storage/table.ts";
import type { Random } from "./random.ts";
import type { Decisions } from "./reading.ts";

export interface Hiding extends Decisions {
  readonly tables: readonly Table[];
  readonly random: Random;
  /** Whether operations write: then what refusals tell stays as it is. */
  readonly writes: boolean;
  readonly account: string;
  /** Columns, whole together, of which a cell may be closed on some row. */
  readonly closable: readonly { readonly subject: Subject; readonly unit: readonly string[] }[];
}
