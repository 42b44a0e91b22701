"""The WSGI entry that gunicorn serves: each worker loads what pages need before it answers."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "backend.settings")

application = get_wsgi_application()

from console.warming import warm  # noqa: E402  needs the apps that the line above has set up

warm()
