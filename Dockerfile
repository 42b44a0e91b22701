# The product without the embedded engines' data: PostgreSQL and Valkey are services of their own.
FROM python:3.11-slim-bookworm

ENV PYTHONUTF8=1 PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 PIP_DISABLE_PIP_VERSION_CHECK=1
WORKDIR /srv/shuangyuan

COPY requirements/base.txt requirements/base.txt
RUN python -m pip install --no-cache-dir -r requirements/base.txt \
 && useradd --system --uid 10001 --home-dir /srv/shuangyuan --shell /usr/sbin/nologin shuangyuan \
 && install -d -o shuangyuan -g shuangyuan /srv/shuangyuan/var/run /srv/shuangyuan/var/static \
    /srv/shuangyuan/var/audit-heads

COPY . .
RUN SHUANGYUAN_ENV=development python manage.py collectstatic --noinput --verbosity 0 \
 && chown -R shuangyuan:shuangyuan var

USER shuangyuan
EXPOSE 8000
CMD ["python", "-m", "gunicorn", "backend.wsgi:application", "--bind", "0.0.0.0:8000"]
