/**
 * What tells what: functional dependencies between coordinates, as the declarations have them. Most follow from where a
 * field comes from; facts of the domain are said at the field (`determinedBy`).
 */
import type { Catalogue, Entry } from "./catalogue.ts";
import { fieldsOn } from "./column.ts";
import { memberCoordinate, typeCoordinate, type Coordinate } from "./coordinate.ts";
import type { Field, Source, Subject } from "./declare.ts";

/** Whoever has all of `from` has `to`. */
export interface Dependency {
  readonly to: Coordinate;
  readonly from: readonly Coordinate[];
  readonly how: string;
}

export function dependenciesOf(catalogue: Catalogue): readonly Dependency[] {
  const fields = [...catalogue.subjects.values()].flatMap((subject) =>
    Object.entries(subject.fields).flatMap(([name, field]) =>
      fromSource({ catalogue, subject, field, coordinate: memberCoordinate(subject.name, name) }),
    ),
  );
  return [...fields, ...[...catalogue.entries.values()].flatMap(fromWords)].filter(
    ({ to, from }) => !from.includes(to),
  );
}

const fromWords = ({ coordinate, declared }: Entry): readonly Dependency[] =>
  declared.determinedBy.map(({ from, how }) => ({
    to: coordinate,
    from: from as readonly Coordinate[], // cast: the catalogue has read them
    how,
  }));

interface Place {
  readonly catalogue: Catalogue;
  readonly subject: Subject;
  readonly field: Field;
  readonly coordinate: Coordinate;
}

function fromSource(place: Place): readonly Dependency[] {
  const { source } = place.field;
  switch (source.kind) {
    case "id":
    case "column":
    case "money":
    case "one":
      return [];
    case "enum":
      return fromEnum(place, source.enum);
    case "many":
      return fromOtherSide(place, source);
    case "amount":
      return fromAmount(place, source);
    case "isOneOf":
      return whole(place, source.column).map((shown) => ({
        to: place.coordinate,
        from: [shown],
        how: "whether it is one of those values",
      }));
    case "connection":
      return bothWays(fromPointer(place, source, { how: "the rows that point at it" }), "in whose list it stands");
    case "totals":
      return fromPointer(place, source, { how: "the totals of the rows that point at it" });
    case "sum":
      return fromPointer(place, source, {
        how: "the sum over the rows that point at it",
        of: memberCoordinate(source.type, source.field),
      });
    default:
      return source satisfies never;
  }
}

const whole = ({ subject }: Place, column: string): readonly Coordinate[] => fieldsOn(subject, column);

/** A value that is closed is null where it stands: with all the others to be seen, the null is that value. */
function fromEnum({ catalogue, subject, field, coordinate }: Place, name: string): readonly Dependency[] {
  const { source } = field;
  if (source.kind !== "enum" || subject.table.columns[source.column]?.nullable !== false) return [];
  const values = catalogue.parts.get(typeCoordinate(name)) ?? [];
  return values.map((to) => ({
    to,
    from: [coordinate, ...values.filter((value) => value !== to)],
    how: "the only value that is left where none is shown",
  }));
}

/** Who is in a list is told by the list of the other side. A list of some only (`flag`) is not told by one of all. */
function fromOtherSide(
  { catalogue, coordinate }: Place,
  { type, through }: Extract<Source, { kind: "many" }>,
): readonly Dependency[] {
  if (through.flag !== undefined) return [];
  return Object.entries(catalogue.subjects.get(type)?.fields ?? {}).flatMap(([name, { source }]) => {
    if (source.kind !== "many" || source.through.flag !== undefined) return [];
    const { table, from, to } = source.through;
    if (table !== through.table || from !== through.to || to !== through.from) return [];
    return [{ to: coordinate, from: [memberCoordinate(type, name)], how: "the same pairs from the other side" }];
  });
}

/** Of an amount, what it is made from and it itself: each is told by all the others, but for the rounding. */
function fromAmount(place: Place, { seconds, rate, when }: Extract<Source, { kind: "amount" }>): readonly Dependency[] {
  const amount = place.coordinate;
  const [ofSeconds] = whole(place, seconds);
  const [ofRate] = whole(place, `${rate}_minor`);
  const ofWhen = when === undefined ? [] : whole(place, when);
  if (ofSeconds === undefined || ofRate === undefined) return [];
  return [
    { to: amount, from: [ofSeconds, ofRate, ...ofWhen], how: "the hours times the rate" },
    { to: ofRate, from: [amount, ofSeconds], how: "the amount divided by the hours, but for the rounding" },
    { to: ofSeconds, from: [amount, ofRate], how: "the amount divided by the rate, but for the rounding" },
    ...ofWhen.map((to) => ({ to, from: [amount], how: "whether there is an amount" })),
  ];
}

const bothWays = (dependencies: readonly Dependency[], back: string): readonly Dependency[] =>
  dependencies.flatMap(({ to, from, how }) => [
    { to, from, how },
    ...from.map((one) => ({ to: one, from: [to], how: back })),
  ]);

/** What a row has of those that point at it is told by where they point, and by what of them is taken. */
function fromPointer(
  { catalogue, coordinate }: Place,
  { type, column }: { readonly type: string; readonly column: string },
  { how, of }: { readonly how: string; readonly of?: Coordinate },
): readonly Dependency[] {
  const target = catalogue.subjects.get(type);
  const pointers = target === undefined ? [] : fieldsOn(target, column);
  return pointers.map((pointer) => ({ to: coordinate, from: of === undefined ? [pointer] : [pointer, of], how }));
}
