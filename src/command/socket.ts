/**
 * The local door of a running server. The embedded database lets one process in, so while a server holds it, commands
 * send their arguments here and the server runs them. Whoever may open the socket is the owner of the data.
 */
import { chmodSync, closeSync, openSync, rmSync } from "node:fs";
import { connect, createServer, type Server, type Socket } from "node:net";
import { join, relative, resolve } from "node:path";
import { createInterface } from "node:readline";
import { problem } from "../problem.ts";

export interface Order {
  readonly argv: readonly string[];
  /** Where the person is who called. */
  readonly directory: string;
  readonly watched: boolean;
}

export interface Streams {
  readonly out: (text: string) => void;
  readonly error: (text: string) => void;
}

/** Runs one order and gives back its exit code. */
export type RunOrder = (order: Order, streams: Streams) => Promise<number>;

export interface ControlSocket {
  /** Lets the command that runs finish, and takes no other. */
  close(): Promise<void>;
}

const NAME = "control.sock";
/** The kernel's limit is 104 bytes on some systems and 108 on others, the ending zero included. */
const LONGEST_ADDRESS = 100;

export async function listenForOrders(dataDir: string, run: RunOrder): Promise<ControlSocket> {
  const { address, release } = addressIn(dataDir);
  const path = join(dataDir, NAME);
  // Whoever asks holds the folder's lock, so a socket that is there belongs to a server that died.
  rmSync(path, { force: true });
  let turn: Promise<unknown> = Promise.resolve();
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on("close", () => sockets.delete(socket));
    // Who called may go away; what they ordered is finished all the same.
    socket.on("error", () => {});
    createInterface({ input: socket }).once("line", (line) => {
      turn = turn.then(() => obey(socket, line, run)).catch(() => socket.destroy());
    });
  });
  await listenForOwner(server, address);
  chmodSync(path, 0o600);
  const close = async (): Promise<void> => {
    const closed = new Promise((done) => void server.close(done));
    await turn;
    for (const socket of sockets) socket.destroy();
    await closed;
    release();
  };
  let closing: Promise<void> | undefined;
  return { close: () => (closing ??= close()) };
}

/** The socket's file must never be open to others, not even between its making and a later change of its mode. */
async function listenForOwner(server: Server, address: string): Promise<void> {
  await new Promise<void>((listening, failed) => {
    const before = process.umask(0o177);
    server.once("error", failed).listen(address, () => listening());
    process.umask(before);
  });
}

async function obey(socket: Socket, line: string, run: RunOrder): Promise<void> {
  const order = readOrder(line);
  if (order === undefined) {
    socket.destroy();
    return;
  }
  const say = (part: Part): void => void (socket.writable && socket.write(asLine(part)));
  const exit = await run(order, { out: (out) => say({ out }), error: (error) => say({ error }) });
  say({ exit });
  socket.end();
}

interface Part {
  readonly out?: string;
  readonly error?: string;
  readonly exit?: number;
}

/** JSON may hold these two as they are, and whoever reads by lines ends one there. */
function asLine(value: Order | Part): string {
  const text = JSON.stringify(value).replaceAll("\u2028", "\\u2028").replaceAll("\u2029", "\\u2029");
  return `${text}\n`;
}

function readOrder(line: string): Order | undefined {
  const { argv, directory, watched } = parsed(line);
  if (!Array.isArray(argv) || !argv.every((one) => typeof one === "string")) return undefined;
  return typeof directory === "string" ? { argv, directory, watched: watched === true } : undefined;
}

function parsed(line: string): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(line);
    return typeof value === "object" && value !== null ? { ...value } : {};
  } catch {
    return {};
  }
}

/** Undefined when no server listens there: the caller then has to open the database itself. */
export async function sendOrder(dataDir: string, order: Order, streams: Streams): Promise<number | undefined> {
  const socket = await reach(dataDir);
  if (socket === undefined) return undefined;
  socket.write(asLine(order));
  let exit: number | undefined;
  for await (const line of createInterface({ input: socket })) {
    const part = parsed(line);
    if (typeof part["out"] === "string") streams.out(part["out"]);
    if (typeof part["error"] === "string") streams.error(part["error"]);
    if (typeof part["exit"] === "number") exit = part["exit"];
  }
  if (exit === undefined) throw problem("SERVER_GONE");
  return exit;
}

const NOBODY_THERE = new Set(["ENOENT", "ECONNREFUSED", "ENOTDIR"]);

async function reach(dataDir: string): Promise<Socket | undefined> {
  const found = folderIsThere(dataDir) ? addressIn(dataDir) : undefined;
  if (found === undefined) return undefined;
  try {
    return await new Promise<Socket | undefined>((done, failed) => {
      const socket = connect(found.address);
      socket.once("connect", () => done(socket));
      socket.once("error", (failure: NodeJS.ErrnoException) => {
        if (NOBODY_THERE.has(failure.code ?? "")) done(undefined);
        else failed(problem("SOCKET_REFUSED", { cause: failure }));
      });
    });
  } finally {
    found.release();
  }
}

function folderIsThere(dataDir: string): boolean {
  try {
    closeSync(openSync(dataDir, "r"));
    return true;
  } catch {
    return false;
  }
}

interface Address {
  readonly address: string;
  readonly release: () => void;
}

/** The shortest name by which the kernel takes it; on Linux a folder that is open has a short name, however deep it lies. */
function addressIn(dataDir: string): Address {
  const path = resolve(dataDir, NAME);
  const short = [path, relative(process.cwd(), path)].find((name) => Buffer.byteLength(name) <= LONGEST_ADDRESS);
  if (short !== undefined) return { address: short, release: () => {} };
  if (process.platform !== "linux") throw problem("SOCKET_PATH");
  const folder = openSync(dataDir, "r");
  return { address: `/proc/self/fd/${folder}/${NAME}`, release: () => closeSync(folder) };
}
