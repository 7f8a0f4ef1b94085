import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import { mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { listenForOrders, sendOrder, type ControlSocket, type Order } from "../../src/command/socket.ts";
import { problemIn } from "../identity/issuing.ts";

const order: Order = { argv: ["token", "--account", "acme"], directory: "/somewhere", watched: false };
let top: string;
let open: ControlSocket[];
beforeEach(() => {
  top = mkdtempSync(join(tmpdir(), "fieldgate-"));
  open = [];
});
afterEach(async () => {
  for (const socket of open) await socket.close();
  rmSync(top, { recursive: true });
});
const listen = async (folder: string, run: Parameters<typeof listenForOrders>[1]): Promise<ControlSocket> => {
  const socket = await listenForOrders(folder, run);
  open.push(socket);
  return socket;
};
interface Heard {
  readonly exit: number | undefined;
  readonly out: string;
  readonly error: string;
}
const send = async (folder: string, what = order): Promise<Heard> => {
  let [out, error] = ["", ""];
  const streams = { out: (text: string) => void (out += text), error: (text: string) => void (error += text) };
  const exit = await sendOrder(folder, what, streams);
  return { exit, out, error };
};

describe("the local socket of a server", () => {
  it("runs the command with its arguments and its folder, and gives back all that it says", async () => {
    await listen(top, async ({ argv, directory }, { out, error }) => {
      out(`${argv.join(" ")}\n`);
      error(`in ${directory}\nwith "ü" and \u2028\n`);
      return 3;
    });
    const heard = await send(top);
    expect(heard).toEqual({
      exit: 3,
      out: "token --account acme\n",
      error: 'in /somewhere\nwith "ü" and \u2028\n',
    });
  });

  it("is open to the owner alone", async () => {
    await listen(top, async () => 0);
    expect((statSync(join(top, "control.sock")).mode & 0o777).toString(8)).toBe("600");
  });

  it("runs one command after the other", async () => {
    const log: string[] = [];
    await listen(top, async ({ argv: [name] }) => {
      log.push(`${name} begins`);
      await new Promise((soon) => setTimeout(soon, 50));
      log.push(`${name} ends`);
      return 0;
    });
    await Promise.all(["a", "b", "c"].map((name) => send(top, { ...order, argv: [name] })));
    expect(log.map((line) => line.split(" ")[1])).toEqual(["begins", "ends", "begins", "ends", "begins", "ends"]);
  });

  it("works in a folder whose path is longer than a socket's may be", async () => {
    const deep = join(top, ..."abcdefg".split("").map((letter) => letter.repeat(40)));
    mkdirSync(deep, { recursive: true });
    const socket = await listen(deep, async () => 0);
    expect((await send(deep)).exit).toBe(0);
    await socket.close();
    expect(readdirSync(deep)).toEqual([]);
  });

  it("takes the place of one that a dead server left behind", async () => {
    writeFileSync(join(top, "control.sock"), "");
    await listen(top, async () => 0);
    expect((await send(top)).exit).toBe(0);
  });

  it("finishes the command that runs before it closes, and leaves nothing behind", async () => {
    const begins = Promise.withResolvers<void>();
    const socket = await listen(top, async (_order, { out }) => {
      begins.resolve();
      await new Promise((soon) => setTimeout(soon, 100));
      out("done");
      return 0;
    });
    const heard = send(top);
    await begins.promise;
    await socket.close();
    expect(await heard).toMatchObject({ exit: 0, out: "done" });
    expect(readdirSync(top)).toEqual([]);
  });

  it("says so where the server died over the command", async () => {
    await listen(top, async () => {
      throw new Error("died");
    });
    expect(await problemIn(send(top))).toBe("SERVER_GONE");
    expect(await problemIn(send(top))).toBe("SERVER_GONE");
  });

  it.each(["not json", "null", "[]", "{}", '{"argv":"token","directory":"/"}', '{"argv":[1],"directory":"/"}'])(
    "runs nothing for what is no command: %s",
    async (line) => {
      let runs = 0;
      await listen(top, async () => {
        runs += 1;
        return runs;
      });
      const socket = connect(join(top, "control.sock"));
      socket.write(`${line}\n`);
      await new Promise((closed) => socket.once("close", closed));
      expect(runs).toBe(0);
      expect((await send(top)).exit).toBe(1);
    },
  );
});

describe("where no server listens", () => {
  it.each([
    ["the folder is not there", () => {}],
    ["the folder is empty", () => mkdirSync(join(top, "data"))],
    [
      "a dead server left its socket behind",
      () => {
        mkdirSync(join(top, "data"));
        writeFileSync(join(top, "data", "control.sock"), "");
      },
    ],
  ])("the command has to see for itself: %s", async (_what, prepare) => {
    prepare();
    expect((await send(join(top, "data"))).exit).toBeUndefined();
  });
});
