// The real gate on a database, asked by people of the small seed: what a test says is who, and what they send.
import { parse } from "graphql";
import { smallId, type SmallAccount } from "../seeds/small-rows.ts";
import type { AccountId, Caller, MemberId, Role } from "../src/caller.ts";
import { createGate } from "../src/gateway/gate.ts";
import type { Gate, OnDenied } from "../src/gateway/operation.ts";
import { buildGatewaySchema } from "../src/gateway/schema.ts";
import { buildCatalogue } from "../src/permission/catalogue.ts";
import { writeId } from "../src/plan/id.ts";
import { Problem } from "../src/problem.ts";
import type { Database, Reader, Row } from "../src/storage/database.ts";
import { subjects, tables } from "../src/tables.ts";
import { timeReport } from "../src/timesheet/report.ts";

/** A member by external id, or a role and nobody in particular. */
export type Who =
  { readonly account: SmallAccount; readonly member: string } | { readonly account: SmallAccount; readonly role: Role };

export interface Answer {
  readonly data: Readonly<Record<string, unknown>> | null;
  readonly errors: readonly { readonly message: string; readonly extensions: Readonly<Record<string, unknown>> }[];
  readonly extensions?: Readonly<Record<string, unknown>>;
}

export interface Question {
  readonly text: string;
  readonly variables?: Readonly<Record<string, unknown>>;
  readonly onDenied?: OnDenied;
}

const { schema, declarations } = await buildGatewaySchema({ subjects });
export const catalogue = buildCatalogue({ schema, declarations, subjects });

const gates = new WeakMap<Database, Gate>();

/** One gate a database, with all that it remembers from question to question. */
export function gateOf(database: Database): Gate {
  const gate = gates.get(database) ?? createGate({ catalogue, report: timeReport, database, cursorKey: "test" });
  gates.set(database, gate);
  return gate;
}

/** What was refused before anything ran comes back as an error with the problem's code. */
export async function ask(database: Database, who: Who, question: string | Question): Promise<Answer> {
  const asked = typeof question === "string" ? { text: question } : question;
  const { text, variables = {}, onDenied = "null" } = asked;
  const document = parse(text);
  try {
    const caller = callerOf(who);
    const request = { caller, text, document, operationName: undefined, variables, onDenied, requestId: "test" };
    const { body } = await gateOf(database).execute(request);
    return { errors: [], ...(JSON.parse(body) as Partial<Answer>) } as Answer; // cast: the form of every GraphQL answer
  } catch (thrown) {
    if (!(thrown instanceof Problem)) throw thrown;
    const { code, message, extensions } = thrown;
    return { data: null, errors: [{ message, extensions: { code, ...extensions } }] };
  }
}

export function callerOf(who: Who): Caller {
  const account = smallId(who.account, "account", "account") as AccountId; // cast: the seed's own id
  if ("role" in who) return { kind: "role", account, role: who.role };
  return { kind: "member", account, member: smallId(who.account, "member", who.member) as MemberId }; // cast: as above
}

/** The global id of a row of the small seed: `idOf("TimeEntry", "e03")`. */
export function idOf(type: string, name: string, account: SmallAccount = "harbour"): string {
  const subject = subjects.find((one) => one.name === type);
  if (subject === undefined) throw new Error(`there is no ${type}`);
  return writeId(subject.tag, smallId(account, subject.table.name, name));
}

/** Every row of every table as one text: equal before and after means that nothing was written. */
export async function everything(database: Reader): Promise<string> {
  const columns = tables.map(
    ({ name }) => `(select coalesce(string_agg(r::text, E'\\n' order by r::text), '') from "${name}" r)`,
  );
  const [row]: readonly Row[] = await database.run({ name: "", text: `select ${columns.join(", ")}` }, []);
  return (row ?? []).map((rows, at) => `${tables[at]?.name}\n${rows}`).join("\n");
}

/** Undoes whatever the work writes: each case of a table begins with the same rows. */
export async function undone(database: Database, work: (inner: Database) => Promise<void>): Promise<void> {
  const end = new Error("undone");
  const whole = database.write(async (transaction) => {
    const say = (text: string): Promise<unknown> => transaction.run({ name: "", text }, []);
    await work({
      kind: database.kind,
      run: (statement, values) => transaction.run(statement, values),
      write: async (inside) => {
        await say("savepoint inside");
        try {
          return await inside(transaction);
        } catch (failure) {
          await say("rollback to savepoint inside");
          throw failure;
        }
      },
      close: () => Promise.resolve(),
    });
    throw end;
  });
  await whole.catch((thrown: unknown) => {
    if (thrown !== end) throw thrown;
  });
}
