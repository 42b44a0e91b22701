"""Terms that were written before name the school of their placement and the host of their post."""

from django.db import migrations

FILL = """
UPDATE internships_terms terms
SET school_id = placement.school_id, enterprise_id = post.enterprise_id
FROM internships_placement placement, internships_post post
WHERE placement.id = terms.placement_id AND post.id = terms.post_id
"""


class Migration(migrations.Migration):
    dependencies = [("internships", "0008_let_terms_name_their_school_and_host")]

    operations = [migrations.RunSQL(FILL, migrations.RunSQL.noop)]
