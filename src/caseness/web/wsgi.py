"""What a server of web pages calls."""

import os

from django.core.wsgi import get_wsgi_application
from django.urls import get_resolver

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "caseness.web.settings")
application = get_wsgi_application()
# Every page is loaded now: the first to ask for one would else wait for all of them.
get_resolver().url_patterns  # noqa: B018 - asking for them loads them
