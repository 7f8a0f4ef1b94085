// One administrator alone opens nothing to staff, by no detour: neither by what else closes it, nor by time, nor by taking back.
import { beforeEach, expect, it } from "@jest/globals";
import { onEachDatabase, sql } from "../database.ts";
import { contentOf, openGate, type Answer, type Gateway } from "./asking.ts";
import { ann, atDesk, bea, proposedBy } from "./proposing.ts";

const CANCEL = "mutation ($id: ID!) { cancelScheduledToggles(id: $id) { revision } }";
const SCHEDULED = "{ scheduledToggles { id } }";
const HOUR = 3_600_000;
const inHours = (hours: number): string => new Date(Date.now() + hours * HOUR).toISOString();

onEachDatabase("one administrator alone", (database) => {
  const { set, confirm } = atDesk(database);
  let gateway: Gateway;
  beforeEach(() => {
    gateway = openGate(database());
  });

  const written = (): Promise<unknown> =>
    sql(
      database(),
      `select 'now', coordinate, audience, enabled::text from toggle union all
        select effective_at::text, coordinates::text, audiences::text, enabled::text from toggle_schedule
        where cancelled_at is null order by 1, 2, 3`,
    );
  const byTwo = async (changes: readonly string[], at?: string): Promise<void> => {
    expect((await confirm(bea, proposedBy(await set(ann, changes, at)))).codes).toEqual([]);
  };
  const alone = async (changes: readonly string[], at?: string): Promise<void> => {
    const answer = await set(ann, changes, at);
    expect([answer.codes, answer.at("setToggles.proposal")]).toEqual([[], null]);
  };
  const outcomeOf = async (changes: readonly string[], at?: string): Promise<string> => {
    const before = JSON.stringify(await written());
    const answer = await set(ann, changes, at);
    if (answer.at("setToggles.proposal") === null) return "made";
    return JSON.stringify(await written()) === before ? "only proposed" : "both";
  };
  const cancelLast = async (): Promise<Answer> => {
    const ids = (await gateway.ask(ann, SCHEDULED)).at("scheduledToggles.@.id") as readonly string[]; // cast: as asked
    return gateway.ask(ann, CANCEL, { variables: { id: ids.at(-1) } });
  };
  const cancelRefused = async (): Promise<void> => {
    const before = await contentOf(database());
    expect((await cancelLast()).codes).toEqual(["CANCEL_WIDENS"]);
    expect(await contentOf(database())).toBe(before);
  };

  it("only proposes to open what is on for staff, while what it is made from is closed, too", async () => {
    await alone(["TimeEntry.costAmount off EVERYONE", "TimeEntry.costRate off EVERYONE"]);
    await byTwo(["TimeEntry.costAmount on"]);
    expect(await outcomeOf(["TimeEntry.costAmount on EVERYONE"], inHours(1))).toBe("only proposed");
    expect(await outcomeOf(["TimeEntry.costAmount on EVERYONE"])).toBe("only proposed");
    expect(await outcomeOf(["TimeEntry.costRate on EVERYONE"])).toBe("only proposed");
    expect(await outcomeOf(["TimeEntry on EVERYONE"], inHours(1))).toBe("only proposed");
  });

  it("opens for everyone what is not on for staff, and what is open already", async () => {
    await alone(["Expense.amount off EVERYONE"]);
    expect(await outcomeOf(["Expense.amount on EVERYONE"], inHours(1))).toBe("made");
    expect(await outcomeOf(["Expense.amount on EVERYONE"])).toBe("made");
    await byTwo(["Expense.date on"]);
    expect(await outcomeOf(["Expense.date on EVERYONE"])).toBe("made");
  });

  it("only proposes to open what will be on for staff at a later moment", async () => {
    await alone(["Team.name off EVERYONE"]);
    await byTwo(["Team.name on"], inHours(2));
    expect(await outcomeOf(["Team.name on EVERYONE"])).toBe("only proposed");
    expect(await outcomeOf(["Team.name on EVERYONE"], inHours(1))).toBe("only proposed");
    expect(await outcomeOf(["Team on EVERYONE"], inHours(3))).toBe("only proposed");
  });

  it("does not take back what will close something to staff", async () => {
    await alone(["Task.name off"], inHours(10));
    await byTwo(["Task.name on"]);
    await cancelRefused();
    await alone(["Task off EVERYONE"], inHours(11));
    await cancelRefused();
    // What two approve at the same moment takes its place.
    await byTwo(["Task.name on"], inHours(12));
    expect((await cancelLast()).codes).toEqual([]);
  });

  it("takes back what closes nothing that is on for staff, and what would open something to them", async () => {
    await alone(["Customer.name off EVERYONE"], inHours(20));
    expect((await cancelLast()).codes).toEqual([]);
    await byTwo(["Customer.name on"], inHours(20));
    expect((await cancelLast()).codes).toEqual([]);
  });

  it("changes nothing beneath a proposal by which it would open something else", async () => {
    await alone(["Activity.name off EVERYONE"]);
    const now = proposedBy(await set(ann, ["Activity.name on"]));
    const soon = proposedBy(await set(ann, ["Activity.name on"], inHours(30)));
    await alone(["Activity.name on EVERYONE"], inHours(40));
    const scheduled = await contentOf(database());
    for (const proposal of [now, soon]) expect((await confirm(bea, proposal)).codes).toEqual(["PROPOSAL_CHANGED"]);
    expect(await contentOf(database())).toBe(scheduled);
    expect((await cancelLast()).codes).toEqual([]);
    await alone(["Activity.name on EVERYONE"]);
    const opened = await contentOf(database());
    for (const proposal of [now, soon]) expect((await confirm(bea, proposal)).codes).toEqual(["PROPOSAL_CHANGED"]);
    expect(await contentOf(database())).toBe(opened);
    await byTwo(["Activity.name on"]);
  });

  it("does not take back a closing beneath a proposal that would have ended with it", async () => {
    await alone(["Tag.name off"], inHours(50));
    const proposal = proposedBy(await set(ann, ["Tag.name on"]));
    expect((await cancelLast()).codes).toEqual([]);
    const before = await contentOf(database());
    expect((await confirm(bea, proposal)).codes).toEqual(["PROPOSAL_CHANGED"]);
    expect(await contentOf(database())).toBe(before);
  });

  it("spoils no proposal by changing what that has nothing to do with", async () => {
    const proposal = proposedBy(await set(ann, ["Member.name on"]));
    await byTwo(["Team.leads on"]);
    await alone(["Team.leads off", "Project.name off EVERYONE"]);
    expect((await confirm(bea, proposal)).codes).toEqual([]);
  });
});
