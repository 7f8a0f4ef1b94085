/** A year of believable work: two companies of thirty people each. Pure: the same rows, to the byte, each time. */
import type { Company } from "./company.ts";
import { directoryOf } from "./directory.ts";
import { expensesOf } from "./expenses.ts";
import { harbour } from "./harbour.ts";
import { kestrel } from "./kestrel.ts";
import { demoYear, type Span } from "./presence.ts";
import { inOrderOfIds, together, type SeedRows } from "./rows.ts";
import { workOf } from "./work.ts";

const SEED = "demo";

export const demoCompanies: readonly Company[] = [harbour, kestrel];

export const demoRows = (): SeedRows => together(demoCompanies.map((company) => companyRows(company, SEED, demoYear)));

/** Slug → id of the accounts, without making their year. */
export const demoAccounts = (): ReadonlyMap<string, string> =>
  new Map(demoCompanies.map((company) => [company.slug, directoryOf(company, SEED).account]));

/** All rows of one company; another seed gives the same company another year. */
export function companyRows(company: Company, seed: string, span: Span): SeedRows {
  const directory = directoryOf(company, seed);
  const work = company.people.flatMap((person) => [
    workOf(directory, person, span),
    expensesOf(directory, person, span),
  ]);
  return inOrderOfIds(together([directory.rows, ...work]));
}
