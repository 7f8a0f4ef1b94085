/** What the caller may do, in rules that a frontend can ask: with the caller's own ids, and of no rows that they do not see. */
import { packAbilities } from "../permission/ability.ts";
import type { Catalogue } from "../permission/catalogue.ts";
import { factName, factsOf, frontendRules } from "../permission/frontend-rule.ts";
import type { ViewerAnswer } from "../permission/resolver-context.ts";
import { readFacts } from "../plan/fact.ts";
import { writeId } from "../plan/id.ts";
import type { Report } from "../plan/report.ts";
import { NOBODY } from "../caller.ts";
import { Member } from "./member.ts";
import { describeCaller, type Viewing } from "./viewer.ts";

export interface AbleViewing extends Viewing {
  readonly catalogue: Catalogue;
  readonly report: Report;
}

/** The rules are only worked out, and their ids only read, where they are asked for. */
export async function describeViewer(viewing: AbleViewing): Promise<ViewerAnswer> {
  let abilities: Promise<readonly (readonly unknown[])[]> | undefined;
  return {
    ...(await describeCaller(viewing)),
    get abilities() {
      abilities ??= abilitiesOf(viewing);
      return abilities;
    },
  };
}

async function abilitiesOf({
  caller,
  standing,
  reader,
  catalogue,
  report,
}: AbleViewing): Promise<readonly (readonly unknown[])[]> {
  const { set } = standing;
  const { subjects } = catalogue;
  const member = caller.kind === "member" ? caller.member : NOBODY;
  const facts = factsOf({ set, catalogue });
  const model = { subjects, report };
  const uuids = await readFacts(facts, { set, model, account: caller.account, member, reader });
  const ids = facts.map((fact) => {
    const tag = subjects.get(fact.type)?.tag ?? 0;
    return [factName(fact), (uuids.get(factName(fact)) ?? []).map((uuid) => writeId(tag, uuid))] as const;
  });
  const own = caller.kind === "member" ? writeId(Member.tag, caller.member) : undefined;
  return packAbilities(frontendRules({ set, catalogue, own, ids: new Map(ids) }));
}
