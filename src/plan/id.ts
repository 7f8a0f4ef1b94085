/** Global ids: two bytes that name the subject and the sixteen of the uuid, in base64url. */
import { problem } from "../problem.ts";

export interface GlobalId {
  readonly tag: number;
  readonly uuid: string;
}

const FORM = /^[A-Za-z0-9_-]{24}$/;

/** Throws ID_INVALID where the text is not of the form of an id. That its row exists is not said. */
export function readId(id: unknown): GlobalId {
  if (typeof id !== "string" || !FORM.test(id)) throw problem("ID_INVALID");
  const bytes = Buffer.from(id, "base64url");
  const hex = bytes.toString("hex");
  const uuid = [hex.slice(4, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20, 24), hex.slice(24)].join("-");
  return { tag: bytes.readUInt16BE(0), uuid };
}

/** The uuid of an id that has to be of this subject. Throws ID_INVALID where it is not. */
export function idOf(id: unknown, tag: number): string {
  const read = readId(id);
  if (read.tag !== tag) throw problem("ID_INVALID");
  return read.uuid;
}

export function writeId(tag: number, uuid: string): string {
  const bytes = Buffer.alloc(18);
  bytes.writeUInt16BE(tag, 0);
  bytes.write(uuid.replaceAll("-", ""), 2, "hex");
  return bytes.toString("base64url");
}
