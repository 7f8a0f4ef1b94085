/** A company as rows: who and what there is before anybody has worked. */
import { zones, type Day } from "./calendar.ts";
import { currencies, type Company, type Person, type Project } from "./company.ts";
import { Random } from "./random.ts";
import { money, type SeedRow, type SeedRows } from "./rows.ts";
import { activities, tags, tradeOf, type Part } from "./trade.ts";

/** A task that people book on: the lower of the two levels. */
export interface Leaf {
  readonly id: string;
  readonly part: Part;
}

export interface Directory {
  readonly company: Company;
  readonly account: string;
  readonly random: Random;
  readonly rows: SeedRows;
  /** The id of a row by its table and what people call it: `("member", "m01")`, `("tag", "urgent")`. */
  id(table: string, name: string): string;
  /** What somebody may book on. */
  projectsOf(person: Person): readonly Project[];
  leavesOf(project: Project): readonly Leaf[];
}

/** Rows are made one a second after the account was opened, so that ids are in the order in which rows were written. */
class Clerk {
  readonly ids = new Map<string, string>();
  readonly account: string;
  readonly #random: Random;
  #at: number;

  constructor(company: Company, random: Random) {
    this.#random = random.fork("ids");
    this.#at = Date.parse(company.opened);
    this.account = this.#random.uuid(new Date(this.#at));
  }

  /** A new row of a table; `name` is by what it is found again. */
  row(table: string, name: string, cells: SeedRow): SeedRow {
    this.#at += 1000;
    const id = this.#random.uuid(new Date(this.#at));
    this.ids.set(`${table} ${name}`, id);
    return { account_id: this.account, id, ...cells };
  }

  id(table: string, name: string): string {
    const found = this.ids.get(`${table} ${name}`);
    if (found === undefined) throw new Error(`There is no ${table} called ${name}.`);
    return found;
  }
}

export function directoryOf(company: Company, seed: string): Directory {
  const random = new Random(`${seed}/${company.slug}`);
  const clerk = new Clerk(company, random);
  const assignments = new Map(company.people.map((person) => [person.id, assign(company, person, random)]));
  const projectsOf = (person: Person): readonly Project[] => assignments.get(person.id) ?? [];
  const before = { ...people(company, clerk), ...plans(company, clerk) };
  const { task, leaves } = tasks(company, clerk, random);
  const joins = company.people.flatMap((person) =>
    projectsOf(person).map((project) => ({
      account_id: clerk.account,
      project_id: clerk.id("project", project.id),
      member_id: clerk.id("member", person.id),
    })),
  );
  const labels = {
    activity: activities.map(([id, name]) => clerk.row("activity", id, { external_id: id, name })),
    tag: tags.map((name) => clerk.row("tag", name, { name })),
  };
  return {
    company,
    account: clerk.account,
    random,
    rows: { account: [accountRow(company, clerk)], ...before, project_member: joins, task, ...labels },
    id: (table, name) => clerk.id(table, name),
    projectsOf,
    leavesOf: (project) => leaves.get(project.id) ?? [],
  };
}

/** `account_id` is not written: the database generates it from `id`. */
function accountRow(company: Company, clerk: Clerk): SeedRow {
  const { slug, name, region, currency, opened } = company;
  return { id: clerk.account, slug, name, revision: 1, timezone: zones[region], currency, created_at: opened };
}

function people(company: Company, clerk: Clerk): SeedRows {
  const team = company.teams.map(({ id, name }) => clerk.row("team", id, { external_id: id, name }));
  const member = company.people.map((person, at) => clerk.row("member", person.id, memberCells(company, person, at)));
  const withManagers = member.map((row, at) => {
    const manager = company.people[at]?.manager ?? null;
    return { ...row, manager_id: manager === null ? null : clerk.id("member", manager) };
  });
  const of = (person: Person): SeedRow => ({ account_id: clerk.account, member_id: clerk.id("member", person.id) });
  return {
    member: withManagers,
    member_role: company.people.flatMap((person) => person.roles.map((role) => ({ ...of(person), role }))),
    team,
    team_member: company.people.flatMap((person) =>
      person.teams.map((id) => ({ ...of(person), team_id: clerk.id("team", id), lead: person.leads.includes(id) })),
    ),
  };
}

function memberCells(company: Company, person: Person, at: number): SeedRow {
  const currency = currencies[person.region];
  return {
    external_id: person.id,
    name: person.name,
    email: `${addressOf(person.name)}@${company.slug}.example`,
    staff_number: `${company.slug.slice(0, 1).toUpperCase()}-${1001 + at * 7}`,
    weekly_hours: person.days.length * 7.5,
    timezone: zones[person.region],
    ...money("billable_rate", person.rate, currency),
    ...money("cost_rate", person.cost, currency),
    ...money("salary", person.salary, currency),
  };
}

/** `Théo Lefèvre` is reached as `theo.lefevre`. */
export function addressOf(name: string): string {
  const plain = name.toLowerCase().replaceAll("ø", "o").replaceAll("ı", "i").normalize("NFD");
  return plain.replaceAll(/[^a-z -]/g, "").replaceAll(/[ -]+/g, ".");
}

function plans(company: Company, clerk: Clerk): SeedRows {
  const customer = company.customers.map(({ id, name, currency, rate }) =>
    clerk.row("customer", id, { external_id: id, name, ...money("billable_rate", rate, currency) }),
  );
  const project = company.projects.map((plan) =>
    clerk.row("project", plan.id, {
      external_id: plan.id,
      name: plan.name,
      customer_id: plan.customer === null ? null : clerk.id("customer", plan.customer),
      archived: plan.archived,
      ...money("budget", plan.budget, currencyOf(company, plan)),
      ...money("billable_rate", plan.rate, currencyOf(company, plan)),
    }),
  );
  return { customer, project };
}

export function currencyOf(company: Company, project: Project): string {
  return company.customers.find(({ id }) => id === project.customer)?.currency ?? company.currency;
}

/** Two levels: `p01-1` and, below it, `p01-1a`, `p01-1b`. */
function tasks(
  company: Company,
  clerk: Clerk,
  random: Random,
): { task: readonly SeedRow[]; leaves: ReadonlyMap<string, readonly Leaf[]> } {
  const task: SeedRow[] = [];
  const leaves = new Map<string, Leaf[]>();
  for (const project of company.projects) {
    const chance = random.fork(`tasks ${project.id}`);
    const parts = tradeOf(project.kind).parts;
    const groups = [...new Set(parts.map(({ group }) => group))];
    for (const [at, group] of groups.entries()) {
      const cells = { project_id: clerk.id("project", project.id), done: project.archived || chance.chance(0.15) };
      const above = `${project.id}-${at + 1}`;
      const root = { ...cells, external_id: above, name: group, parent_id: null, estimate_seconds: null };
      task.push(clerk.row("task", above, root));
      for (const [below, part] of parts.filter((one) => one.group === group).entries()) {
        const external = `${above}${"abcdefgh"[below] ?? ""}`;
        const estimate = chance.chance(0.2) ? null : chance.integer(4, 60) * 4 * 3600;
        const parent = clerk.id("task", above);
        const leaf = {
          ...cells,
          external_id: external,
          name: part.name,
          parent_id: parent,
          estimate_seconds: estimate,
        };
        task.push(clerk.row("task", external, leaf));
        leaves.set(project.id, [...(leaves.get(project.id) ?? []), { id: clerk.id("task", external), part }]);
      }
    }
  }
  return { task, leaves };
}

/** Leads are on all projects of their teams, others on some; who has no team works with their manager's. */
function assign(company: Company, person: Person, random: Random): readonly Project[] {
  const chance = random.fork(`assign ${person.id}`);
  const manager = company.people.find(({ id }) => id === person.manager);
  const teams = person.teams.length > 0 || person.sheets ? person.teams : (manager?.leads ?? []);
  const near = company.projects.filter((project) => project.teams.some((team) => teams.includes(team)));
  const count = person.leads.length > 0 ? near.length : Math.max(3, Math.round(near.length * 0.6));
  const chosen = new Set(chance.sample(near, count));
  return company.projects.filter((project) => project.teams.length === 0 || chosen.has(project));
}

export function isRunning(project: Project, day: Day): boolean {
  return (project.from ?? day) <= day && day <= (project.until ?? day);
}
