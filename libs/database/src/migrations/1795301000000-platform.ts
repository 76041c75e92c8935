import type { MigrationInterface, QueryRunner } from 'typeorm';

/*
 * Made of the entities by `npm run migration:generate -- platform`, part 1 of 2; frozen from then on.
 *
 * up, one transaction:
 *   1-9: no lock on a table in use, nothing rewritten, nothing lost
 *   10: ALTER TABLE "app"."one_time_token" ADD COLUMN "email" character varying(255)
 *      locks one_time_token: ACCESS EXCLUSIVE
 *   11: ALTER TABLE "app"."refresh_token" ADD COLUMN "replaced_at" timestamp with time zone
 *      locks refresh_token: ACCESS EXCLUSIVE
 *   12: ALTER TABLE "app"."refresh_token" ADD COLUMN "ip" inet
 *      locks refresh_token: ACCESS EXCLUSIVE
 *   13: ALTER TABLE "app"."refresh_token" ADD COLUMN "user_agent" character varying(1024)
 *      locks refresh_token: ACCESS EXCLUSIVE
 *   14: ALTER TABLE "app"."run" ADD COLUMN "agent" jsonb NOT NULL DEFAULT '{}'::jsonb
 *      locks run: ACCESS EXCLUSIVE
 *   15: ALTER TABLE "app"."run" ADD COLUMN "limits" jsonb NOT NULL DEFAULT '{}'::jsonb
 *      locks run: ACCESS EXCLUSIVE
 *   16: ALTER TABLE "app"."run" ADD COLUMN "output" jsonb
 *      locks run: ACCESS EXCLUSIVE
 *   17: ALTER TABLE "app"."run" ADD COLUMN "error_code" character varying(255)
 *      locks run: ACCESS EXCLUSIVE
 *   18: ALTER TABLE "app"."run" ADD COLUMN "step_count" integer NOT NULL DEFAULT 0
 *      locks run: ACCESS EXCLUSIVE
 *   19: ALTER TABLE "app"."run" ADD COLUMN "event_count" integer NOT NULL DEFAULT 0
 *      locks run: ACCESS EXCLUSIVE
 *   20: ALTER TABLE "app"."run" ADD COLUMN "started_at" timestamp with time zone
 *      locks run: ACCESS EXCLUSIVE
 *   21: ALTER TABLE "app"."step" ADD COLUMN "error_code" character varying(255)
 *      locks step: ACCESS EXCLUSIVE
 *   22: ALTER TABLE "app"."step" ADD COLUMN "called_at" timestamp with time zone
 *      locks step: ACCESS EXCLUSIVE
 *   23-25: no lock on a table in use, nothing rewritten, nothing lost
 *   26: CREATE TRIGGER check_run_transition BEFORE UPDATE ON app.run FOR EACH ROW EXECUTE FUNCTI …
 *      locks run: SHARE ROW EXCLUSIVE
 *   27-28: no lock on a table in use, nothing rewritten, nothing lost
 *   29: CREATE TRIGGER check_step_transition BEFORE UPDATE ON app.step FOR EACH ROW EXECUTE FUNC …
 *      locks step: SHARE ROW EXCLUSIVE
 *   30-94: no lock on a table in use, nothing rewritten, nothing lost
 *   95: ALTER TABLE "app"."organization_invitation" ADD CONSTRAINT "fk_organization_invitation_a …
 *      locks user: SHARE ROW EXCLUSIVE
 *   96: ALTER TABLE "app"."organization_invitation" ADD CONSTRAINT "fk_organization_invitation_c …
 *      locks user: SHARE ROW EXCLUSIVE
 *   97: ALTER TABLE "app"."organization_invitation" ADD CONSTRAINT "fk_organization_invitation_o …
 *      locks organization: SHARE ROW EXCLUSIVE
 *   98: ALTER TABLE "app"."run_event" ADD CONSTRAINT "fk_run_event_org_id" FOREIGN KEY (org_id)  …
 *      locks organization: SHARE ROW EXCLUSIVE
 *   99: ALTER TABLE "app"."run_event" ADD CONSTRAINT "fk_run_event_run_id" FOREIGN KEY (org_id,  …
 *      locks run: SHARE ROW EXCLUSIVE
 *   100-101: no lock on a table in use, nothing rewritten, nothing lost
 *
 * down, one transaction:
 *   1: DROP TRIGGER "check_run_transition" ON "app"."run"
 *      locks run: ACCESS EXCLUSIVE
 *   2: DROP TRIGGER "check_step_transition" ON "app"."step"
 *      locks step: ACCESS EXCLUSIVE
 *   3: ALTER TABLE "app"."organization_invitation" DROP CONSTRAINT "fk_organization_invitation_ …
 *      locks organization_invitation: ACCESS EXCLUSIVE; locks user: ACCESS EXCLUSIVE
 *   4: ALTER TABLE "app"."organization_invitation" DROP CONSTRAINT "fk_organization_invitation_ …
 *      locks organization_invitation: ACCESS EXCLUSIVE; locks user: ACCESS EXCLUSIVE
 *   5: ALTER TABLE "app"."organization_invitation" DROP CONSTRAINT "fk_organization_invitation_ …
 *      locks organization_invitation: ACCESS EXCLUSIVE; locks organization: ACCESS EXCLUSIVE
 *   6: ALTER TABLE "app"."run_event" DROP CONSTRAINT "fk_run_event_org_id"
 *      locks run_event: ACCESS EXCLUSIVE; locks organization: ACCESS EXCLUSIVE
 *   7: ALTER TABLE "app"."run_event" DROP CONSTRAINT "fk_run_event_run_id"
 *      locks run_event: ACCESS EXCLUSIVE; locks run: ACCESS EXCLUSIVE
 *   8: ALTER TABLE "app"."one_time_token" DROP COLUMN "email"
 *      locks one_time_token: ACCESS EXCLUSIVE; LOSES every value of app.one_time_token.email
 *   9: ALTER TABLE "app"."refresh_token" DROP COLUMN "ip"
 *      locks refresh_token: ACCESS EXCLUSIVE; LOSES every value of app.refresh_token.ip
 *   10: ALTER TABLE "app"."refresh_token" DROP COLUMN "replaced_at"
 *      locks refresh_token: ACCESS EXCLUSIVE; LOSES every value of app.refresh_token.replaced_at
 *   11: ALTER TABLE "app"."refresh_token" DROP COLUMN "user_agent"
 *      locks refresh_token: ACCESS EXCLUSIVE; LOSES every value of app.refresh_token.user_agent
 *   12: ALTER TABLE "app"."run" DROP COLUMN "agent"
 *      locks run: ACCESS EXCLUSIVE; LOSES every value of app.run.agent
 *   13: ALTER TABLE "app"."run" DROP COLUMN "error_code"
 *      locks run: ACCESS EXCLUSIVE; LOSES every value of app.run.error_code
 *   14: ALTER TABLE "app"."run" DROP COLUMN "event_count"
 *      locks run: ACCESS EXCLUSIVE; LOSES every value of app.run.event_count
 *   15: ALTER TABLE "app"."run" DROP COLUMN "limits"
 *      locks run: ACCESS EXCLUSIVE; LOSES every value of app.run.limits
 *   16: ALTER TABLE "app"."run" DROP COLUMN "output"
 *      locks run: ACCESS EXCLUSIVE; LOSES every value of app.run.output
 *   17: ALTER TABLE "app"."run" DROP COLUMN "started_at"
 *      locks run: ACCESS EXCLUSIVE; LOSES every value of app.run.started_at
 *   18: ALTER TABLE "app"."run" DROP COLUMN "step_count"
 *      locks run: ACCESS EXCLUSIVE; LOSES every value of app.run.step_count
 *   19: ALTER TABLE "app"."step" DROP COLUMN "called_at"
 *      locks step: ACCESS EXCLUSIVE; LOSES every value of app.step.called_at
 *   20: ALTER TABLE "app"."step" DROP COLUMN "error_code"
 *      locks step: ACCESS EXCLUSIVE; LOSES every value of app.step.error_code
 *   21: DROP TABLE "app"."organization_invitation"
 *      locks organization_invitation: ACCESS EXCLUSIVE; LOSES every row of app.organization_invitation
 *   22: DROP TABLE "app"."registration"
 *      locks registration: ACCESS EXCLUSIVE; LOSES every row of app.registration
 *   23: DROP TABLE "app"."run_event"
 *      locks run_event: ACCESS EXCLUSIVE; LOSES every row of app.run_event
 */

/** Each alone: a sharded database forwards a SET inside a longer message to its workers as it stands. They mean nothing elsewhere. */
const FOR_SHARDED_DATABASES = [
  "set local citus.multi_shard_modify_mode = 'sequential'",
  'set local citus.enable_unsafe_triggers = on',
  'set local citus.enable_local_reference_table_foreign_keys = off',
];

const UP: readonly string[] = [
  `CREATE TABLE "app"."organization_invitation" (
    "org_id" uuid NOT NULL DEFAULT app.current_org_id(),
    "id" uuid NOT NULL,
    "email" character varying(255) NOT NULL,
    "role" character varying(50) NOT NULL,
    "token_hash" character varying(255) NOT NULL,
    "status" character varying(50) NOT NULL DEFAULT 'PENDING'::character varying,
    "expires_at" timestamp with time zone NOT NULL,
    "created_by" uuid,
    "accepted_by" uuid,
    "accepted_at" timestamp with time zone,
    "created_at" timestamp with time zone NOT NULL DEFAULT now(),
    "updated_at" timestamp with time zone NOT NULL DEFAULT now(),
    CONSTRAINT "ck_organization_invitation_email" CHECK (((email)::text = lower((email)::text))),
    CONSTRAINT "ck_organization_invitation_role" CHECK (((role)::text = ANY (ARRAY['OWNER'::text, 'ADMIN'::text, 'DEVELOPER'::text, 'VIEWER'::text]))),
    CONSTRAINT "ck_organization_invitation_status" CHECK (((status)::text = ANY (ARRAY['PENDING'::text, 'ACCEPTED'::text, 'REVOKED'::text]))),
    CONSTRAINT "pk_organization_invitation" PRIMARY KEY (org_id, id)
  )`,
  `ALTER TABLE "app"."organization_invitation" ENABLE ROW LEVEL SECURITY`,
  `ALTER TABLE "app"."organization_invitation" FORCE ROW LEVEL SECURITY`,
  `CREATE TABLE "app"."registration" (
    "id" uuid NOT NULL,
    "email" character varying(255) NOT NULL,
    "name" character varying(255) NOT NULL,
    "password_hash" character varying(255) NOT NULL,
    "organization_name" character varying(255) NOT NULL,
    "token_hash" character varying(255) NOT NULL,
    "expires_at" timestamp with time zone NOT NULL,
    "created_at" timestamp with time zone NOT NULL DEFAULT now(),
    "updated_at" timestamp with time zone NOT NULL DEFAULT now(),
    CONSTRAINT "ck_registration_email" CHECK (((email)::text = lower((email)::text))),
    CONSTRAINT "pk_registration" PRIMARY KEY (id),
    CONSTRAINT "uq_registration_token_hash" UNIQUE (token_hash)
  )`,
  `ALTER TABLE "app"."registration" ENABLE ROW LEVEL SECURITY`,
  `ALTER TABLE "app"."registration" FORCE ROW LEVEL SECURITY`,
  `CREATE TABLE "app"."run_event" (
    "org_id" uuid NOT NULL DEFAULT app.current_org_id(),
    "run_id" uuid NOT NULL,
    "number" integer NOT NULL,
    "type" character varying(50) NOT NULL,
    "data" jsonb NOT NULL DEFAULT '{}'::jsonb,
    "created_at" timestamp with time zone NOT NULL DEFAULT now(),
    "updated_at" timestamp with time zone NOT NULL DEFAULT now(),
    CONSTRAINT "ck_run_event_type" CHECK (((type)::text = ANY (ARRAY['RUN_STATUS'::text, 'STEP_STARTED'::text, 'STEP_ENDED'::text, 'INPUT_REQUESTED'::text, 'INPUT_ANSWERED'::text]))),
    CONSTRAINT "pk_run_event" PRIMARY KEY (org_id, run_id, number)
  )`,
  `ALTER TABLE "app"."run_event" ENABLE ROW LEVEL SECURITY`,
  `ALTER TABLE "app"."run_event" FORCE ROW LEVEL SECURITY`,
  `ALTER TABLE "app"."one_time_token" ADD COLUMN "email" character varying(255)`,
  `ALTER TABLE "app"."refresh_token" ADD COLUMN "replaced_at" timestamp with time zone`,
  `ALTER TABLE "app"."refresh_token" ADD COLUMN "ip" inet`,
  `ALTER TABLE "app"."refresh_token" ADD COLUMN "user_agent" character varying(1024)`,
  `ALTER TABLE "app"."run" ADD COLUMN "agent" jsonb NOT NULL DEFAULT '{}'::jsonb`,
  `ALTER TABLE "app"."run" ADD COLUMN "limits" jsonb NOT NULL DEFAULT '{}'::jsonb`,
  `ALTER TABLE "app"."run" ADD COLUMN "output" jsonb`,
  `ALTER TABLE "app"."run" ADD COLUMN "error_code" character varying(255)`,
  `ALTER TABLE "app"."run" ADD COLUMN "step_count" integer NOT NULL DEFAULT 0`,
  `ALTER TABLE "app"."run" ADD COLUMN "event_count" integer NOT NULL DEFAULT 0`,
  `ALTER TABLE "app"."run" ADD COLUMN "started_at" timestamp with time zone`,
  `ALTER TABLE "app"."step" ADD COLUMN "error_code" character varying(255)`,
  `ALTER TABLE "app"."step" ADD COLUMN "called_at" timestamp with time zone`,
  `CREATE INDEX ix_registration_expires_at ON app.registration USING btree (expires_at)`,
  `CREATE TRIGGER touch_updated_at BEFORE UPDATE ON app.organization_invitation FOR EACH ROW EXECUTE FUNCTION app.touch_updated_at()`,
  `CREATE TRIGGER touch_updated_at BEFORE UPDATE ON app.registration FOR EACH ROW EXECUTE FUNCTION app.touch_updated_at()`,
  `CREATE TRIGGER check_run_transition BEFORE UPDATE ON app.run FOR EACH ROW EXECUTE FUNCTION app.check_run_transition()`,
  `CREATE TRIGGER refuse_update BEFORE UPDATE ON app.run_event FOR EACH ROW EXECUTE FUNCTION app.refuse_update()`,
  `CREATE TRIGGER touch_updated_at BEFORE UPDATE ON app.run_event FOR EACH ROW EXECUTE FUNCTION app.touch_updated_at()`,
  `CREATE TRIGGER check_step_transition BEFORE UPDATE ON app.step FOR EACH ROW EXECUTE FUNCTION app.check_step_transition()`,
  `CREATE POLICY "admin_all" ON "app"."organization_invitation" FOR ALL TO "app_admin" USING (true) WITH CHECK (true)`,
  `CREATE POLICY "owner_all" ON "app"."organization_invitation" FOR ALL TO "app_owner" USING (true) WITH CHECK (true)`,
  `CREATE POLICY "admin_all" ON "app"."registration" FOR ALL TO "app_admin" USING (true) WITH CHECK (true)`,
  `CREATE POLICY "auth_all" ON "app"."registration" FOR ALL TO "app_auth" USING (true) WITH CHECK (true)`,
  `CREATE POLICY "owner_all" ON "app"."registration" FOR ALL TO "app_owner" USING (true) WITH CHECK (true)`,
  `CREATE POLICY "admin_all" ON "app"."run_event" FOR ALL TO "app_admin" USING (true) WITH CHECK (true)`,
  `CREATE POLICY "owner_all" ON "app"."run_event" FOR ALL TO "app_owner" USING (true) WITH CHECK (true)`,
  `COMMENT ON COLUMN "app"."one_time_token"."email" IS 'The address it was sent to, in lower case: what it proves, or changes to.'`,
  `COMMENT ON COLUMN "app"."organization_invitation"."accepted_at" IS 'When it was accepted.'`,
  `COMMENT ON COLUMN "app"."organization_invitation"."accepted_by" IS 'The user who joined by it.'`,
  `COMMENT ON COLUMN "app"."organization_invitation"."created_at" IS 'When the row was made.'`,
  `COMMENT ON COLUMN "app"."organization_invitation"."created_by" IS 'The user who asked; null where a program did, or once that user is gone.'`,
  `COMMENT ON COLUMN "app"."organization_invitation"."email" IS 'Who is asked, in lower case.'`,
  `COMMENT ON COLUMN "app"."organization_invitation"."expires_at" IS 'From then on it cannot be accepted.'`,
  `COMMENT ON COLUMN "app"."organization_invitation"."id" IS 'UUIDv7, made by the application before the insert.'`,
  `COMMENT ON COLUMN "app"."organization_invitation"."role" IS 'What the person becomes in the organization.'`,
  `COMMENT ON COLUMN "app"."organization_invitation"."status" IS 'What became of it; a pending one past expires_at can no longer be accepted.'`,
  `COMMENT ON COLUMN "app"."organization_invitation"."token_hash" IS 'SHA-256 of the secret in the link, in hexadecimal.'`,
  `COMMENT ON COLUMN "app"."organization_invitation"."updated_at" IS 'When the row last changed; set by a trigger.'`,
  `COMMENT ON COLUMN "app"."refresh_token"."ip" IS 'From where the session was used when the token was made.'`,
  `COMMENT ON COLUMN "app"."refresh_token"."replaced_at" IS 'When the token was exchanged for a new one; null: not yet. Coming back much later, it ends the family.'`,
  `COMMENT ON COLUMN "app"."refresh_token"."user_agent" IS 'With what the session was used when the token was made.'`,
  `COMMENT ON COLUMN "app"."registration"."created_at" IS 'When the row was made.'`,
  `COMMENT ON COLUMN "app"."registration"."email" IS 'The address that is to be proven, in lower case; several may wait for the same one.'`,
  `COMMENT ON COLUMN "app"."registration"."expires_at" IS 'From then on the token is refused.'`,
  `COMMENT ON COLUMN "app"."registration"."id" IS 'UUIDv7, made by the application before the insert.'`,
  `COMMENT ON COLUMN "app"."registration"."name" IS 'What the person is called.'`,
  `COMMENT ON COLUMN "app"."registration"."organization_name" IS 'Name of the organization to make with the account.'`,
  `COMMENT ON COLUMN "app"."registration"."password_hash" IS 'argon2id of the password chosen, with its parameters and salt.'`,
  `COMMENT ON COLUMN "app"."registration"."token_hash" IS 'SHA-256 of the token sent to the address, in hexadecimal.'`,
  `COMMENT ON COLUMN "app"."registration"."updated_at" IS 'When the row last changed; set by a trigger.'`,
  `COMMENT ON COLUMN "app"."run"."agent" IS 'The agent as it was when the run was made: later edits do not reach a run.'`,
  `COMMENT ON COLUMN "app"."run"."error_code" IS 'Stable code of why the run failed.'`,
  `COMMENT ON COLUMN "app"."run"."event_count" IS 'Events written so far: the number of the last.'`,
  `COMMENT ON COLUMN "app"."run"."limits" IS 'How far the run may go: steps, depth, wall time, tokens, cost.'`,
  `COMMENT ON COLUMN "app"."run"."output" IS 'What the run returned; null until it completed.'`,
  `COMMENT ON COLUMN "app"."run"."started_at" IS 'When a worker first took the run.'`,
  `COMMENT ON COLUMN "app"."run"."step_count" IS 'Steps begun so far: the sequence number of the last.'`,
  `COMMENT ON COLUMN "app"."run_event"."created_at" IS 'When the row was made.'`,
  `COMMENT ON COLUMN "app"."run_event"."data" IS 'What happened, as it is shown to who follows the run.'`,
  `COMMENT ON COLUMN "app"."run_event"."number" IS 'Its place in the run, from 1, without gaps: given under the lock of the run.'`,
  `COMMENT ON COLUMN "app"."run_event"."run_id" IS 'The run it happened to.'`,
  `COMMENT ON COLUMN "app"."run_event"."type" IS 'What kind of thing happened.'`,
  `COMMENT ON COLUMN "app"."run_event"."updated_at" IS 'When the row last changed; set by a trigger.'`,
  `COMMENT ON COLUMN "app"."step"."called_at" IS 'Set before a call that costs or changes something is begun: with no end known, it is never silently repeated.'`,
  `COMMENT ON COLUMN "app"."step"."error_code" IS 'Stable code of why the step failed.'`,
  `COMMENT ON TABLE "app"."organization_invitation" IS 'Somebody is asked to join the organization. What the person presents also carries organization and id, so that it is found within its tenant.'`,
  `COMMENT ON TABLE "app"."registration" IS 'Somebody who wants an account and has not yet proven the address: nothing else is made before, so that asking tells nobody who has one.'`,
  `COMMENT ON TABLE "app"."run_event" IS 'What happened to a run, in order and without gaps: who follows the run reads on from the last number it saw.'`,
  `GRANT UPDATE ("email") ON TABLE "app"."one_time_token" TO "app_auth"`,
  `GRANT DELETE, INSERT, SELECT, UPDATE ("accepted_at", "accepted_by", "created_by", "email", "expires_at", "role", "status", "token_hash") ON TABLE "app"."organization_invitation" TO "app_admin"`,
  `GRANT DELETE, INSERT, SELECT, UPDATE ("accepted_at", "accepted_by", "email", "expires_at", "role", "status", "token_hash") ON TABLE "app"."organization_invitation" TO "app_tenant"`,
  `GRANT UPDATE ("ip", "replaced_at", "user_agent") ON TABLE "app"."refresh_token" TO "app_auth"`,
  `GRANT DELETE, INSERT, SELECT, UPDATE ("email", "expires_at", "name", "organization_name", "password_hash", "token_hash") ON TABLE "app"."registration" TO "app_auth"`,
  `GRANT UPDATE ("agent", "error_code", "event_count", "limits", "output", "started_at", "step_count") ON TABLE "app"."run" TO "app_admin"`,
  `GRANT UPDATE ("agent", "error_code", "event_count", "limits", "output", "started_at", "step_count") ON TABLE "app"."run" TO "app_tenant"`,
  `GRANT INSERT, SELECT ON TABLE "app"."run_event" TO "app_admin", "app_tenant"`,
  `GRANT UPDATE ("called_at", "error_code") ON TABLE "app"."step" TO "app_admin"`,
  `GRANT UPDATE ("called_at", "error_code") ON TABLE "app"."step" TO "app_tenant"`,
  `CREATE INDEX ix_organization_invitation_accepted_by ON app.organization_invitation USING btree (org_id, accepted_by)`,
  `CREATE INDEX ix_organization_invitation_created_by ON app.organization_invitation USING btree (org_id, created_by)`,
  `CREATE UNIQUE INDEX uq_organization_invitation_pending ON app.organization_invitation USING btree (org_id, email) WHERE ((status)::text = 'PENDING'::text)`,
  `CREATE POLICY "tenant_isolation" ON "app"."organization_invitation" FOR ALL TO "app_tenant" USING ((org_id = app.current_org_id())) WITH CHECK ((org_id = app.current_org_id()))`,
  `COMMENT ON COLUMN "app"."organization_invitation"."org_id" IS 'The organization that the row belongs to: filled from the entered one, never changed.'`,
  `CREATE POLICY "tenant_isolation" ON "app"."run_event" FOR ALL TO "app_tenant" USING ((org_id = app.current_org_id())) WITH CHECK ((org_id = app.current_org_id()))`,
  `ALTER TABLE "app"."organization_invitation" ADD CONSTRAINT "fk_organization_invitation_accepted_by" FOREIGN KEY (accepted_by) REFERENCES app."user"(id) ON DELETE SET NULL`,
  `ALTER TABLE "app"."organization_invitation" ADD CONSTRAINT "fk_organization_invitation_created_by" FOREIGN KEY (created_by) REFERENCES app."user"(id) ON DELETE SET NULL`,
  `ALTER TABLE "app"."organization_invitation" ADD CONSTRAINT "fk_organization_invitation_org_id" FOREIGN KEY (org_id) REFERENCES app.organization(id) ON DELETE CASCADE`,
  `ALTER TABLE "app"."run_event" ADD CONSTRAINT "fk_run_event_org_id" FOREIGN KEY (org_id) REFERENCES app.organization(id) ON DELETE CASCADE`,
  `ALTER TABLE "app"."run_event" ADD CONSTRAINT "fk_run_event_run_id" FOREIGN KEY (org_id, run_id) REFERENCES app.run(org_id, id) ON DELETE CASCADE`,
  `COMMENT ON COLUMN "app"."run_event"."org_id" IS 'The organization that the row belongs to: filled from the entered one, never changed.'`, // By hand: @HandmadeTrigger of the entity.
  `CREATE TRIGGER notify_run_event AFTER INSERT ON app.run_event FOR EACH ROW EXECUTE FUNCTION app.run_event_wakes_followers()`,
];

const DOWN: readonly string[] = [
  `DROP TRIGGER "check_run_transition" ON "app"."run"`,
  `DROP TRIGGER "check_step_transition" ON "app"."step"`,
  `ALTER TABLE "app"."organization_invitation" DROP CONSTRAINT "fk_organization_invitation_accepted_by"`,
  `ALTER TABLE "app"."organization_invitation" DROP CONSTRAINT "fk_organization_invitation_created_by"`,
  `ALTER TABLE "app"."organization_invitation" DROP CONSTRAINT "fk_organization_invitation_org_id"`,
  `ALTER TABLE "app"."run_event" DROP CONSTRAINT "fk_run_event_org_id"`,
  `ALTER TABLE "app"."run_event" DROP CONSTRAINT "fk_run_event_run_id"`,
  // Loses every value of app.one_time_token.email.
  `ALTER TABLE "app"."one_time_token" DROP COLUMN "email"`,
  // Loses every value of app.refresh_token.ip.
  `ALTER TABLE "app"."refresh_token" DROP COLUMN "ip"`,
  // Loses every value of app.refresh_token.replaced_at.
  `ALTER TABLE "app"."refresh_token" DROP COLUMN "replaced_at"`,
  // Loses every value of app.refresh_token.user_agent.
  `ALTER TABLE "app"."refresh_token" DROP COLUMN "user_agent"`,
  // Loses every value of app.run.agent.
  `ALTER TABLE "app"."run" DROP COLUMN "agent"`,
  // Loses every value of app.run.error_code.
  `ALTER TABLE "app"."run" DROP COLUMN "error_code"`,
  // Loses every value of app.run.event_count.
  `ALTER TABLE "app"."run" DROP COLUMN "event_count"`,
  // Loses every value of app.run.limits.
  `ALTER TABLE "app"."run" DROP COLUMN "limits"`,
  // Loses every value of app.run.output.
  `ALTER TABLE "app"."run" DROP COLUMN "output"`,
  // Loses every value of app.run.started_at.
  `ALTER TABLE "app"."run" DROP COLUMN "started_at"`,
  // Loses every value of app.run.step_count.
  `ALTER TABLE "app"."run" DROP COLUMN "step_count"`,
  // Loses every value of app.step.called_at.
  `ALTER TABLE "app"."step" DROP COLUMN "called_at"`,
  // Loses every value of app.step.error_code.
  `ALTER TABLE "app"."step" DROP COLUMN "error_code"`,
  // Loses every row of app.organization_invitation.
  `DROP TABLE "app"."organization_invitation"`,
  // Loses every row of app.registration.
  `DROP TABLE "app"."registration"`,
  // Loses every row of app.run_event.
  `DROP TABLE "app"."run_event"`,
];

export class Platform1795301000000 implements MigrationInterface {
  readonly name = 'Platform1795301000000';

  async up(runner: QueryRunner): Promise<void> {
    for (const statement of FOR_SHARDED_DATABASES) await runner.query(statement);
    for (const statement of UP) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const statement of FOR_SHARDED_DATABASES) await runner.query(statement);
    for (const statement of DOWN) await runner.query(statement);
  }
}
