/** Every error there is: a stable code, the HTTP status, words for the caller that say what to do. Compared with docs by a test. */

interface Row {
  readonly status: number;
  /** What the caller reads. Never holds a value, a name of another's, SQL or a constraint. */
  readonly words: string;
}

export const PROBLEMS = {
  UNAUTHENTICATED: { status: 401, words: "Sign in: the request carries no valid bearer token." },
  TOKEN_EXPIRED: { status: 401, words: "The token has expired: ask for a new one." },
  ACCOUNT_FORBIDDEN: {
    status: 403,
    words:
      "The token does not open that account: name another in the header fieldgate-account, or ask the account's people.",
  },
  ACCOUNT_NEEDED: {
    status: 400,
    words: "The token is valid for several accounts: name one in the header fieldgate-account.",
  },
  ACCESS_REQUIRED: {
    status: 403,
    words: "Staff see nothing of an account without an active grant: ask its people for access.",
  },
  ACCESS_UNAVAILABLE: {
    status: 503,
    words: "Who may see what cannot be decided right now, so nothing is shown: try again.",
  },
  TIMEOUT: {
    status: 503,
    words: "The database took too long and was stopped: ask for less at once, by smaller pages or a narrower filter.",
  },
  COLLIDED: {
    status: 409,
    words: "Another change got in the way of this one, so nothing of it was written: try again.",
  },
  UNAUTHORIZED_FIELD_OR_TYPE: { status: 200, words: "Unauthorized field or type" },
  BAD_USER_INPUT: { status: 400, words: "A value in the request is not of the form that its type asks for." },
  FILTER_NULL: { status: 400, words: "A filter may not be null: leave it out, or ask for isNull." },
  PAGE_INVALID: {
    status: 400,
    words: "Ask for first or last, not both, between 0 and 500; after goes with first, before with last.",
  },
  CURSOR_INVALID: {
    status: 400,
    words: "The cursor is not one of this list in this order with this filter: start again without it.",
  },
  ID_INVALID: { status: 400, words: "The id is not one that this API gave out." },
  TIME_ZONE_UNKNOWN: { status: 400, words: "The time zone is not an IANA name." },
  TOGGLE_UNKNOWN: { status: 200, words: "There is no such coordinate: see schema/toggles.txt or the query toggles." },
  TOGGLE_FIXED: {
    status: 200,
    words: "That coordinate cannot be switched: ids, cursors and the switches themselves stay on.",
  },
  TOGGLE_NEVER: {
    status: 200,
    words: "That audience may never have the coordinate, so it cannot be switched on for it.",
  },
  STALE: {
    status: 200,
    words: "The account's settings have changed since that revision: read them again, then decide.",
  },
  AT_PAST: { status: 200, words: "That moment is not ahead: name a later one, or leave it out to change at once." },
  REVISION_UNKNOWN: { status: 200, words: "The account has not had that revision: name one up to its present one." },
  SCHEDULE_ENDED: {
    status: 200,
    words: "Nothing waits under that id: it has taken effect, was cancelled, or never was.",
  },
  SCHEDULE_FULL: {
    status: 200,
    words: "A hundred changes of toggles wait already: take one of them back first, or wait until one has happened.",
  },
  CANCEL_WIDENS: {
    status: 200,
    words: "It closes something to staff, so it stays: switch that on again from its moment on, which two confirm.",
  },
  PROPOSAL_UNKNOWN: { status: 200, words: "The account has no proposal with that id." },
  PROPOSAL_CHANGED: {
    status: 200,
    words: "That is not what was proposed, or it would do something else by now: read it again, or propose it anew.",
  },
  PROPOSAL_OWN: {
    status: 200,
    words: "You stand behind that proposal already: a different administrator has to confirm it.",
  },
  PROPOSAL_NEEDS_MEMBER: {
    status: 200,
    words: "Only a person can confirm: sign in as a member of the account who is an administrator.",
  },
  PROPOSAL_ENDED: { status: 200, words: "That proposal was made, was withdrawn or has expired: propose it anew." },
  COORDINATE_UNKNOWN: { status: 200, words: "There is no such coordinate in the schema as you have it." },
  EXPLAIN_FOR_ADMINS: {
    status: 200,
    words: "Only administrators of the account may ask why for others, or for the past.",
  },
  GRANT_UNKNOWN: { status: 200, words: "The account has no grant with that id." },
  MOMENT_UNKNOWN: { status: 200, words: "Nobody can say what was allowed at that moment: ask for another one." },
  DOCUMENT_UNREADABLE: {
    status: 400,
    words: "The file with the document cannot be read: name one that is there, with text in it.",
  },
  ACCOUNT_EXISTS: {
    status: 409,
    words: "There is an account with that slug already: take another, or leave out the making of it.",
  },
  ACCOUNT_INVALID: {
    status: 400,
    words: "An account needs a slug of small letters, digits and hyphens, a name, a time zone and a currency.",
  },
  IMPORT_MAP_INVALID: { status: 400, words: "The map does not fit: mend what is named, nothing was imported." },
  IMPORT_FILE_UNREADABLE: { status: 400, words: "The file cannot be read to its end, so nothing was imported." },
  IMPORT_ENCODING: {
    status: 400,
    words: "The file holds bytes that are not of its encoding: state it as encoding in the map, as in windows-1252.",
  },
  IMPORT_ROWS_UNREADABLE: {
    status: 400,
    words: "Rows of the file cannot be kept and strict was asked for, so nothing was imported.",
  },
  GRAPHQL_PARSE_FAILED: { status: 400, words: "The document is not GraphQL." },
  GRAPHQL_VALIDATION_FAILED: { status: 400, words: "The document does not fit the schema." },
  OPERATION_RESOLUTION_FAILURE: { status: 400, words: "Name one operation that the document holds." },
  BAD_REQUEST: {
    status: 400,
    words: "The request is not an operation: send { query, variables, operationName } as JSON.",
  },
  JSON_INVALID: { status: 400, words: "The body is not JSON." },
  BATCH_REFUSED: { status: 400, words: "One operation a request: lists of operations are not taken." },
  HEADER_INVALID: { status: 400, words: "A header of the request does not say what it may say." },
  NOT_FOUND: { status: 404, words: "There is nothing at this address: operations go to /graphql." },
  METHOD_NOT_ALLOWED: { status: 405, words: "That method does nothing here: see the header allow." },
  NOT_ACCEPTABLE: {
    status: 406,
    words: "Answers are application/json or application/graphql-response+json: accept one of them.",
  },
  OPERATION_TOO_LARGE: {
    status: 400,
    words: "The operation is too deep or too wide: ask for less at once, in several operations.",
  },
  BODY_TOO_LARGE: { status: 413, words: "The body is larger than 1 MiB." },
  CONTENT_TYPE: { status: 415, words: "Send the operation as application/json." },
  STOPPING: { status: 503, words: "The server is stopping: try again." },
  ACCOUNT_UNKNOWN: {
    status: 404,
    words:
      "There is no account with that slug: `npm start` writes two demo companies, `import --create-account` makes one.",
  },
  MEMBER_UNKNOWN: { status: 404, words: "The account has no member with that external id or uuid." },
  TEAM_UNKNOWN: { status: 404, words: "The account has no team with that external id." },
  ROLE_NEEDS_MEMBER: {
    status: 409,
    words:
      "Nobody in the account has that role: name a person with --member, or give somebody the role with the command role.",
  },
  TOKEN_IN_PRODUCTION: {
    status: 403,
    words: "Tokens come from your own issuer here: the built-in one works only without JWKS_URL and FIELDGATE_DEMO=0.",
  },
  SEED_IN_PRODUCTION: {
    status: 403,
    words: "Demo data has no place in production: it is written only without JWKS_URL and FIELDGATE_DEMO=0.",
  },
  SEED_CONFLICT: {
    status: 409,
    words: "An account with the slug of a seed is there already, with other rows: seed a database that has none.",
  },
  MIGRATE_NEEDS_OWNER: {
    status: 400,
    words: "Set DATABASE_OWNER_URL: migrations need the login that owns the tables, and DATABASE_URL must not be it.",
  },
  MIGRATE_NEEDS_LOGIN: {
    status: 400,
    words:
      "Name a login in DATABASE_URL (postgresql://login:password@host/database): it is the one that migrating gives rights to.",
  },
  IMPORT_FORMAT: {
    status: 400,
    words: "That format is not read yet: write the file as CSV and use --format generic with a map.",
  },
  IMPORT_MAP_NEEDED: {
    status: 400,
    words: "The generic format needs --map: a JSON file that says which column means what.",
  },
  PORT_TAKEN: {
    status: 503,
    words: "The server cannot listen at that address: another program may have it; set HOST or PORT to another.",
  },
  SOCKET_PATH: { status: 500, words: "The path of DATA_DIR is too long for a local socket: choose a shorter one." },
  SOCKET_REFUSED: {
    status: 403,
    words: "The server's local socket lets in only the owner of DATA_DIR: run the command as that user.",
  },
  SERVER_GONE: {
    status: 503,
    words: "The server stopped before the command had ended: look at its log, then run the command again.",
  },
  DATA_DIR_UNUSABLE: {
    status: 503,
    words: "DATA_DIR is no folder that this user may write in: name one that is.",
  },
  DATA_DIR_LOCKED: {
    status: 503,
    words: "Another process works on that data folder: stop it, or name a folder of its own in DATA_DIR.",
  },
  DATABASE_TOO_OLD: { status: 503, words: "The database server is older than PostgreSQL 18: use one of 18 or newer." },
  SCHEMA_BEHIND: { status: 503, words: "The database lacks migrations of this version: run `fieldgate migrate`." },
  SCHEMA_AHEAD: {
    status: 503,
    words:
      "The database has migrations that this version does not know: start the version that made them, or a newer one.",
  },
  TOGGLES_LOST: {
    status: 503,
    words:
      "Accounts have switched off what this version does not have: say in a migration what became of it, it is named beside these words.",
  },
  SCHEMA_MISMATCH: {
    status: 503,
    words:
      "The database is not as the migrations leave it: undo what was changed by hand, it is named beside these words.",
  },
  INTERNAL: { status: 500, words: "Something went wrong on our side. Tell us the id." },
} as const satisfies Readonly<Record<string, Row>>;

export type ProblemCode = keyof typeof PROBLEMS;

export interface ProblemDetail {
  /** For the log: what happened. Holds no personal values. */
  readonly log?: string;
  /** For the caller, beside the words: names of coordinates, revisions, limits. */
  readonly extensions?: Readonly<Record<string, unknown>>;
  /** Where the problem is several faults at once, each of which is told as an error of its own. */
  readonly faults?: readonly Fault[];
  readonly cause?: unknown;
}

export interface Fault {
  readonly message: string;
  readonly locations?: readonly { readonly line: number; readonly column: number }[] | undefined;
}

export class Problem extends Error {
  readonly code: ProblemCode;
  readonly extensions: Readonly<Record<string, unknown>>;
  readonly log: string | undefined;
  readonly faults: readonly Fault[];

  constructor(code: ProblemCode, detail: ProblemDetail = {}) {
    super(PROBLEMS[code].words, { cause: detail.cause });
    this.name = "Problem";
    this.code = code;
    this.extensions = detail.extensions ?? {};
    this.log = detail.log;
    this.faults = detail.faults ?? [];
  }

  get status(): number {
    return PROBLEMS[this.code].status;
  }
}

/** The only way to an error: `throw problem("STALE", { extensions: { revision } })`. */
export const problem = (code: ProblemCode, detail?: ProblemDetail): Problem => new Problem(code, detail);
