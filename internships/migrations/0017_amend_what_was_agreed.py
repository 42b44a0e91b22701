"""What was agreed is amended by both sides from a day on, and a decision stays as it was made."""

import datetime

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

# A proposal may only be decided; what was decided stays.
DECIDED_ONCE = """
CREATE FUNCTION refuse_change_of_amendment() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    decision text[] := ARRAY['state', 'was', 'terms_id', 'decided_for', 'decided_by_id',
                             'decided_on', 'decided_at'];
BEGIN
    IF TG_OP = 'UPDATE' AND OLD.state = 'proposed' AND NEW.state <> 'proposed'
        AND to_jsonb(NEW) - decision = to_jsonb(OLD) - decision
    THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'an amendment is decided once, and never changed'
        USING ERRCODE = 'restrict_violation', CONSTRAINT = TG_NAME;
END
$$;
CREATE TRIGGER amendment_changes_only_by_being_decided
    BEFORE UPDATE OR DELETE ON internships_amendment
    FOR EACH ROW EXECUTE FUNCTION refuse_change_of_amendment();
CREATE TRIGGER amendments_are_never_emptied
    BEFORE TRUNCATE ON internships_amendment
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
"""
CHANGED_AT_WILL = """
DROP TRIGGER amendments_are_never_emptied ON internships_amendment;
DROP TRIGGER amendment_changes_only_by_being_decided ON internships_amendment;
DROP FUNCTION refuse_change_of_amendment();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("internships", "0016_hold_the_life_of_placements"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Amendment",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("proposed", "待对方同意"),
                            ("agreed", "双方已同意"),
                            ("turned_down", "未达成一致"),
                        ],
                        default="proposed",
                        max_length=12,
                    ),
                ),
                ("from_day", models.DateField(null=True, verbose_name="生效日期")),
                ("changes", models.JSONField()),
                ("was", models.JSONField(default=dict)),
                ("message", models.CharField(blank=True, max_length=500)),
                (
                    "proposed_for",
                    models.CharField(
                        choices=[
                            ("school", "学校"),
                            ("enterprise", "企业"),
                            ("student", "学生"),
                            ("guardian", "监护人"),
                        ],
                        max_length=10,
                    ),
                ),
                ("proposed_on", models.DateField()),
                ("proposed_at", models.DateTimeField()),
                (
                    "decided_for",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("school", "学校"),
                            ("enterprise", "企业"),
                            ("student", "学生"),
                            ("guardian", "监护人"),
                        ],
                        max_length=10,
                    ),
                ),
                ("decided_on", models.DateField(null=True)),
                ("decided_at", models.DateTimeField(null=True)),
            ],
            options={
                "verbose_name": "补充协议",
                "ordering": ("id",),
            },
        ),
        migrations.RemoveConstraint(
            model_name="placementstep",
            name="placement_step_move_is_a_known_one",
        ),
        migrations.RemoveConstraint(
            model_name="placementstep",
            name="placement_step_against_somebody_says_why",
        ),
        migrations.AlterField(
            model_name="placementstep",
            name="move",
            field=models.CharField(
                choices=[
                    ("draft", "起草"),
                    ("edit", "修改"),
                    ("submit", "提交"),
                    ("accept", "接收"),
                    ("consent", "知情同意"),
                    ("decline", "不同意"),
                    ("sign", "签署"),
                    ("send_back", "退回"),
                    ("refuse", "拒绝"),
                    ("withdraw", "撤回"),
                    ("expire", "过期失效"),
                    ("approve", "批准"),
                    ("activate", "开始实习"),
                    ("suspend", "暂停"),
                    ("resume", "恢复"),
                    ("end", "结束"),
                    ("settle", "结清"),
                    ("archive", "归档"),
                    ("propose", "提出变更"),
                    ("agree", "同意变更"),
                    ("turn_down", "不同意变更"),
                ],
                max_length=12,
            ),
        ),
        migrations.AddConstraint(
            model_name="placementstep",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "move__in",
                        [
                            "draft",
                            "edit",
                            "submit",
                            "accept",
                            "consent",
                            "decline",
                            "sign",
                            "send_back",
                            "refuse",
                            "withdraw",
                            "expire",
                            "approve",
                            "activate",
                            "suspend",
                            "resume",
                            "end",
                            "settle",
                            "archive",
                            "propose",
                            "agree",
                            "turn_down",
                        ],
                    )
                ),
                name="placement_step_move_is_a_known_one",
            ),
        ),
        migrations.AddConstraint(
            model_name="placementstep",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        (
                            "move__in",
                            ("decline", "send_back", "refuse", "withdraw", "suspend", "turn_down"),
                        ),
                        _negated=True,
                    ),
                    models.Q(("message", ""), _negated=True),
                    _connector="OR",
                ),
                name="placement_step_against_somebody_says_why",
            ),
        ),
        migrations.AddField(
            model_name="amendment",
            name="decided_by",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="amendment",
            name="placement",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="amendments",
                to="internships.placement",
            ),
        ),
        migrations.AddField(
            model_name="amendment",
            name="proposed_by",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="amendment",
            name="terms",
            field=models.ForeignKey(
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to="internships.terms",
            ),
        ),
        migrations.AddConstraint(
            model_name="amendment",
            constraint=models.CheckConstraint(
                condition=models.Q(("state__in", ["proposed", "agreed", "turned_down"])),
                name="amendment_state_is_a_known_one",
            ),
        ),
        migrations.AddConstraint(
            model_name="amendment",
            constraint=models.CheckConstraint(
                condition=models.Q(("proposed_for__in", ("school", "enterprise"))),
                name="amendment_is_proposed_by_a_side",
            ),
        ),
        migrations.AddConstraint(
            model_name="amendment",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("decided_at__isnull", True), ("decided_for", ""), ("state", "proposed")
                    ),
                    models.Q(
                        models.Q(("state", "proposed"), _negated=True),
                        ("decided_at__isnull", False),
                        ("decided_for__in", ("school", "enterprise")),
                        ("decided_on__isnull", False),
                    ),
                    _connector="OR",
                ),
                name="amendment_is_decided_by_a_side_at_a_moment",
            ),
        ),
        migrations.AddConstraint(
            model_name="amendment",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "agreed"), _negated=True),
                    models.Q(("decided_for", models.F("proposed_for")), _negated=True),
                    _connector="OR",
                ),
                name="amendment_is_agreed_by_the_other_side",
            ),
        ),
        migrations.AddConstraint(
            model_name="amendment",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("terms__isnull", True),
                    models.Q(("from_day__isnull", False), ("state", "agreed")),
                    _connector="OR",
                ),
                name="amendment_has_terms_when_it_is_agreed",
            ),
        ),
        migrations.AddConstraint(
            model_name="amendment",
            constraint=models.CheckConstraint(
                condition=models.Q(("changes", {}), _negated=True),
                name="amendment_changes_something",
            ),
        ),
        migrations.AddConstraint(
            model_name="amendment",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state", "proposed")),
                fields=("placement",),
                name="amendment_is_proposed_one_at_a_time",
            ),
        ),
        migrations.AddConstraint(
            model_name="amendment",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("decided_on__range", (datetime.date(1900, 1, 1), datetime.date(2199, 12, 31))),
                    ("from_day__range", (datetime.date(1900, 1, 1), datetime.date(2199, 12, 31))),
                    (
                        "proposed_on__range",
                        (datetime.date(1900, 1, 1), datetime.date(2199, 12, 31)),
                    ),
                ),
                name="amendment_days_are_of_the_calendar",
            ),
        ),
        migrations.RunSQL(DECIDED_ONCE, CHANGED_AT_WILL),
    ]
