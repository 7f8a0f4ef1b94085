/** Gives each booking the id by which a second import of the same file knows it again. */
import { rowIdentity } from "../../plan/bulk.ts";
import type { Booking } from "./booking.ts";

/** Undefined where an earlier booking of the file has the id that this one brings. */
export type IdGiver = (booking: Booking) => string | undefined;

/**
 * A booking without an id is known by its content, and by how many equal ones came before it. What is remembered of a
 * file is its ids, about 60 bytes each, or 48 bits of each content. Two contents that agree in those bits merely share
 * one count: their ids differ all the same.
 */
export function idGiver(format: string): IdGiver {
  const ids = new Set<string>();
  const counts = new Map<number, number>();
  return ({ externalId, raw }) => {
    if (externalId !== null) {
      if (ids.has(externalId)) return undefined;
      ids.add(externalId);
      return externalId;
    }
    const content = rowIdentity(`${format}\n${raw}`);
    const short = Buffer.from(content.slice(0, 8), "base64url").readUIntBE(0, 6);
    const before = counts.get(short) ?? 0;
    counts.set(short, before + 1);
    return `${format}:${content}:${before}`;
  };
}
