/**
 * Changes of an account's switches that wait for a second pair of hands: what lets the vendor's staff see more is made when
 * two different administrators of the account stand behind it.
 */
import { Keeping } from "./keeping.ts";

export class ToggleProposals extends Keeping {
  override up(): void {
    this.proposals();
    this.approvals();
    this.twoPeople();
    this.kept("toggle_proposal", "DELETE OR TRUNCATE");
    this.kept("toggle_approval", "UPDATE OR DELETE OR TRUNCATE");
  }

  private proposals(): void {
    // enabled is null where a switch goes back to its default. member_id is null where nobody in particular proposed.
    this.addSql(`
      CREATE TABLE toggle_proposal (
        account_id uuid NOT NULL,
        id uuid NOT NULL DEFAULT uuidv7(),
        hash text COLLATE "C" NOT NULL,
        effective_at timestamptz(3),
        to_revision integer,
        reason text COLLATE "C",
        proposed_by text COLLATE "C" NOT NULL,
        member_id uuid,
        proposed_at timestamptz(3) NOT NULL DEFAULT clock_timestamp(),
        expires_at timestamptz(3) NOT NULL DEFAULT clock_timestamp() + interval '168 hours',
        made_at timestamptz(3),
        withdrawn_by text COLLATE "C",
        withdrawn_at timestamptz(3),${this.changes("toggle_proposal")},
        CONSTRAINT toggle_proposal_pkey PRIMARY KEY (account_id, id),
        CONSTRAINT toggle_proposal_account_id_fkey FOREIGN KEY (account_id) REFERENCES account (id),
        CONSTRAINT toggle_proposal_member_id_fkey FOREIGN KEY (account_id, member_id) REFERENCES member (account_id, id),
        CONSTRAINT toggle_proposal_expires CHECK (expires_at <= proposed_at + interval '169 hours'),
        CONSTRAINT toggle_proposal_one_end CHECK (made_at IS NULL OR withdrawn_at IS NULL),
        CONSTRAINT toggle_proposal_withdrawn_whole CHECK (num_nonnulls(withdrawn_by, withdrawn_at) IN (0, 2))
      )`);
    const open = "made_at IS NULL AND withdrawn_at IS NULL";
    this.addSql(`CREATE INDEX toggle_proposal_open_idx ON toggle_proposal (account_id, proposed_at) WHERE ${open}`);
    this.addSql(`CREATE INDEX toggle_proposal_member_id_idx ON toggle_proposal (account_id, member_id)`);
    this.onlyEnds("toggle_proposal", ["made_at", "withdrawn_by", "withdrawn_at"], open);
  }

  private approvals(): void {
    this.addSql(`
      CREATE TABLE toggle_approval (
        account_id uuid NOT NULL,
        proposal_id uuid NOT NULL,
        member_id uuid NOT NULL,
        approved_at timestamptz(3) NOT NULL DEFAULT clock_timestamp(),
        CONSTRAINT toggle_approval_pkey PRIMARY KEY (account_id, proposal_id, member_id),
        CONSTRAINT toggle_approval_proposal_id_fkey FOREIGN KEY (account_id, proposal_id) REFERENCES toggle_proposal (account_id, id),
        CONSTRAINT toggle_approval_member_id_fkey FOREIGN KEY (account_id, member_id) REFERENCES member (account_id, id)
      )`);
    this.addSql(`CREATE INDEX toggle_approval_member_id_idx ON toggle_approval (account_id, member_id)`);
    this.guard("toggle_approval", "BEFORE INSERT", {
      name: "toggle_approval_open",
      unless: `EXISTS (SELECT FROM member_role WHERE account_id = new.account_id AND member_id = new.member_id AND role = 'ADMIN')
          AND EXISTS (SELECT FROM toggle_proposal WHERE account_id = new.account_id AND id = new.proposal_id
            AND made_at IS NULL AND withdrawn_at IS NULL AND expires_at > clock_timestamp())`,
      words: "only administrators approve, and only what is still open",
    });
  }

  /**
   * No coordinate is switched on for the vendor's staff behind which two administrators never stood, not by SQL of one's own
   * either. What else opens it, such as a switch for everyone, is the desk's to look at.
   */
  private twoPeople(): void {
    this.guard("toggle_proposal", "BEFORE UPDATE OF made_at", {
      name: "toggle_proposal_two_people",
      unless: `new.expires_at > clock_timestamp() AND 2 <= (SELECT count(DISTINCT a.member_id) FROM toggle_approval a
          JOIN member_role r ON r.account_id = a.account_id AND r.member_id = a.member_id AND r.role = 'ADMIN'
          WHERE a.account_id = new.account_id AND a.proposal_id = new.id)`,
      when: "new.made_at IS NOT NULL",
      words: "two administrators have to stand behind a proposal before it is made",
    });
    this.guard("toggle_proposal", "BEFORE INSERT", {
      name: "toggle_proposal_begins_open",
      unless: "false",
      when: "new.made_at IS NOT NULL",
      words: "a proposal is made by approvals, and not by writing it down",
    });
    const words = "what the staff of the vendor may see grows by a proposal that two administrators stand behind";
    this.guard("toggle_schedule", "BEFORE INSERT", {
      name: "toggle_schedule_proposed",
      unless: `NOT EXISTS (SELECT FROM unnest(new.coordinates, new.audiences, new.enabled) AS w (coordinate, audience, enabled)
          WHERE w.audience = 'SUPPORT' AND w.enabled AND NOT EXISTS (SELECT FROM toggle_proposal p,
            unnest(p.coordinates, p.audiences, p.enabled) AS c (coordinate, audience, enabled)
            WHERE p.account_id = new.account_id AND p.made_at IS NOT NULL AND c.coordinate = w.coordinate
              AND c.audience = 'SUPPORT' AND c.enabled))`,
      words,
    });
    this.guard("toggle", "BEFORE INSERT OR UPDATE", {
      name: "toggle_support_proposed",
      unless: `EXISTS (SELECT FROM toggle_proposal p, unnest(p.coordinates, p.audiences, p.enabled) AS c (coordinate, audience, enabled)
          WHERE p.account_id = new.account_id AND p.made_at IS NOT NULL AND c.coordinate = new.coordinate
            AND c.audience = 'SUPPORT' AND c.enabled)`,
      when: "new.audience = 'SUPPORT' AND new.enabled",
      words,
    });
  }
}
