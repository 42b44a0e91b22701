"""Functions by which checks know amounts under names, and ciphertext from plain text.

Both are plain expressions, so that the server writes them into the checks instead of calling them.
"""

from django.db import migrations

# Text to yuan with two decimals, as `PaymentEntry.deductions` keeps it; `silent` and `strict`, so
# that no array passes for its elements and nothing raises.
IS_AMOUNTS = r"""
CREATE FUNCTION is_amounts_by_name(amounts jsonb) RETURNS boolean
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT amounts = '{}'::jsonb OR (
        jsonb_typeof(amounts) = 'object' AND NOT amounts ? '' AND NOT jsonb_path_exists(
            amounts,
            'strict $.* ? (!(@.type() == "string" && @ like_regex "^[0-9]{1,10}[.][0-9]{2}$"))',
            '{}', true))
$$;
"""

# A version byte, a key id, a nonce of 12 bytes, a tag of 16 and at least one byte of text.
IS_SEALED = """
CREATE FUNCTION is_sealed(stored bytea) RETURNS boolean
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT octet_length(stored) > 30 AND get_byte(stored, 0) = 1
$$;
"""

IS_DIGEST = """
CREATE FUNCTION is_digest(stored bytea) RETURNS boolean
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT octet_length(stored) = 32
$$;
"""


class Migration(migrations.Migration):
    dependencies = [("common", "0002_know_the_calendar_by_month")]

    operations = [
        migrations.RunSQL(IS_AMOUNTS, "DROP FUNCTION is_amounts_by_name(jsonb)"),
        migrations.RunSQL(IS_SEALED, "DROP FUNCTION is_sealed(bytea)"),
        migrations.RunSQL(IS_DIGEST, "DROP FUNCTION is_digest(bytea)"),
    ]
