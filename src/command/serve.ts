/** Opens the database, builds the schema, starts, waits to be told, and stops in the reverse order. */
import { runCommand } from "./command.ts";
import { readCatalogue } from "./catalogue.ts";
import { makeOutput, type Output, type Surroundings } from "./context.ts";
import { serverPlace, type Calling, type Held } from "./reach.ts";
import { openReady } from "./ready.ts";
import { writeDemoData } from "./seed.ts";
import { listenForOrders, type ControlSocket } from "./socket.ts";
import { greet } from "./greeting.ts";
import { MEMORY, type Config } from "../config.ts";
import { makeArrival } from "../gateway/arrival.ts";
import { createGate } from "../gateway/gate.ts";
import { makeHttpServer, type HttpServer } from "../gateway/http.ts";
import { makeRunning } from "../gateway/running.ts";
import { recordUsage, type UsageRecorder } from "../gateway/usage.ts";
import { firstAccount, makeDirectory } from "../identity/directory.ts";
import { developmentIssuer, externalVerify } from "../identity/issuer.ts";
import { readSecret } from "../identity/secret.ts";
import { makeTokens, type Verify } from "../identity/token.ts";
import { demandKnownToggles } from "../permission/settings.ts";
import { problem } from "../problem.ts";
import { makeSignals, type Signals } from "../signal.ts";
import { appliedMigrations, knownMigrations } from "../storage/migrate.ts";
import type { OpenDatabase } from "../storage/open.ts";
import { timeReport } from "../timesheet/report.ts";

/** How long what runs may take to finish once the server was told to stop. */
const STOP_LIMIT_MILLISECONDS = 10_000;

export async function serve({ surroundings, terminal }: Calling, json: boolean): Promise<number> {
  const { config, output, clock } = surroundings;
  const { database } = await openReady(config);
  const closing: (() => Promise<void>)[] = [() => database.close()];
  try {
    if (isFirstStart(config) && (await firstAccount(database)) === undefined) {
      output.note("First start: writing a year of demo data, which takes a moment.");
      await writeDemoData(database);
    }
    const signals = makeSignals();
    signals.listen((signal) => signal.kind !== "answered" && terminal.error(`${JSON.stringify(signal)}\n`));
    const held = { database, catalogue: await readCatalogue() };
    await demandKnownToggles(database, held.catalogue);
    const usage = recordUsage({ database, signals });
    // After the last answer, and before the database is closed.
    closing.push(() => usage.stop());
    const server = await openServer(surroundings, held, { signals, usage });
    closing.push(() => stopServer(server, output));
    const told = toldToStop();
    const address = await server.listen(config).catch(cannotListen);
    const control = await openControl(surroundings, held);
    if (control !== undefined) closing.push(() => control.close());
    await greet({ config, output, clock, address, database, json });
    await told;
    output.note("Stopping: what runs may finish.");
  } finally {
    // Whatever hangs is not waited for longer than this; the folder's lock is then found to be stale by the next start.
    setTimeout(() => process.exit(1), 2 * STOP_LIMIT_MILLISECONDS).unref();
    for (const close of closing.toReversed()) await close();
  }
  return 0;
}

/**
 * What was cut off may still be at the database, and a database that is closed under it can hang for good. Nothing of an
 * unfinished transaction was kept, so the process just ends; the next start finds the folder's lock to be stale.
 */
async function stopServer(server: HttpServer, output: Output): Promise<void> {
  if (await server.stop(STOP_LIMIT_MILLISECONDS)) return;
  output.note("fieldgate: what had not finished in time was cut off.");
  process.exit(1);
}

/** An embedded database that has just been made is filled; one that somebody gave us the address of is theirs. */
function isFirstStart({ production, databaseUrl }: Config): boolean {
  return !production && databaseUrl === undefined;
}

interface Telling {
  readonly signals: Signals;
  readonly usage: UsageRecorder;
}

async function openServer(surroundings: Surroundings, held: Held, { signals, usage }: Telling): Promise<HttpServer> {
  const { clock } = surroundings;
  const { database, catalogue } = held;
  const tokens = makeTokens(verifier(surroundings, database), clock);
  const known = knownMigrations();
  return makeHttpServer({
    schema: catalogue.schema,
    gate: createGate({
      catalogue,
      report: timeReport,
      database,
      cursorKey: await readSecret(database, "cursor"),
      usage,
    }),
    running: makeRunning(),
    signals,
    arrive: makeArrival({ tokens, directory: makeDirectory(database, clock) }),
    checks: [
      async () => {
        const applied = await appliedMigrations(database);
        return known.every((name) => applied.includes(name)) ? undefined : "The database lacks migrations.";
      },
    ],
  });
}

function verifier({ config, clock }: Surroundings, database: OpenDatabase): Verify {
  if (config.externalIssuer !== undefined) return externalVerify(config.externalIssuer, clock);
  if (!config.production) return developmentIssuer(database, clock).verify;
  return async () => {
    throw problem("UNAUTHENTICATED");
  };
}

async function cannotListen(failure: unknown): Promise<never> {
  const code = failure instanceof Error && "code" in failure ? failure.code : undefined;
  if (!["EADDRINUSE", "EADDRNOTAVAIL", "EACCES", "ENOTFOUND"].includes(String(code))) throw failure;
  throw problem("PORT_TAKEN", { cause: failure, extensions: { because: [String(code)] } });
}

/** Commands of other processes come in here, as only one process may open the embedded database. */
async function openControl({ config, clock }: Surroundings, held: Held): Promise<ControlSocket | undefined> {
  if (held.database.kind !== "pglite" || config.dataDir === MEMORY) return undefined;
  return listenForOrders(config.dataDir, ({ argv, directory, watched }, streams) => {
    const terminal = { ...streams, watched };
    const surroundings = { config, clock, directory, output: makeOutput(terminal) };
    return runCommand(argv, serverPlace({ surroundings, terminal }, held));
  });
}

/** A second signal ends the process at once, as it does for any program. */
function toldToStop(): Promise<void> {
  const signals = ["SIGINT", "SIGTERM"];
  return new Promise((told) => {
    const stop = (): void => {
      for (const signal of signals) process.off(signal, stop);
      told();
    };
    for (const signal of signals) process.on(signal, stop);
  });
}
