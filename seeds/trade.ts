/** How each kind of project is divided into tasks, and what people write when they have worked on one. */
import { lines } from "./company.ts";

export interface Part {
  /** The task above it. */
  readonly group: string;
  readonly name: string;
  /** External id of the activity that it usually is. */
  readonly activity: string;
  readonly phrases: readonly string[];
}

export interface Trade {
  readonly parts: readonly Part[];
  /** What `{what}` in a phrase may stand for. */
  readonly subjects: readonly string[];
}

export const activities: readonly (readonly [id: string, name: string])[] = [
  ["a1", "Consulting"],
  ["a2", "Development"],
  ["a3", "Design"],
  ["a4", "Analysis"],
  ["a5", "Testing"],
  ["a6", "Support"],
  ["a7", "Meeting"],
  ["a8", "Administration"],
  ["a9", "Field work"],
];

export const tags: readonly string[] = [
  "follow-up",
  "night",
  "on-site",
  "overtime",
  "remote",
  "rework",
  "training",
  "urgent",
  "workshop",
];

const list = (text: string): readonly string[] => text.split(";").map((word) => word.trim());

const trade = (subjects: string, parts: string): Trade => ({
  subjects: list(subjects),
  parts: lines(parts, 4).map(([group, name, activity, phrases]) => ({ group, name, activity, phrases: list(phrases) })),
});

const trades: Readonly<Record<string, Trade>> = {
  build: trade(
    "sign-in; the booking form; the search page; invoices; the mobile view; reminders; user administration; the import; the audit view; opening hours",
    `
    Shape it | Interviews         | a1 | Interview about {what}; Wrote up the interviews on {what}; Call with the key users about {what}
    Shape it | Workshops          | a7 | Prepared the workshop on {what}; Workshop on {what}; Photographed and sorted the notes on {what}
    Build it | Server             | a2 | Rules for {what}; Made {what} faster, two queries instead of forty; Review of {what}; Rewrote the locking in {what}; Endpoint for {what}
    Build it | Screens            | a2 | Keyboard order in {what}; Empty and error states of {what}; First version of {what}; Review comments on {what}
    Build it | Data transfer      | a2 | Mapped the old records of {what}; Trial run of the transfer, {what}; Cleaned duplicates before moving {what}
    Try it   | Tests              | a5 | Test cases for {what}; Chased a flaky test in {what}; Load test of {what}; Went through {what} with a screen reader
    Try it   | Corrections        | a2 | Wrong total in {what}; Fixed time zone slip in {what}; Reproduced the report about {what}; Fixed and released {what}
    Run it   | Releases           | a2 | Release notes and rollout, {what}; Rolled back and rolled out again, {what}; Release with the client on the line
    `,
  ),
  design: trade(
    "the front page; the map; the member area; the icon set; the colour contrast; the navigation; the donation page; the search results; the print sheet",
    `
    Look     | Research           | a1 | Watched five visitors use {what}; Notes on {what} from the card sort; Compared other houses, {what}
    Look     | Client rounds      | a7 | Showed two directions for {what}; Round of comments on {what}; Agreed on {what}
    Draw     | Sketches           | a3 | Sketches for {what}; Second direction for {what}; Threw away and redrew {what}
    Draw     | Finished screens   | a3 | Final screens of {what}; All sizes of {what}; Right-to-left check of {what}
    Hand on  | Components         | a2 | Components for {what}; Tokens and spacing, {what}; Paired with the developers on {what}
    Hand on  | Accessibility      | a5 | Audit of {what} against WCAG 2.2; Contrast and focus order of {what}; Screen reader pass over {what}
    `,
  ),
  data: trade(
    "last winter; the sensor gaps; the holiday effect; the new sites; the weekly run; outliers in May; the hold-out set; the price signal; the nightly load",
    `
    Gather   | Sources            | a4 | Looked into {what}; Agreed the delivery of files for {what}; Profile of the fields behind {what}
    Gather   | Cleaning           | a4 | Cleaned {what}; Rules for missing values in {what}; Compared {what} with the meter book
    Model    | Features           | a4 | Features from {what}; Tried lagged values on {what}; Dropped features that leak, {what}
    Model    | Training runs      | a2 | Runs with and without {what}; Tuned on {what}; Reran after the fix to {what}
    Model    | Validation         | a5 | Back-test over {what}; Error by site, {what}; Explained the miss on {what}
    Deliver  | Pipeline           | a2 | Scheduled {what}; Retry and alarm for {what}; Cut the run for {what} from 50 to 12 minutes
    Deliver  | Reports            | a1 | Monthly report, {what}; Walked the client through {what}; Chart of {what} for the board
    `,
  ),
  survey: trade(
    "the north loop; block C; the pumping house; row 14 to 22; the substation; the harbour side; the old quarter; the east fields",
    `
    Prepare  | Routes             | a9 | Planned the round for {what}; Keys and permits for {what}; Checked the instruments for {what}
    Go       | Measurements       | a9 | Measured {what}; Second visit to {what}, gate was locked the first time; Replaced a probe at {what}; Photos and readings, {what}
    Go       | Travel             | a9 | Drive to {what} and back; Train and hire car to {what}
    Write up | Readings           | a4 | Entered the readings of {what}; Odd values at {what}, marked for a second look; Compared {what} with last year
    Write up | Field reports      | a1 | Report on {what}; Findings on {what} with the client; Corrected the map of {what}
    `,
  ),
  support: trade(
    "the export; a locked user; slow pages; the nightly job; a wrong address; printing; the certificate; e-mails that bounce; the mobile app",
    `
    Requests | First line         | a6 | Answered tickets, mostly {what}; Call about {what}; Walked a user through {what}
    Requests | Second line        | a6 | Traced {what} in the logs; Workaround for {what}; Passed {what} to the developers with a test case
    On call  | Incidents          | a6 | Incident: {what}; Restarted and watched {what}; Write-up of the incident with {what}
    On call  | Maintenance        | a2 | Patches, then checked {what}; Moved the backup window because of {what}; Renewed and tested {what}
    Improve  | Guides             | a8 | Guide: {what}; Short film about {what}; Cleaned the answers on {what}
    `,
  ),
  office: trade(
    "the quarter; new starters; the audit; the offices; the team; next month; the insurance; the summer",
    `
    People   | Meetings           | a7 | Team meeting; One-to-ones; Planning for {what}; Stand-up and follow-ups; All hands
    People   | Learning           | a7 | Course: secure coding; Read and tried out; Showed the others what I learned; First-aid refresher; Conference talks
    People   | Hiring             | a8 | Read applications; Interviews with two candidates; Prepared for {what}
    House    | Books              | a8 | Invoices out; Bank and receipts for {what}; Payroll; Chased open invoices; Closed the month
    House    | Machines           | a8 | Laptops for {what}; Access review; Moved the mailboxes; Backups restored as a trial
    `,
  ),
};

export function tradeOf(kind: string): Trade {
  const found = trades[kind];
  if (found === undefined) throw new Error(`No trade is called ${kind}.`);
  return found;
}

/** What a manager writes that must not leave the team. */
export const internalNotes: readonly string[] = [
  "Took twice the estimate. Do not pass this on to the client before the review.",
  "Client's own people were not ready; keep for the next rate talk.",
  "Half of this was our mistake, see the retrospective.",
  "Agreed with the client by phone to charge it after all.",
  "Was unwell that day; do not measure against the plan.",
  "Covering for a colleague on parental leave.",
  "Their project lead is leaving in the summer, not public yet.",
  "First time on this system, counted as training.",
  "Quoted at 6 hours. The difference goes on the goodwill list.",
  "Paired to hand over before the end of the contract.",
];

export const rejections: readonly string[] = [
  "Tuesday is on the wrong project, please move it to the portal.",
  "The break on Thursday is missing.",
  "Two entries overlap on Wednesday afternoon. Which one is right?",
  "Please say a little more about what was done on Friday.",
  "Travel goes on the travel task, not on measurements.",
  "We agreed not to charge the workshop preparation.",
];

export const approvals: readonly string[] = [
  "Thank you, clear as ever.",
  "Fine. Please hand in by Friday next time.",
  "Moved one entry to the right task, the rest is fine.",
  "Agreed, including the night work.",
];

/** What people spend: words, least and most in units of the currency, whether customers pay for it. */
export const purchases: readonly (readonly [words: string, least: number, most: number, billable: boolean])[] = [
  ["Train to the client and back", 24, 180, true],
  ["Hotel, one night", 85, 210, true],
  ["Hotel, two nights", 170, 390, true],
  ["Taxi after the night release", 18, 64, true],
  ["Mileage, own car", 12, 96, true],
  ["Parking at the site", 4, 32, true],
  ["Lunch with the project team", 28, 120, false],
  ["Workshop material", 9, 75, true],
  ["Replacement sensor", 45, 320, true],
  ["Cable and adapter", 8, 49, false],
  ["Technical book", 22, 68, false],
  ["Conference ticket", 190, 850, false],
  ["Licence for a month", 15, 140, true],
  ["Postage, signed contract", 3, 19, false],
];
