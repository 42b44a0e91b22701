"""A step says that a case turned worse; a case whose subject is gone is found on an index."""

from django.db import migrations, models

KINDS = [
    ("opened", "立案"),
    ("updated", "事实变化"),
    ("worsened", "情况加重"),
    ("acknowledged", "确认"),
    ("assigned", "指定负责人"),
    ("noted", "添加说明"),
    ("escalated", "逾期上报"),
    ("cured", "已纠正"),
    ("lapsed", "已失效"),
    ("waived", "豁免"),
    ("waiver_ended", "豁免终止"),
    ("reopened", "重新立案"),
]
KIND = "alert_step_kind_is_a_known_one"
ORPHANS = (
    "CREATE INDEX alert_of_what_is_gone ON compliance_alert (rule) "
    "WHERE num_nonnulls(placement_id, enterprise_id, post_id, learner_id, apprentice_id) = 0"
)


class Migration(migrations.Migration):
    dependencies = [("compliance", "0008_hold_waivers_to_what_is_waived")]

    operations = [
        migrations.AlterField(
            "alertstep",
            "kind",
            models.CharField(choices=KINDS, max_length=14),
        ),
        migrations.RemoveConstraint("alertstep", KIND),
        migrations.AddConstraint(
            "alertstep",
            models.CheckConstraint(
                condition=models.Q(kind__in=[kind for kind, _ in KINDS]), name=KIND
            ),
        ),
        migrations.RunSQL(ORPHANS, "DROP INDEX alert_of_what_is_gone"),
    ]
