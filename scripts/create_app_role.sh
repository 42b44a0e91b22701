#!/bin/sh
# Run once by the postgres image in an empty cluster: the role that serves requests.
# It owns nothing; `migrate` grants it rows.
set -eu
psql --username "$POSTGRES_USER" --dbname "$POSTGRES_DB" --set ON_ERROR_STOP=1 \
    --set password="$SHUANGYUAN_APP_PASSWORD" <<'SQL'
CREATE ROLE shuangyuan_app LOGIN PASSWORD :'password';
SQL
