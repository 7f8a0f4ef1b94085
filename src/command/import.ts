/** Imports a file of time entries into an account. */
import { isAbsolute, join } from "node:path";
import { createAccount } from "../identity/create-account.ts";
import { readAccount, type AccountDetails } from "../identity/directory.ts";
import { Problem, problem } from "../problem.ts";
import type { Reader } from "../storage/database.ts";
import { importGeneric, type ImportProgress } from "../timesheet/import/generic.ts";
import { readMap } from "../timesheet/import/map.ts";
import { ROW_REASONS } from "../timesheet/import/reason.ts";
import { reportText, type ImportReport } from "../timesheet/import/report.ts";
import { print, type CommandContext } from "./context.ts";
import type { Format } from "./format.ts";

export interface ImportArguments {
  readonly file: string;
  readonly account: string;
  /** Makes the account where there is none with that slug. */
  readonly create: { readonly name: string; readonly currency: string } | undefined;
  readonly format: Format;
  readonly map: string | undefined;
  readonly timezone: string | undefined;
  readonly strict: boolean;
  readonly json: boolean;
}

export async function importFile(context: CommandContext, order: ImportArguments): Promise<void> {
  if (order.format !== "generic") throw problem("IMPORT_FORMAT", { extensions: { format: order.format } });
  if (order.map === undefined) throw problem("IMPORT_MAP_NEEDED");
  const path = (name: string): string => (isAbsolute(name) ? name : join(context.directory, name));
  const map = await readMap(path(order.map));
  // One transaction: an import that fails leaves no empty account behind.
  const report = await toldIfNothing(context, () =>
    context.database.write(async (transaction) => {
      const account = await accountFor(transaction, order);
      return importGeneric({
        database: { write: (work) => work(transaction) },
        account,
        source: path(order.file),
        map,
        ...(order.timezone === undefined ? {} : { timezone: order.timezone }),
        strict: order.strict,
        onProgress: (progress) => context.output.progress(progressText(progress)),
        clock: context.clock,
      });
    }),
  );
  tell(context, report, order.json);
}

async function accountFor(transaction: Reader, order: ImportArguments): Promise<AccountDetails> {
  const found = await readAccount(transaction, order.account);
  if (found !== undefined) return found;
  const unknown = { extensions: { account: order.account, hint: "--create-account makes it" } };
  if (order.create === undefined) throw problem("ACCOUNT_UNKNOWN", unknown);
  await createAccount(transaction, { slug: order.account, timezone: order.timezone ?? "UTC", ...order.create });
  const made = await readAccount(transaction, order.account);
  if (made === undefined) throw problem("INTERNAL", { log: "An account that was just made is not there." });
  return made;
}

/** A strict import that wrote nothing names the rows for which it did not, as any import does. */
async function toldIfNothing<T>({ output }: CommandContext, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (failure) {
    if (!(failure instanceof Problem) || failure.code !== "IMPORT_ROWS_UNREADABLE") throw failure;
    const report = failure.extensions["report"] as ImportReport; // cast: made in generic.ts, with this code alone
    for (const { line, reason } of report.listed) output.note(`line ${line}: ${ROW_REASONS[reason]} (${reason})`);
    throw failure;
  }
}

function progressText({ rows, bytesRead, bytesTotal }: ImportProgress): string {
  const share = bytesTotal === 0 ? 100 : Math.min(100, Math.floor((bytesRead / bytesTotal) * 100));
  return `${share} % read, ${rows} rows`;
}

function tell({ output }: CommandContext, report: ImportReport, json: boolean): void {
  print(output, { words: reportText(report), json: report }, json);
  if (report.leftOut > 0) {
    const rows = report.leftOut === 1 ? "1 row was" : `${report.leftOut} rows were`;
    output.note(`${rows} left out: mend them and import the file again; what is in stays as it is.`);
  }
}
