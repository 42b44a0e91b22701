"""Events are added to the head of their chain, heads move with them, and neither is changed."""

from django.db import migrations

from common.append_only import append_only

FOLLOW = """
CREATE FUNCTION audit_event_follows() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    UPDATE audit_audithead SET seq = NEW.seq, hash = NEW.hash
    WHERE chain = NEW.chain AND seq = NEW.seq - 1 AND hash = NEW.prev
        AND length(NEW.hash) = 32;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'the event does not follow the latest one of its chain'
            USING ERRCODE = '23514', CONSTRAINT = 'audit_event_follows_the_latest',
                TABLE = TG_TABLE_NAME;
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER audit_event_follows_the_latest AFTER INSERT ON audit_auditevent
    FOR EACH ROW EXECUTE FUNCTION audit_event_follows();
"""

MOVE = """
CREATE FUNCTION audit_head_moves() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'INSERT' THEN
        IF NEW.seq = 0 AND NEW.hash = decode(repeat('00', 32), 'hex') THEN RETURN NEW; END IF;
    ELSIF TG_OP = 'UPDATE' THEN
        IF (NEW.chain, NEW.seq, NEW.hash) = (OLD.chain, OLD.seq, OLD.hash)
            OR (pg_trigger_depth() > 1 AND NEW.chain = OLD.chain AND NEW.seq = OLD.seq + 1)
        THEN RETURN NEW; END IF;
    END IF;
    RAISE EXCEPTION 'the head of a chain moves with its events alone'
        USING ERRCODE = '23514', CONSTRAINT = 'audit_head_moves_with_its_events',
            TABLE = TG_TABLE_NAME;
END $$;
CREATE TRIGGER audit_head_moves_with_its_events
    BEFORE INSERT OR UPDATE OR DELETE ON audit_audithead
    FOR EACH ROW EXECUTE FUNCTION audit_head_moves();
CREATE TRIGGER audit_head_moves_with_its_events_whole BEFORE TRUNCATE ON audit_audithead
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("audit", "0007_bind_events_in_chains"),
        ("common", "0001_know_the_calendar"),
    ]

    operations = [
        append_only("audit_auditevent"),
        migrations.RunSQL(
            FOLLOW,
            "DROP TRIGGER audit_event_follows_the_latest ON audit_auditevent;"
            "DROP FUNCTION audit_event_follows();",
        ),
        migrations.RunSQL(
            MOVE,
            "DROP TRIGGER audit_head_moves_with_its_events ON audit_audithead;"
            "DROP TRIGGER audit_head_moves_with_its_events_whole ON audit_audithead;"
            "DROP FUNCTION audit_head_moves();",
        ),
    ]
